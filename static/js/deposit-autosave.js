// Saves what changes, block by block, a moment after the typing stops. Says when, says why not, and never loses a word:
// what the server could not take stays in the form and in this browser until it is saved.
(() => {
  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const texts = form.querySelector("[data-texts]").dataset;
  const saved = form.querySelector("[data-saved]");
  const notice = form.querySelector("[data-autosave-notice]");
  const PAUSE = 900;
  const AGAIN = 8000;
  const backupKey = `unggah:${form.dataset.autosave}`;
  const dirty = new Set();
  let timer = 0;
  let sending = false;
  let leaving = false;

  const block = (name) => form.querySelector(`[data-block="${CSS.escape(name)}"]`);
  const cookie = (name) => document.cookie.split("; ").find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1);
  const status = (text) => { saved.hidden = false; saved.textContent = text; };
  const warn = (text, ...more) => {
    notice.hidden = !text;
    notice.replaceChildren(text ?? "", ...more.flatMap((node) => [" ", node]));
  };
  const link = (text, href, other = {}) => Object.assign(document.createElement("a"), { textContent: text, href, ...other });
  const press = (text, act) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "link-button", textContent: text });
    button.addEventListener("click", act);
    return button;
  };

  // --- what is sent

  const inputsOf = (names) => {
    const data = new FormData();
    for (const name of names) {
      for (const input of block(name)?.querySelectorAll("input, textarea, select") ?? []) {
        if (!input.name || ((input.type === "checkbox" || input.type === "radio") && !input.checked)) continue;
        if (input.multiple) for (const option of input.selectedOptions) data.append(input.name, option.value);
        else data.append(input.name, input.value);
      }
    }
    return data;
  };

  const keep = () => {
    try {
      if (!dirty.size) localStorage.removeItem(backupKey);
      else localStorage.setItem(backupKey, JSON.stringify([...inputsOf(dirty)].filter(([name]) => !name.startsWith("base-"))));
    } catch { /* storage may be forbidden or full; the form itself still holds the text */ }
  };

  const send = async (undo = "") => {
    if (sending || (!dirty.size && !undo)) return null;
    sending = true;
    const names = [...dirty];
    dirty.clear();
    status(texts.saving);
    const data = inputsOf(names);
    if (undo) data.append("undo", undo);
    let response;
    try {
      response = await fetch(form.dataset.autosave, {
        method: "POST", body: data, redirect: "manual",
        headers: { Accept: "application/json", "X-CSRFToken": cookie("csrftoken") ?? form.elements.csrfmiddlewaretoken.value },
      });
    } catch {
      return failed(names, texts.offline);
    }
    if (response.type === "opaqueredirect") {
      return failed(names, texts.signedOut, link(texts.signIn, texts.signInUrl, { target: "_blank" }));
    }
    let body;
    try { body = await response.json(); } catch { return failed(names, texts.failed); }
    sending = false;
    if (body.closed) {
      for (const name of names) dirty.add(name);
      leaving = true;
      warn(body.closed, link(body.url, body.url));
      return null;
    }
    settle(body, names);
    if (dirty.size) schedule();
    return body;
  };

  const failed = (names, text, ...more) => {
    sending = false;
    for (const name of names) dirty.add(name);
    keep();
    saved.hidden = true;
    warn(text, ...more);
    clearTimeout(timer);
    timer = setTimeout(send, AGAIN);
    return null;
  };

  // --- what comes back

  const settle = (body, names) => {
    for (const [name, digest] of Object.entries(body.bases)) form.elements[`base-${name}`].value = digest;
    for (const name of names) showErrors(name, body.errors[name] ?? []);
    for (const mark of form.querySelectorAll(".suggestion")) {
      const name = mark.closest("[data-block]").dataset.block;
      if (body.suggested.includes(name)) continue;
      mark.closest(".field").classList.remove("suggested");
      mark.remove();
    }
    document.getElementById("deposit-checks").innerHTML = body.aside;
    const invalid = Object.keys(body.errors).length > 0;
    warn("");
    status(invalid ? texts.invalid : body.message);
    if (body.elsewhere.length) warn(`${texts.elsewhere} ${body.elsewhere.join(", ")}.`, press(texts.reload, () => window.location.reload()));
    keep();
    if (body.conflict) ask(body.conflict);
  };

  const showErrors = (name, errors) => {
    const field = block(name)?.querySelector(".field");
    if (!field) return;
    block(name).querySelectorAll("ul.errors, ul.errorlist").forEach((list) => list.remove());
    field.classList.toggle("invalid", errors.length > 0);
    for (const input of block(name).querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
    if (!errors.length) return;
    const list = document.createElement("ul");
    list.className = "errors";
    list.append(...errors.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
    (field.querySelector("label, legend") ?? field).after(list);
  };

  const ask = (html) => {
    const dialog = document.createElement("dialog");
    dialog.className = "dialog conflict-dialog";
    dialog.innerHTML = html;
    document.body.append(dialog);
    dialog.querySelector("form").addEventListener("submit", () => { leaving = true; });
    dialog.addEventListener("cancel", (event) => event.preventDefault()); // a choice has to be made, else words are lost
    dialog.showModal();
  };

  // --- when

  const schedule = (pause = PAUSE) => {
    clearTimeout(timer);
    timer = setTimeout(send, pause);
  };
  const note = (event) => {
    const name = event.target.closest("[data-block]")?.dataset.block;
    if (!name) return;
    dirty.add(name);
    schedule();
    if (event.target.matches("textarea")) countWords(event.target);
  };
  form.addEventListener("input", note);
  form.addEventListener("change", note);
  window.addEventListener("online", () => schedule(0));
  window.addEventListener("focus", () => { if (!notice.hidden && dirty.size) schedule(0); });
  document.addEventListener("visibilitychange", () => { if (document.hidden && dirty.size) send(); });
  window.addEventListener("beforeunload", (event) => { if (dirty.size && !leaving) event.preventDefault(); });
  form.addEventListener("submit", () => {
    leaving = true;
    const token = cookie("csrftoken");
    if (token) form.elements.csrfmiddlewaretoken.value = token; // it changes when one signs in again in another window
    try { localStorage.removeItem(backupKey); } catch { /* nothing was kept then */ }
  });

  // Undo of a suggestion without leaving the page.
  form.addEventListener("click", async (event) => {
    const button = event.target.closest("button[name=undo]");
    if (!button) return;
    event.preventDefault();
    const holder = button.closest("[data-block]");
    while (sending) await new Promise((done) => { setTimeout(done, 100); });
    dirty.delete(holder.dataset.block); // what is to be emptied need not be saved first
    const body = await send(button.value);
    if (!body) return;
    const text = holder.querySelector("textarea, input:not([type=hidden])");
    if (holder.querySelector("[data-rows]") || holder.querySelectorAll("input:not([type=hidden]), textarea, select").length > 1 || !text) {
      leaving = true;
      window.location.hash = holder.id;
      window.location.reload();
      return;
    }
    text.value = "";
    countWords(text);
    text.focus();
  });

  const countWords = (area) => {
    const line = form.querySelector(`[data-counts="${area.id}"]`);
    if (line) line.textContent = texts.words.replace("__n__", area.value.split(/\s+/).filter(Boolean).length);
  };

  // What an earlier visit could not save.
  const restore = () => {
    let kept = null;
    try { kept = JSON.parse(localStorage.getItem(backupKey) ?? "null"); } catch { return; }
    const simple = (kept ?? []).filter(([name, value]) => value && form.elements[name]?.matches?.("textarea, input:not([type=hidden], [type=checkbox], [type=radio])"));
    const lost = simple.filter(([name, value]) => form.elements[name].value !== value);
    if (!lost.length) { dirty.size || keep(); return; }
    const forget = () => { dirty.clear(); keep(); warn(""); };
    warn(
      `${texts.restored} “${lost[0][1].slice(0, 80)}…”`,
      press(texts.restore, () => {
        for (const [name, value] of lost) {
          form.elements[name].value = value;
          form.elements[name].dispatchEvent(new Event("input", { bubbles: true }));
        }
        warn("");
      }),
      press(texts.forget, forget),
    );
  };
  restore();
})();
