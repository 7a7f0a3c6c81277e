"""What is pasted into the deposit form, and a DOI that is looked up at a real HTTPS server."""

import datetime
import http.server
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from publications.importing import doi
from publications.importing.limits import MAX_PASTED_CHARS
from publications.importing.pasted import _from_doi, parse_pasted

CSL = (
    '{"type": "article-journal", "title": "Anak jalanan di kota", "DOI": "10.1234/a",'
    ' "author": [{"family": "Sukarno"}]}'
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("@article{x, title={Anak jalanan di kota}, author={Sukarno}}", "bibtex"),
        ("  \nTY  - JOUR\nTI  - Anak jalanan di kota\nAU  - Sukarno\nER  - ", "ris"),
        (CSL, "csl"),
        (f"[{CSL}]", "csl"),
    ],
)
def test_what_is_recognised(text: str, kind: str) -> None:
    found = parse_pasted(text)
    assert found.kind == kind and not found.problems
    assert found.record is not None and found.record.title == "Anak jalanan di kota"
    assert [person.family for person in found.record.contributors] == ["Sukarno"]


def test_a_bare_doi_is_taken_over_with_a_notice() -> None:
    for text in ("10.1234/A", "https://doi.org/10.1234/a", "doi:10.1234/a"):
        found = parse_pasted(text)
        assert found.record is not None and found.record.doi == "10.1234/a"
        assert [problem.code for problem in found.problems] == ["doi_not_looked_up"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "nothing_recognised"),
        ("Selamat pagi", "nothing_recognised"),
        ("{", "broken_json"),
        ("[]", "nothing_recognised"),
        ("@article{x, title={A", "broken_bibtex"),
        ("@article{x, year={2020}}", "no_title"),
        ("x" * (MAX_PASTED_CHARS + 1), "text_too_long"),
        ("[" * 100_000, "broken_json"),
    ],
)
def test_what_is_not(text: str, code: str) -> None:
    found = parse_pasted(text)
    assert found.record is None and [problem.code for problem in found.problems] == [code]


def test_of_several_the_first_is_taken() -> None:
    found = parse_pasted("@book{a, title={Satu}}\n@book{b, title={Dua}}")
    assert found.record is not None and found.record.title == "Satu"
    assert [problem.code for problem in found.problems] == ["several_records"]


# A registry


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """For localhost, signed by itself."""
    x509 = pytest.importorskip("cryptography.x509")
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path: Path = tmp_path_factory.mktemp("tls") / "localhost.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    return path


class Registry(http.server.BaseHTTPRequestHandler):
    asked: list[tuple[str, str]] = []

    def do_GET(self) -> None:
        Registry.asked.append((self.path, self.headers["Accept"]))
        name = self.path.removeprefix("/10.1234/")
        getattr(self, f"answer_{name}", self.answer_unknown)()

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body)

    def answer_good(self) -> None:
        self.answer(200, CSL.encode())

    def answer_moved(self) -> None:
        self.answer(302, Location="/10.1234/good")

    def answer_circle(self) -> None:
        self.answer(302, Location="/10.1234/circle")

    def answer_away(self) -> None:
        self.answer(302, Location="https://127.0.0.1:1/rahasia")

    def answer_plain(self) -> None:
        self.answer(302, Location="http://localhost:1/")

    def answer_broken(self) -> None:
        self.answer(200, b"<html>bukan JSON")

    def answer_busy(self) -> None:
        self.answer(503)

    def answer_unknown(self) -> None:
        self.answer(404)

    def answer_long(self) -> None:
        self.answer(200, b"x" * (doi.MAX_BYTES + 100))

    def answer_dripping(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _second in range(100):
            try:
                self.wfile.write(b" ")
                self.wfile.flush()
            except OSError:
                return
            time.sleep(0.1)

    def answer_silent(self) -> None:
        time.sleep(3)

    def log_message(self, *_args: Any) -> None:
        """Tests are silent."""


@pytest.fixture(scope="module")
def fetch(certificate: Path) -> Iterator[Callable[[str], str]]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Registry)
    server.daemon_threads = True
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    trusting = ssl.create_default_context(cafile=str(certificate))

    def run(value: str) -> str:
        resolver = f"https://localhost:{server.server_port}/"
        return doi.fetch_csl(value, resolver, frozenset({"localhost"}), trusting, seconds=1.5)

    yield run
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("name", ["good", "moved"])
def test_a_doi_is_looked_up(fetch: Callable[[str], str], name: str) -> None:
    found = _from_doi(f"10.1234/{name}", True, fetch)
    assert found.record is not None and found.record.title == "Anak jalanan di kota" and not found.problems
    assert Registry.asked[-1][1].startswith("application/vnd.citationstyles.csl+json")


def test_an_unknown_doi_is_told(fetch: Callable[[str], str]) -> None:
    found = _from_doi("10.1234/none", True, fetch)
    assert found.record is None and [problem.code for problem in found.problems] == ["doi_unknown"]


@pytest.mark.parametrize("name", ["circle", "away", "plain", "broken", "busy", "long", "dripping", "silent"])
def test_a_registry_that_misbehaves_costs_little_and_the_doi_is_kept(fetch: Callable[[str], str], name: str) -> None:
    started = time.monotonic()
    found = _from_doi(f"10.1234/{name}", True, fetch)
    assert time.monotonic() - started < 6
    assert found.record is not None and found.record.doi == f"10.1234/{name}"
    assert [problem.code for problem in found.problems] == ["doi_unreachable"]


def test_only_https_and_only_known_hosts_are_asked() -> None:
    for resolver in (
        "http://doi.org/",
        "https://example.org/",
        "https://127.0.0.1/",
        "file:///etc/",
        "https://doi.org:x/",
    ):
        with pytest.raises(doi.Unreachable):
            doi.fetch_csl("10.1234/a", resolver, seconds=1)


def test_a_certificate_that_nobody_vouches_for_is_refused(certificate: Path) -> None:
    server = http.server.HTTPServer(("127.0.0.1", 0), Registry)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.handle_request, daemon=True).start()
    with pytest.raises(doi.Unreachable):
        doi.fetch_csl("10.1234/good", f"https://localhost:{server.server_port}/", frozenset({"localhost"}), seconds=2)
    server.server_close()
