// Links of the checklist lead into closed parts of the form: they open on the way.
(() => {
  const open = () => {
    const id = decodeURIComponent(window.location.hash.slice(1));
    const target = id && document.getElementById(id);
    if (!target) return;
    for (let node = target; node; node = node.parentElement) if (node.tagName === "DETAILS") node.open = true;
    const inside = target.closest("details");
    if (inside) inside.open = true;
    target.scrollIntoView({ block: "start" });
    (target.querySelector("input:not([type=hidden]), textarea, select, summary") ?? target).focus({ preventScroll: true });
  };
  window.addEventListener("hashchange", open);
  window.addEventListener("DOMContentLoaded", open);
})();
