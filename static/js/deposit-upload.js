// Sends a file with a progress bar, clear errors and a way to try again. Without this script the form posts as usual.
(() => {
  const size = (bytes) => new Intl.NumberFormat(document.documentElement.lang, {
    style: "unit", unit: bytes < 1e6 ? "kilobyte" : "megabyte", maximumFractionDigits: 1,
  }).format(bytes < 1e6 ? bytes / 1e3 : bytes / 1e6);
  const cookie = (name) => document.cookie.split("; ").find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1);

  for (const form of document.querySelectorAll("form[data-upload]")) {
    const input = form.querySelector("input[type=file]");
    const texts = form.querySelector("[data-upload-texts]").dataset;
    const error = form.querySelector("[data-upload-error]");
    const progress = form.querySelector("[data-upload-progress]");
    const bar = progress.querySelector("progress");
    const note = progress.querySelector("[data-progress-note]");
    const zone = form.querySelector(".drop");
    const button = form.querySelector("[data-upload-button]");
    let request = null;

    const show = (text, retry = false) => {
      progress.hidden = true;
      zone.hidden = false;
      error.hidden = false;
      error.textContent = text;
      if (!retry) return;
      const again = document.createElement("button");
      again.type = "button";
      again.className = "button small";
      again.textContent = texts.retry;
      again.addEventListener("click", send);
      error.append(" ", again);
      again.focus();
    };
    const tooLarge = (file) => file.size > Number(form.dataset.maxBytes);
    const answer = () => {
      let body = null;
      try { body = JSON.parse(request.responseText); } catch { /* a page instead of an answer: signed out or broken */ }
      if (request.status === 200 && body?.url) return window.location.assign(body.url);
      if (body?.error) return show(body.error);
      if (request.status === 200 || request.status === 403) return show(texts.signedOut, true);
      return show(texts.failed, true);
    };

    function send() {
      const file = input.files[0];
      if (!file) return;
      if (tooLarge(file)) { show(texts.tooLarge); return; }
      error.hidden = true;
      progress.hidden = false;
      zone.hidden = true;
      if (button) button.hidden = true;
      const data = new FormData(form);
      request = new XMLHttpRequest();
      request.open("POST", form.action);
      request.setRequestHeader("Accept", "application/json");
      request.setRequestHeader("X-CSRFToken", cookie("csrftoken") ?? data.get("csrfmiddlewaretoken"));
      request.upload.addEventListener("progress", (event) => {
        if (!event.lengthComputable) return;
        const percent = Math.floor((100 * event.loaded) / event.total);
        bar.value = percent;
        note.textContent = percent < 100
          ? texts.sending.replace("__percent__", percent).replace("__size__", size(event.total))
          : texts.storing;
      });
      request.addEventListener("load", answer);
      request.addEventListener("error", () => show(texts.lost, true));
      request.addEventListener("timeout", () => show(texts.lost, true));
      request.addEventListener("abort", () => { progress.hidden = true; zone.hidden = false; });
      request.send(data);
    }

    form.querySelector("[data-upload-cancel]").addEventListener("click", () => request?.abort());
    form.addEventListener("submit", (event) => {
      if (!input.files.length) return;
      event.preventDefault();
      send();
    });
    input.addEventListener("change", () => {
      const file = input.files[0];
      if (!file) return;
      if (tooLarge(file)) show(texts.tooLarge);
      else if ("sendsItself" in form.dataset) send();
      else error.hidden = true;
    });
    if (button && "sendsItself" in form.dataset) button.hidden = true;
  }
})();
