// Saves a review a moment after the typing stops, and says when or why not. What was not saved stays in the form.
(() => {
  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const saved = form.querySelector("[data-saved]");
  const PAUSE = 1200;
  let timer = 0;
  let sending = false;
  let dirty = false;
  let closed = false;

  const send = async () => {
    if (sending || closed) return;
    sending = true;
    dirty = false;
    try {
      const response = await fetch(form.action, {
        method: "POST", body: new FormData(form), redirect: "manual", headers: { Accept: "application/json" },
      });
      const body = await response.json();
      if (body.revision !== undefined) form.elements.revision.value = body.revision;
      saved.textContent = body.text ?? body.problem ?? form.dataset.failed;
      closed = response.status === 409;
    } catch {
      saved.textContent = form.dataset.failed;
      dirty = true;
    }
    sending = false;
    if (dirty && !closed) timer = setTimeout(send, PAUSE * 4);
  };

  form.addEventListener("input", () => {
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE);
  });
  form.addEventListener("submit", () => { clearTimeout(timer); closed = true; });
})();
