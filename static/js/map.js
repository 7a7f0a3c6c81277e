// The evidence map and the list of findings: a choice takes effect at once, arrows go from cell to cell. Without scripts the
// form has its button and the same links lead to the same places.
const form = () => document.getElementById("saring");
const place = () => document.getElementById(form().dataset.narrows);

if (matchMedia("(max-width: 60rem)").matches) {
  for (const fold of document.querySelectorAll(".facets-fold[open]")) fold.open = false;
}

// What the form would send, without empty fields: they would only make the address long.
function asked() {
  const pairs = [...new FormData(form())].filter(([, value]) => value !== "");
  const query = new URLSearchParams(pairs).toString();
  return form().action.split("?")[0] + (query ? `?${query}` : "");
}

// What was open, scrolled and focused stays so, and a screen reader hears how many there are now.
async function show(url) {
  const before = place();
  const opened = new Map([...before.querySelectorAll("details[data-facet]")].map((fold) => [fold.dataset.facet, fold.open]));
  const scroll = before.querySelector(".map-scroll");
  const at = scroll ? [scroll.scrollLeft, scroll.scrollTop] : null;
  const focused = selectorOf(document.activeElement);
  await htmx.ajax("GET", url, { source: before, target: `#${before.id}`, select: `#${before.id}`, swap: "outerHTML" });
  history.pushState(null, "", url);
  for (const fold of place().querySelectorAll("details[data-facet]")) fold.open = opened.get(fold.dataset.facet) ?? fold.open;
  const scrolled = place().querySelector(".map-scroll");
  if (scrolled && at) [scrolled.scrollLeft, scrolled.scrollTop] = at;
  if (focused) place().querySelector(focused)?.focus({ preventScroll: true });
  document.querySelector("[data-told]").textContent = place().querySelector("[data-count]").textContent;
  for (const link of document.querySelectorAll("a.language")) link.search = location.search;
}

// A ticked box is found again by its name and value, anything else by its id.
function selectorOf(element) {
  if (element?.id) return `#${CSS.escape(element.id)}`;
  if (!element?.name || !place().contains(element)) return "";
  return `[name="${CSS.escape(element.name)}"]` + (element.type === "number" ? "" : `[value="${CSS.escape(element.value)}"]`);
}

if (form() && window.htmx) {
  document.addEventListener("change", (event) => {
    if (event.target.form === form()) show(asked());
  });
  document.addEventListener("submit", (event) => {
    if (event.target !== form()) return;
    event.preventDefault();
    show(asked());
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-swap]");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    show(link.href.split("#")[0]);
  });
  addEventListener("popstate", () => location.reload());
  document.addEventListener("htmx:responseError", (event) => location.assign(event.detail.pathInfo.finalRequestPath));
}

// Arrow keys between the cells of the table; Tab goes from link to link as everywhere.
const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
document.addEventListener("keydown", (event) => {
  const step = STEPS[event.key];
  const cell = event.target.closest?.(".map td, .map th");
  if (!step || !cell || event.altKey || event.ctrlKey || event.metaKey || event.target.tagName !== "A") return;
  const next = neighbour(cell, ...step);
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: "nearest", inline: "nearest" });
});

function neighbour(cell, down, right) {
  const rows = [...cell.closest("table").querySelectorAll("tbody tr")];
  let row = rows.indexOf(cell.parentElement);
  let column = cell.cellIndex;
  for (;;) {
    row += down;
    column += right;
    if (!rows[row] || column < 0 || column >= cell.parentElement.cells.length) return null;
    const link = rows[row].cells[column]?.querySelector("a"); // the head of a cluster has one cell only
    if (link) return link;
  }
}
