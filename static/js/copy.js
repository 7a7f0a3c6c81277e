// Buttons that copy the text of an element: <button data-copy="#selector" hidden>. They appear only where the browser can.
if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.querySelector(button.dataset.copy).textContent.trim());
      button.classList.add("done");
      const status = button.querySelector("[role=status]");
      if (status) status.textContent = button.dataset.done;
    });
  }
}
