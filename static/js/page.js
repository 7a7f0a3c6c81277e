// Small comforts of every page: menus close, a form that failed shows its errors first, unused filters do not hide results on a phone.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
document.querySelector("form[method=post] [data-focus]")?.focus();
if (matchMedia("(max-width: 60rem)").matches) {
  for (const group of document.querySelectorAll(".facets details[open]")) group.open = Boolean(group.querySelector(":checked"));
}
