"""A small real HTTP server that plays ORCID and an OpenID Connect provider."""

import base64
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import jwt

CLIENT, SECRET = "kesos", "a secret between the two of us, long enough"


class Provider(ThreadingHTTPServer):
    """`person` is whoever signs in there; `requests` what we were asked, so that tests can look."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.person: dict[str, Any] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def answer(self, path: str, form: dict[str, str], headers: Any) -> dict[str, Any] | None:
        self.requests.append((path, form))
        if path == "/.well-known/openid-configuration":
            return self._configuration()
        if path in ("/token", "/oauth/token"):
            return self._token(form, headers)
        if path == "/userinfo" and headers["Authorization"] == "Bearer opaque":
            return self.person
        if path == f"/v3.0/{self.person.get('orcid')}/record":
            return self._orcid_record()
        return None

    def _configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
        }

    def _token(self, form: dict[str, str], headers: Any) -> dict[str, Any] | None:
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        known = form.get("client_secret") == SECRET or headers["Authorization"] == f"Basic {basic}"
        if not known or form.get("code") != "a-code":
            return None
        claims = {"iss": self.url, "aud": CLIENT, "iat": int(time.time()), "exp": int(time.time()) + 60, **self.person}
        answer = {"access_token": "opaque", "token_type": "bearer", "orcid": self.person.get("orcid")}
        return answer | ({"id_token": jwt.encode(claims, SECRET, "HS256")} if "sub" in self.person else {})

    def _orcid_record(self) -> dict[str, Any]:
        name = {"given-names": {"value": self.person["given"]}, "family-name": {"value": self.person["family"]}}
        return {"orcid-identifier": {"path": self.person["orcid"]}, "person": {"name": name, "emails": {"email": []}}}


class Handler(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        self._reply({})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._reply({name: values[0] for name, values in parse_qs(body).items()})

    def _reply(self, form: dict[str, str]) -> None:
        answer = self.server.answer(self.path.partition("?")[0], form, self.headers)
        self.send_response(400 if answer is None else 200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(answer or {"error": "refused"}).encode())

    def log_message(self, *args: Any) -> None:
        pass


@contextmanager
def running_provider() -> Iterator[Provider]:
    server = Provider()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
