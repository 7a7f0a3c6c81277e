// Applies the reader's choice of light or dark before anything is painted, and makes the choice in the footer work.
(() => {
  const root = document.documentElement;
  const stored = () => {
    try { return localStorage.getItem("theme"); } catch { return null; } // storage may be forbidden
  };
  const apply = (theme) => {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
  };
  apply(stored());
  document.addEventListener("DOMContentLoaded", () => {
    const choice = document.querySelector("[data-themes]");
    if (!choice) return;
    const current = choice.querySelector(`[value="${stored() ?? "system"}"]`) ?? choice.querySelector("input");
    current.checked = true;
    choice.hidden = false;
    choice.addEventListener("change", (event) => {
      apply(event.target.value);
      try { localStorage.setItem("theme", event.target.value); } catch { /* the choice then lasts for this page */ }
    });
  });
})();
