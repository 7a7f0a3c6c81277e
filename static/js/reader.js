// Reads a PDF in the page: pages are drawn when they come near, and let go when they are far. Starts at a click, or at once when the
// address names a page (#page=3, #halaman=3 or ?halaman=3). Linked as <script type="module">; without it the links to the PDF remain.
const NEAR = 2; // pages kept drawn on each side
const ZOOM_STEP = 1.25;
const ZOOM_MIN = 0.5;
const ZOOM_MAX = 4;
const MAX_PIXELS = 16_777_216; // what the canvas of an old phone holds

function pageInAddress() {
  const words = new URLSearchParams(location.hash.slice(1));
  const text = words.get("page") ?? words.get("halaman") ?? new URLSearchParams(location.search).get("halaman");
  const number = Number.parseInt(text, 10);
  return number > 0 ? number : null;
}

class Reader {
  constructor(root) {
    this.root = root;
    this.box = root.querySelector("[data-pages-box]");
    this.number = root.querySelector("[data-number]");
    this.zoom = 1;
    this.current = 1;
    this.sheets = [];
    const open = root.querySelector("[data-open]");
    open.hidden = false;
    open.addEventListener("click", () => this.start(1).then(() => this.box.focus()));
    addEventListener("hashchange", () => this.follow());
    if ("opened" in root.dataset && !pageInAddress()) this.start(1);
    this.follow();
  }

  follow() {
    const asked = pageInAddress();
    if (asked) this.start(asked).then(() => this.root.scrollIntoView());
  }

  start(number) {
    this.started ??= this.load(number).catch((error) => this.fail(error));
    return this.started.then(() => this.go(number));
  }

  async load() {
    const { dataset } = this.root;
    this.root.querySelector(".reader-open").hidden = false;
    this.root.querySelector("[data-open]").hidden = true;
    this.pdfjs = await import(new URL(dataset.library, location.href));
    this.pdfjs.GlobalWorkerOptions.workerSrc = dataset.worker;
    this.document = await this.pdfjs.getDocument({
      url: dataset.src, wasmUrl: dataset.assets, standardFontDataUrl: dataset.fonts, useWasm: false, useWorkerFetch: false,
      disableAutoFetch: true, disableStream: true, rangeChunkSize: 131_072,
    }).promise;
    this.root.querySelector("[data-total]").textContent = this.document.numPages;
    this.number.max = this.document.numPages;
    await this.layOut();
    this.listen();
  }

  fail(error) {
    console.error(error);
    this.box.hidden = true;
    this.root.querySelector("[data-failed]").hidden = false;
  }

  async layOut() {
    const first = await this.document.getPage(1);
    const { width, height } = first.getViewport({ scale: 1 });
    for (let number = 1; number <= this.document.numPages; number++) {
      const element = document.createElement("div");
      element.className = "reader-page";
      element.role = "group";
      element.ariaLabel = `${this.root.dataset.pageLabel} ${number}`;
      element.dataset.page = number;
      this.sheets.push({ number, element, width, height });
    }
    this.resize();
    this.box.append(...this.sheets.map((sheet) => sheet.element));
  }

  listen() {
    new ResizeObserver(() => this.resize()).observe(this.box);
    this.box.addEventListener("scroll", () => this.see(), { passive: true });
    this.root.addEventListener("click", (event) => {
      const button = event.target.closest("[data-go], [data-zoom]");
      if (button?.dataset.go) this.go(this.current + (button.dataset.go === "next" ? 1 : -1));
      if (button?.dataset.zoom) this.zoomTo(button.dataset.zoom);
    });
    this.number.addEventListener("change", () => this.go(Number(this.number.value) || this.current));
    this.box.addEventListener("keydown", (event) => this.key(event));
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const actions = {
      ArrowLeft: () => this.go(this.current - 1), ArrowRight: () => this.go(this.current + 1),
      Home: () => this.go(1), End: () => this.go(this.sheets.length),
      "+": () => this.zoomTo("in"), "-": () => this.zoomTo("out"), 0: () => this.zoomTo("fit"),
    };
    if (this.zoom > 1 && event.key.startsWith("Arrow")) return; // then the arrows move within the page
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  }

