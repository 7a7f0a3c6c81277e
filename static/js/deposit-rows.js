// Rows of people and relations: add, remove, move by button, keyboard or mouse; organisations are found while typing.
(() => {
  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const texts = form.querySelector("[data-texts]").dataset;
  const changed = (list) => list.dispatchEvent(new Event("change", { bubbles: true }));
  const say = (text) => {
    const saved = form.querySelector("[data-saved]");
    saved.hidden = false;
    saved.textContent = text;
  };

  // One line for a closed row, kept up to date.
  const value = (row, name) => row.querySelector(`[name$="-${name}"]`)?.value.trim() ?? "";
  const summarise = (row) => {
    const summary = row.querySelector("[data-summary]");
    if (!summary) return;
    const name = `${value(row, "given_name")} ${value(row, "family_name")}`.trim();
    summary.textContent = [name || texts.newPerson, value(row, "affiliation"), value(row, "orcid")].filter(Boolean).join(" · ");
  };
  form.addEventListener("input", (event) => {
    const row = event.target.closest("[data-row]");
    if (row) summarise(row);
  });

  const nextKey = (list) => {
    const keys = [...list.querySelectorAll(":scope > [data-row] > input[name$='-row']")].map((input) => Number(input.value));
    return Math.max(-1, ...keys.filter(Number.isFinite)) + 1;
  };
  const add = (kind) => {
    const list = form.querySelector(`[data-rows="${kind}"]`);
    const template = form.querySelector(`[data-row-template="${kind}"]`);
    const holder = document.createElement("template");
    holder.innerHTML = template.innerHTML.replaceAll("__key__", nextKey(list));
    const row = holder.content.firstElementChild;
    list.append(row);
    prepare(row);
    row.querySelector("input:not([type=hidden]), select")?.focus();
  };
  const move = (row, step) => {
    const list = row.parentElement;
    const other = step < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    if (step < 0) other.before(row);
    else other.after(row);
    say(texts.moved.replace("__n__", [...list.children].indexOf(row) + 1));
    changed(list);
  };

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const row = button.closest("[data-row]");
    if (button.dataset.add) {
      event.preventDefault();
      add(button.dataset.add);
    } else if (button.dataset.move) {
      event.preventDefault();
      move(row, button.dataset.move === "up" ? -1 : 1);
      button.focus();
    } else if ("remove" in button.dataset) {
      event.preventDefault();
      const list = row.parentElement;
      const near = row.nextElementSibling ?? row.previousElementSibling;
      row.remove();
      (near?.querySelector("summary, input:not([type=hidden]), select") ?? form.querySelector(`[data-add="${list.dataset.rows}"]`)).focus();
      changed(list);
    }
  });

  // Organisations: one of the list, or as written.
  const pick = (input) => {
    if (!window.TomSelect) return;
    input.removeAttribute("list");
    const option = (item, escape) => {
      const about = item.about ? ` <small>${escape(item.about)}</small>` : "";
      return `<div>${escape(item.name)}${about}</div>`;
    };
    input.setAttribute("aria-hidden", "true"); // the picker's own box takes over its label
    new TomSelect(input, {
      valueField: "name", labelField: "name", searchField: ["name", "about"], maxItems: 1, create: true, createOnBlur: true,
      persist: false, delimiter: "\u241f", maxOptions: 20, loadThrottle: 250,
      shouldLoad: (query) => query.length > 1,
      score: () => () => 1, // the server has matched already, also by acronym
      load: (query, done) => {
        fetch(`${form.dataset.organisations}?q=${encodeURIComponent(query)}`, { headers: { Accept: "application/json" } })
          .then((response) => response.json()).then((body) => done(body.results)).catch(() => done());
      },
      render: {
        option,
        option_create: (data, escape) => `<div class="create">${texts.create.replace("__text__", escape(data.input))}</div>`,
        no_results: () => `<div class="no-results">${texts.noResults}</div>`,
      },
      onChange: () => input.dispatchEvent(new Event("input", { bubbles: true })),
    });
  };

  const prepare = (row) => {
    const handle = row.querySelector("[data-handle]");
    if (handle && window.Sortable) handle.hidden = false;
    const affiliation = row.querySelector("[name$='-affiliation']");
    if (!affiliation) return;
    const details = row.querySelector("details");
    let picked = false;
    const once = () => {
      if (picked) return;
      picked = true;
      pick(affiliation);
    };
    if (details.open) once();
    details.addEventListener("toggle", () => { if (details.open) once(); });
  };

  for (const list of form.querySelectorAll("[data-rows]")) {
    for (const row of list.children) prepare(row);
    if (window.Sortable) new Sortable(list, { handle: "[data-handle]", animation: 120, onEnd: () => changed(list) });
  }
})();
