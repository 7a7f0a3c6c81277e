// Suggestions under a search box: a combobox with a list in groups (ARIA 1.2). Without this file the box is a plain form.
// The focus stays in the box; aria-activedescendant tells which suggestion the arrow keys have reached.
const DELAY = 120; // milliseconds without a key before the server is asked
const SHORTEST = 2;

class Suggestions {
  constructor(form) {
    this.address = form.dataset.suggest;
    this.input = form.querySelector("input[type=search]");
    this.list = form.querySelector("[role=listbox]");
    this.status = form.querySelector("[role=status]");
    this.options = [];
    this.active = -1;
    this.answered = ""; // the words that the list is for
    this.asking = null;
    this.timer = 0;
    this.upgrade();
    this.input.addEventListener("input", () => this.wait());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays in the box
    this.input.addEventListener("blur", () => this.leave());
    form.addEventListener("submit", () => this.leave());
    addEventListener("pageshow", (event) => event.persisted && this.leave());
  }

  upgrade() {
    const attributes = { role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    for (const [name, value] of Object.entries(attributes)) this.input.setAttribute(name, value);
  }

  get words() {
    return this.input.value.trim().replace(/\s+/g, " ");
  }

  get isOpen() {
    return !this.list.hidden;
  }

  // What is still to come must not change the list under the reader's hands.
  halt() {
    clearTimeout(this.timer);
    this.asking?.abort();
  }

  wait() {
    this.halt();
    if (this.words.length < SHORTEST) {
      this.answered = "";
      this.show("");
    } else if (this.words !== this.answered) {
      this.timer = setTimeout(() => this.ask(), DELAY);
    } else {
      this.open();
    }
  }

  async ask() {
    const words = this.words;
    if (words.length < SHORTEST) return;
    this.halt();
    const asking = (this.asking = new AbortController());
    try {
      const answer = await fetch(`${this.address}?q=${encodeURIComponent(words)}`, { signal: asking.signal });
      const html = answer.status === 200 ? await answer.text() : "";
      if (asking.signal.aborted) return;
      this.answered = html && words;
      this.show(html);
    } catch {
      if (!asking.signal.aborted) this.show(""); // no connection: the box still searches
    }
  }

  show(html) {
    const content = document.createElement("template");
    content.innerHTML = html;
    const found = content.content.querySelector("[data-message]");
    this.list.replaceChildren(...(found?.children ?? []));
    this.options = [...this.list.querySelectorAll("[role=option]")];
    this.options.forEach((option, number) => (option.id = `${this.list.id}-${number}`));
    this.status.textContent = document.activeElement === this.input ? (found?.dataset.message ?? "") : "";
    this.open();
  }

  open() {
    this.reach(-1);
    const opens = this.options.length > 0 && document.activeElement === this.input;
    this.list.hidden = !opens;
    if (opens) this.list.scrollTop = 0;
    this.input.setAttribute("aria-expanded", String(opens));
  }

  close() {
    this.reach(-1);
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
  }

  leave() {
    this.halt();
    this.status.textContent = "";
    this.close();
  }

  // -1: the box itself
  reach(number) {
    this.options[this.active]?.setAttribute("aria-selected", "false");
    this.active = number;
    const option = this.options[number];
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      this.input.setAttribute("aria-activedescendant", option.id);
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  // Opens the list if it was closed; from the last suggestion on to the box, and from there to the first.
  move(step) {
    this.halt();
    if (!this.isOpen) this.open();
    if (!this.isOpen) return;
    const places = this.options.length + 1;
    this.reach(((this.active + 1 + step + places) % places) - 1);
  }

  key(event) {
    if (event.isComposing) return;
    const arrow = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (arrow) {
      event.preventDefault();
      if (!this.isOpen && this.words !== this.answered) this.ask().then(() => this.words === this.answered && this.move(arrow));
      else this.move(arrow);
    } else if (event.key === "Escape" && this.isOpen) {
      event.preventDefault(); // else the browser empties the box
      this.halt();
      this.close();
    } else if (event.key === "Enter" && this.isOpen && this.active >= 0) {
      event.preventDefault();
      this.options[this.active].click();
    }
  }
}

for (const form of document.querySelectorAll("form[data-suggest]")) new Suggestions(form);
