// htmx sends the CSRF token of the form it acts for (or of any form on the page).
document.addEventListener("htmx:configRequest", (event) => {
  const form = event.target.closest("form") ?? document;
  const token = form.querySelector("[name=csrfmiddlewaretoken]") ?? document.querySelector("[name=csrfmiddlewaretoken]");
  if (token) event.detail.headers["X-CSRFToken"] = token.value;
});
