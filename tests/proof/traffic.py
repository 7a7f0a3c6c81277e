"""People at work on a site that is being killed, and a journal of what the site acknowledged to them."""

import hashlib
import queue
import random
import threading
import time
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import requests
import urllib3

from tests.proof.visitor import Visitor

JSON = {"Accept": "application/json"}
MOST_PDFS = 30


@dataclass
class Journal:
    """What was answered with success: that much the site has promised to keep."""

    uploads: list[tuple[int, str]] = field(default_factory=list)  # (version, SHA-256)
    documents: set[str] = field(default_factory=set)  # the SHA-256 of those that began a draft
    titles: dict[int, str] = field(default_factory=dict)
    submitted: list[int] = field(default_factory=list)
    published: list[int] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    surprises: list[str] = field(default_factory=list)


class Slowly:
    """A request body that takes its time, so that kills fall into its middle."""

    def __init__(self, body: bytes, seconds: float) -> None:
        self.body, self.place = body, 0
        self.pause = seconds * 16384 / len(body)

    def __len__(self) -> int:
        return len(self.body)

    def __iter__(self) -> Any:
        return iter(lambda: self.read(16384), b"")

    def read(self, size: int = -1) -> bytes:
        time.sleep(self.pause)
        end = len(self.body) if size < 0 else self.place + size
        part, self.place = self.body[self.place : end], min(end, len(self.body))
        return part


class Worker(threading.Thread, ABC):
    """One person; `work` is called again and again until it is time to stop."""

    def __init__(self, visitor: Visitor, journal: Journal, stopping: threading.Event, seed: int) -> None:
        super().__init__(daemon=True)
        self.visitor, self.journal, self.stopping = visitor, journal, stopping
        self.random = random.Random(seed)

    def run(self) -> None:
        while not self.stopping.is_set():
            try:
                if self.work() is False:
                    return
            except Exception as error:  # noqa: BLE001 - reported by the test; a thread cannot fail it
                self.journal.surprises.append(f"{type(self).__name__}: {error!r}")
                return

    @abstractmethod
    def work(self) -> Any:
        """One thing that somebody does; False when there is no more to do."""

    def insist(self, what: str, send: Callable[[], requests.Response], patience: int = 6) -> requests.Response | None:
        """Try again as somebody would who sees an error page or none; sometimes give up at once."""
        for _attempt in range(patience):
            self.journal.counts[f"{what}: sent"] += 1
            try:
                answer = send()
            except requests.RequestException:
                self.journal.counts[f"{what}: cut off"] += 1
            else:
                if answer.status_code < 500:
                    self.journal.counts[f"{what}: acknowledged"] += 1
                    return answer
                self.journal.counts[f"{what}: error page"] += 1
            if self.random.random() < 0.2:
                break
            time.sleep(self.random.uniform(0.1, 0.8))
        self.journal.counts[f"{what}: given up"] += 1
        return None

    def upload(self, what: str, path: str, name: str, fields: dict[str, Any], content: bytes) -> Any:
        everything = {**fields, ("extra" if fields else "file"): (name, content, "application/octet-stream")}
        body, kind = urllib3.encode_multipart_formdata(everything)
        seconds = self.random.choice((0.05, 0.3, 1.2))
        headers = {**JSON, "Content-Type": kind}
        answer = self.insist(what, lambda: self.visitor.post(path, Slowly(body, seconds), headers=headers))
        if answer is None:
            return None
        if answer.status_code != 200:
            self.journal.surprises.append(f"{what} of {name}: {answer.status_code} {answer.text[:300]}")
            return None
        return answer.json()


class Uploader(Worker):
    """Uploads a PDF, types a title, adds two data files; then the next."""

    def __init__(self, *arguments: Any, pdf: bytes) -> None:
        super().__init__(*arguments)
        self.pdf = pdf

    def work(self) -> Any:
        if len(self.journal.documents) >= MOST_PDFS:
            return False
        content = self.pdf + b"\n%" + self.random.randbytes(self.random.randint(1_000, 1_500_000)).hex().encode()
        began = self.upload("PDF", "/unggah/", "naskah.pdf", {}, content)
        if began is None:
            return None
        version = int(began["url"].split("/")[-3])
        digest = hashlib.sha256(content).hexdigest()
        self.journal.uploads.append((version, digest))
        self.journal.documents.add(digest)
        self._type_title(version)
        for number in range(2):
            self._add_data(version, number)
        return None

    def _type_title(self, version: int) -> None:
        title = f"Judul {self.random.randint(0, 10**9)}"
        typed = {"block": "title_id", "title_id": title}
        answer = self.insist("title", lambda: self.visitor.post(f"/unggah/{version}/simpan/", typed, headers=JSON))
        if answer is not None and answer.status_code == 200:
            self.journal.titles[version] = title

    def _add_data(self, version: int, number: int) -> None:
        rows = self.random.randint(100, 20_000)
        content = b"kode,nilai\n" + b"".join(b"%x,1\n" % self.random.getrandbits(128) for _ in range(rows))
        about = {"add": "extra", "kind": "dataset", "description": "Data"}
        if self.upload("data file", f"/unggah/{version}/berkas/", f"data-{number}.csv", about, content):
            self.journal.uploads.append((version, hashlib.sha256(content).hexdigest()))


class Author(Worker):
    """Sends complete drafts to the curators."""

    def __init__(self, *arguments: Any, drafts: list[int], desk: "queue.Queue[int]") -> None:
        super().__init__(*arguments)
        self.drafts, self.desk = iter(drafts), desk

    def work(self) -> Any:
        version = next(self.drafts, None)
        if version is None:
            return False
        answer = self.insist("submission", lambda: self.visitor.post(f"/unggah/{version}/kirim/"))
        if answer is not None:
            if not answer.headers.get("Location", "").endswith(f"/unggah/{version}/status/"):
                self.journal.surprises.append(f"submission of {version}: {answer.status_code} {answer.text[:300]}")
                return None
            self.journal.submitted.append(version)
            self.desk.put(version)
        time.sleep(self.random.uniform(0.5, 1.5))
        return None


class Curator(Worker):
    """Publishes what comes in."""

    def __init__(self, *arguments: Any, desk: "queue.Queue[int]") -> None:
        super().__init__(*arguments)
        self.desk = desk

    def work(self) -> Any:
        try:
            version = self.desk.get(timeout=0.3)
        except queue.Empty:
            return None
        answer = self.insist("publication", lambda: self.visitor.publish(version))
        if answer is not None:
            if not answer.headers.get("Location", "").endswith(f"/kurasi/{version}/"):
                self.journal.surprises.append(f"publication of {version}: {answer.status_code} {answer.text[:300]}")
                return None
            self.journal.published.append(version)
        return None


class Reader(Worker):
    """Reads public pages; an error page is all that a kill may cost her."""

    def work(self) -> Any:
        path = self.random.choice(("/", "/publikasi/", "/topik/"))
        answer = self.insist("page", lambda: self.visitor.get(path), patience=1)
        if answer is not None and answer.status_code != 200:
            self.journal.surprises.append(f"{path}: {answer.status_code}")
        time.sleep(0.3)