  zoomTo(way) {
    const factor = { in: ZOOM_STEP, out: 1 / ZOOM_STEP }[way];
    this.zoom = factor ? Math.min(ZOOM_MAX, Math.max(ZOOM_MIN, this.zoom * factor)) : 1;
    this.lastWidth = null;
    this.resize();
    this.go(this.current);
  }

  // Width of the box minus its padding: what "fit the width" means.
  get room() {
    const style = getComputedStyle(this.box);
    return this.box.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight);
  }

  resize() {
    const { room } = this;
    if (room <= 0 || room === this.lastWidth) return;
    this.lastWidth = room;
    for (const sheet of this.sheets) {
      this.fit(sheet);
      this.clear(sheet);
    }
    this.see();
  }

  fit(sheet) {
    sheet.scale = (Math.min(this.lastWidth, 1100) / sheet.width) * this.zoom;
    const { style } = sheet.element;
    style.width = `${Math.floor(sheet.width * sheet.scale)}px`;
    style.height = `${Math.floor(sheet.height * sheet.scale)}px`;
  }

  go(number) {
    if (!this.sheets.length) return;
    const sheet = this.sheets[Math.min(this.sheets.length, Math.max(1, number)) - 1];
    this.box.scrollTop = sheet.element.offsetTop - this.box.offsetTop - 8;
    this.see(sheet.number);
  }

  // Finds the page in view, tells its number, draws what is near.
  see(known) {
    if (!this.sheets.length) return;
    const middle = this.box.scrollTop + this.box.offsetTop + this.box.clientHeight / 3;
    const seen = known ?? this.sheets.findLast(({ element }) => element.offsetTop <= middle)?.number ?? 1;
    if (seen !== this.current || !this.told) {
      this.current = seen;
      this.told = true;
      this.root.querySelector("[data-status]").textContent = `${this.root.dataset.pageLabel} ${seen}`;
    }
    if (document.activeElement !== this.number || known) this.number.value = seen;
    this.root.querySelector("[data-go=previous]").disabled = seen === 1;
    this.root.querySelector("[data-go=next]").disabled = seen === this.sheets.length;
    for (const sheet of this.sheets) {
      if (Math.abs(sheet.number - seen) <= NEAR) this.draw(sheet);
      else this.clear(sheet);
    }
  }

  clear(sheet) {
    sheet.task?.cancel();
    sheet.text?.cancel();
    sheet.element.replaceChildren();
    sheet.task = sheet.text = sheet.drawn = null;
  }

  async draw(sheet) {
    if (sheet.drawn) return;
    const ticket = (sheet.drawn = {});
    const page = await this.document.getPage(sheet.number);
    if (sheet.drawn !== ticket) return;
    const natural = page.getViewport({ scale: 1 });
    if (natural.width !== sheet.width || natural.height !== sheet.height) {
      Object.assign(sheet, { width: natural.width, height: natural.height });
      this.fit(sheet);
    }
    const viewport = page.getViewport({ scale: sheet.scale });
    const canvas = this.canvasFor(viewport);
    sheet.element.replaceChildren(canvas);
    const ratio = canvas.width / viewport.width;
    sheet.task = page.render({ canvas, viewport, transform: [ratio, 0, 0, ratio, 0, 0] });
    try {
      await sheet.task.promise;
      if (sheet.drawn === ticket) await this.drawText(sheet, page, viewport);
    } catch (error) {
      if (error.name !== "RenderingCancelledException" && error.name !== "AbortException") this.fail(error);
    }
  }

  canvasFor({ width, height }) {
    const ratio = Math.min(devicePixelRatio || 1, 2, Math.sqrt(MAX_PIXELS / (width * height)));
    const canvas = document.createElement("canvas");
    canvas.width = Math.floor(width * ratio);
    canvas.height = Math.floor(height * ratio);
    canvas.ariaHidden = "true";
    return canvas;
  }

  async drawText(sheet, page, viewport) {
    const container = document.createElement("div");
    container.className = "reader-text";
    container.style.setProperty("--total-scale-factor", viewport.scale);
    sheet.text = new this.pdfjs.TextLayer({ textContentSource: page.streamTextContent(), container, viewport });
    sheet.element.append(container);
    await sheet.text.render();
  }
}

for (const root of document.querySelectorAll("[data-reader]")) new Reader(root);
