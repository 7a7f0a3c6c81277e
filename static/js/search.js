// Lists that are searched: a choice takes effect at once. The answer is fetched by htmx, whose attributes the form has; without
// scripts the same form is sent with its buttons.
const form = document.getElementById("cari");
const results = () => document.getElementById("hasil");
const isNarrow = matchMedia("(max-width: 60rem)");
const folds = () => [...results().querySelectorAll("details[data-facet]")];

function prepare() {
  for (const button of results()?.querySelectorAll("[data-script-hides]") ?? []) button.hidden = true; // an empty topic has no results
}

prepare();
if (isNarrow.matches) for (const fold of document.querySelectorAll(".facets-fold[open]")) fold.open = false;

document.addEventListener("change", (event) => {
  if (event.target.form === form && event.target.closest("#hasil")) form.requestSubmit();
});

// Empty fields would only make the address long.
document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.elt !== form) return;
  const { parameters } = event.detail;
  for (const name of [...parameters.keys()]) {
    const values = parameters.getAll(name).filter((value) => value !== "");
    parameters.delete(name);
    for (const value of values) parameters.append(name, value);
  }
});

// What was open stays open, and a screen reader hears how many there are now.
let opened = new Map();
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target.id === "hasil") opened = new Map(folds().map((fold) => [fold.dataset.facet, fold.open]));
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id !== "hasil") return;
  prepare();
  for (const fold of folds()) fold.open = opened.get(fold.dataset.facet) ?? fold.open;
  document.querySelector("[data-told]").textContent = results().querySelector("[data-count]").textContent;
  for (const link of document.querySelectorAll("a.language")) link.search = location.search;
});

// Something is wrong with the answer: show it as the page it is.
document.addEventListener("htmx:responseError", (event) => location.assign(event.detail.pathInfo.finalRequestPath));
