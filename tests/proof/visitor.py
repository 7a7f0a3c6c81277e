"""Somebody in front of a browser without JavaScript: a session, forms sent as they stand on the page."""

import re
import time
from typing import Any

import lxml.html
import requests

PASSWORD = "sandi untuk membuktikan"
TIMEOUT = 30


class Visitor:
    def __init__(self, url: str, language: str = "en") -> None:
        self.url, self.prefix = url, "/en" if language == "en" else ""
        self.session = requests.Session()
        self.slowest = 0.0

    def get(self, path: str, **options: Any) -> requests.Response:
        return self._send("GET", path, **options)

    def post(self, path: str, data: Any = None, **options: Any) -> requests.Response:
        token = self.session.cookies.get("csrftoken") or ""
        headers = {"X-CSRFToken": token, **options.pop("headers", {})}
        return self._send("POST", path, data=data, headers=headers, **options)

    def publish(self, version: int) -> requests.Response:
        """A curator's decision names what was read: the page is opened first, as by everybody."""
        page = self.get(f"/kurasi/{version}/")
        if page.status_code != 200:
            return page
        seen = re.search(r'name="seen" value="(\w+)"', page.text)
        return self.post(f"/kurasi/{version}/terbitkan/", {"seen": seen[1] if seen else ""})

    def _send(self, method: str, path: str, **options: Any) -> requests.Response:
        address = self.url + (path if path.startswith((self.prefix + "/", "/healthz")) else self.prefix + path)
        began = time.monotonic()
        options = {"timeout": TIMEOUT, "allow_redirects": False, **options}
        try:
            return self.session.request(method, address, **options)
        finally:
            self.slowest = max(self.slowest, time.monotonic() - began)

    def sign_in(self, email: str) -> "Visitor":
        self.get("/akun/masuk/")
        answer = self.post("/akun/masuk/", {"login": email, "password": PASSWORD})
        assert answer.status_code == 302 and "sessionid" in self.session.cookies, answer.text[:2000]
        return self

    def fill_in(self, path: str, values: dict[str, Any], **button: str) -> requests.Response:
        """Send the page's form as it stands, with these values where its fields are still empty."""
        form = form_of(self.get(path).text)
        pairs = [(name, value) for name, value in form.form_values() if name not in values or value.strip()]
        filled = {name for name, value in pairs if value.strip()}
        for name, value in values.items():
            if name not in filled:
                pairs += [(name, item) for item in (value if isinstance(value, list) else [value])]
        return self.post(path, [*pairs, *button.items()])


def form_of(text: str) -> Any:
    """The form with the most inputs: the one that the page is about."""
    page = lxml.html.fromstring(text)
    for template in page.iter("template"):  # for scripts; a browser sends nothing of it
        template.clear()
    return max(page.forms, key=lambda form: len(list(form.inputs)))
