"""Every real PDF, good and hostile, through the running site: uploaded, read, described, sent, published, opened.

`pytest tests/proof/test_uploads.py --write-table` writes it, file by file, into docs/administrators/pdf-uploads.md.
"""

import hashlib
import html
import io
import itertools
import queue
import re
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from django.utils.translation import override
from PIL import Image

from kesos_repo.paths import ROOT
from publications.pdf.codes import WARNINGS, Code
from publications.pdf.limits import DEFAULT
from publications.pdf.messages import MESSAGES
from publications.pdf.ocr import ocr_available
from publications.pdf.report import replaced
from publications.sniff import REASONS
from tests.kesos_repo.processes import wait_for
from tests.proof.running import RunningSite, scratch_site
from tests.proof.visitor import Visitor
from tests.publications.pdf.shared import FOLDER, files, kinds, needs_shared

PAGE = ROOT / "docs" / "administrators" / "pdf-uploads.md"
HEAD = (
    "| file | kind | what became of it | what the author is told | what the curator is told | pages with text |"
    " slowest request, s | reading, s | peak MiB |\n"
    "| --- | --- | --- | --- | --- | ---: | ---: | ---: | ---: |"
)
PEOPLE = 2
SECONDS = 20
TYPED = "Judul yang diketik lebih dahulu"
DETAILS = {
    "title_id": "Naskah percobaan",
    "abstract_id": "Abstrak yang diketik oleh penulis.",
    "type": "c_18ws",
    "date": "2024",
}
TOPICS = {"pmks": ["PMKS-08"], "pmks_primary": "PMKS-08", "licence": "CC-BY-4.0", "access": "open"}
SCANS = {"scan-no-text"}

pytestmark = needs_shared


@dataclass
class Story:
    """What became of one file."""

    file: Path
    kind: str
    became: str = ""
    author: str = ""
    curator: str = ""
    version: int = 0
    public_id: str = ""
    slowest: float = 0.0
    reading: dict[str, Any] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.file.relative_to(FOLDER).as_posix()

    @property
    def is_good(self) -> bool:
        return self.file.parent.name == "good"

    def check(self, holds: object, otherwise: str) -> None:
        if not holds:
            self.wrong.append(otherwise)

    def row(self) -> str:
        read = self.reading
        pages = f"{read['with_text']} of {read['pages'] or 0}" if read else ""
        pages += f" ({read['recognised']} recognised)" if read.get("recognised") else ""
        cost = f"{read['seconds']:.1f} | {read['peak_kib'] / 1024:.0f}" if read else " | "
        cells = (self.name, self.kind, self.became, self.author, self.curator, pages, f"{self.slowest:.1f}", cost)
        return f"| {' | '.join(cells)} |"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with scratch_site(tmp_path_factory.mktemp("uploads")) as made:
        made.inside("build", researchers=PEOPLE, drafts=0)
        made.start()
        yield made


def test_every_file_is_published_or_refused_with_a_reason(site: RunningSite, request: pytest.FixtureRequest) -> None:
    stories = told(site)
    states = {int(version): state for version, state in site.inside("audit")["states"].items()}
    readings = site.inside("readings")
    for story in stories:
        story.reading = readings.get(str(story.version), {})
        check_the_end(story, states)
    if request.config.getoption("--write-table", default=False):
        table = "\n".join([HEAD, *(story.row() for story in stories)])
        PAGE.write_text(replaced(PAGE.read_text(encoding="utf-8"), table), encoding="utf-8")
    assert not {story.name: story.wrong for story in stories if story.wrong}
    assert len(stories) == len(files())
    errors = [line for line in site.log.read_text().splitlines() if "Internal Server Error" in line]
    assert not errors


def check_the_end(story: Story, states: dict[int, str]) -> None:
    read = story.reading
    story.check(story.slowest < SECONDS, f"a request took {story.slowest:.1f} s")
    if read:
        story.check(read["seconds"] < SECONDS, f"reading took {read['seconds']:.1f} s")
        story.check(read["peak_kib"] * 1024 < DEFAULT.memory_bytes, f"reading took {read['peak_kib']} KiB")
        story.check(set(read["warnings"]) <= WARNINGS, f"warnings without a sentence: {read['warnings']}")
    if story.is_good:
        story.check(story.became == "published", f"{story.became}: {story.author}")
        story.check(states.get(story.version) == "published", "not published in the database")
        if story.kind not in SCANS or ocr_available():
            story.check(read.get("with_text"), "no text")
    else:
        story.check(story.author if story.became.startswith("refused") else story.curator, "nobody was warned")


# --- telling ---------------------------------------------------------------------------------------------------------


def told(site: RunningSite) -> list[Story]:
    stories = [Story(file, kinds().get(file.name, "")) for file in files()]
    waiting: queue.SimpleQueue[Story] = queue.SimpleQueue()
    for story in stories:
        waiting.put(story)
    tellers = [threading.Thread(target=tell_all, args=(site, number, waiting)) for number in range(PEOPLE)]
    for teller in tellers:
        teller.start()
    for teller in tellers:
        teller.join()
    wait_for(lambda: site.query(OPEN_TASKS)[0][0] == 0, 600)
    return stories


OPEN_TASKS = "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status IN ('READY', 'RUNNING')"


def tell_all(site: RunningSite, number: int, waiting: "queue.SimpleQueue[Story]") -> None:
    author = Visitor(site.url).sign_in(f"peneliti{number}@contoh.id")
    curator = Visitor(site.url).sign_in("kurator@contoh.id")
    while True:
        try:
            story = waiting.get_nowait()
        except queue.Empty:
            return
        author.slowest = curator.slowest = 0.0
        try:
            tell(site, story, author, curator)
        except Exception as error:  # noqa: BLE001 - reported with the file; a thread cannot fail the test
            story.wrong.append(repr(error))
        story.slowest = max(author.slowest, curator.slowest)


def tell(site: RunningSite, story: Story, author: Visitor, curator: Visitor) -> None:
    answer = upload_good(story, author) if story.is_good else upload_hostile(story, author)
    if answer.status_code == 422:
        story.became, story.author = "refused at once", sentence(answer.text, REASONS)
        nothing_is_lost(story, author)
        return
    story.check(answer.status_code == 302, f"upload answered {answer.status_code}")
    story.version = story.version or int(answer.headers["Location"].split("/")[-3])
    wait_until_read(story, author)
    page = author.get(f"/unggah/{story.version}/berkas/").text
    story.author = sentence(page, MESSAGES)
    if describe(story, author) == 422:
        story.became = "refused after reading"
        nothing_is_lost(story, author)
        return
    page = curator.get(f"/kurasi/{story.version}/")
    story.check(page.status_code == 200, f"the curator's page answered {page.status_code}")
    story.curator = sentence(page.text, MESSAGES)
    answer = curator.publish(story.version)
    story.check(answer.status_code == 302, f"publishing answered {answer.status_code}")
    look_at_it(site, story)


def upload_good(story: Story, author: Visitor) -> Any:
    """The PDF first; the form is filled from it."""
    return author.post("/unggah/", files={"file": (story.file.name, story.file.read_bytes(), "application/pdf")})


def upload_hostile(story: Story, author: Visitor) -> Any:
    """Into a draft whose title is typed already, so that there is something to be lost."""
    started = author.post("/unggah/", {"start": "empty"})
    story.version = int(re.search(r"/unggah/(\d+)/", started.headers["Location"])[1])  # type: ignore[index]
    saved = author.post(f"/unggah/{story.version}/simpan/", {"block": "title_id", "title_id": TYPED})
    story.check(saved.status_code == 200, "the title was not saved")
    path = f"/unggah/{story.version}/berkas/"
    return author.post(path, files={"file": (story.file.name, story.file.read_bytes(), "application/pdf")})


def nothing_is_lost(story: Story, author: Visitor) -> None:
    page = author.get(f"/unggah/{story.version}/")
    story.check(page.status_code == 200 and TYPED in page.text, "what was typed is lost")


def wait_until_read(story: Story, author: Visitor) -> None:
    began = time.monotonic()
    path = f"/unggah/{story.version}/pembacaan/"
    while "hx-trigger" in author.get(path).text:
        if time.monotonic() - began > 6 * SECONDS:
            raise AssertionError("it is never read")
        time.sleep(0.3)


def describe(story: Story, author: Visitor) -> int:
    """Fill what the PDF did not, send it, and say how that was answered."""
    authors = {"contributors-row": "0", "contributors-0-family_name": "Sukarno"}
    here = f"/unggah/{story.version}/"
    typed = author.fill_in(here, {**DETAILS, **authors}, go="topik")
    story.check(typed.status_code == 302, f"the form answered {typed.status_code}: {errors_of(typed.text)}")
    chosen = author.fill_in(f"{here}topik/", TOPICS, go="pratinjau")
    story.check(chosen.status_code == 302, f"the topics answered {chosen.status_code}: {errors_of(chosen.text)}")
    seen = author.get(f"{here}pratinjau/")
    story.check(seen.status_code == 200, f"the preview answered {seen.status_code}")
    sent = author.post(f"{here}kirim/")
    story.check(sent.status_code in (302, 422), f"sending answered {sent.status_code}")
    if sent.status_code == 422 and story.is_good:
        story.wrong.append(f"cannot be sent: {errors_of(sent.text)}")
    return sent.status_code


def look_at_it(site: RunningSite, story: Story) -> None:
    """As an anonymous reader: the page, the PDF itself, its picture."""
    rows = site.query("SELECT public_id FROM publications_output WHERE current_id = %s", story.version)
    if not rows:
        story.wrong.append("not published")
        return
    story.became, story.public_id = "published", rows[0][0]
    reader = Visitor(site.url)
    page = reader.get(f"/publikasi/{story.public_id}/")
    story.check(page.status_code == 200, f"its page answered {page.status_code}")
    links = re.findall(rf"/publikasi/{story.public_id}/[\w.-]+\.pdf", page.text)
    story.check(links, "its page has no link to the PDF")
    if links:
        sent = reader.get(links[0])
        same = hashlib.sha256(sent.content).digest() == hashlib.sha256(story.file.read_bytes()).digest()
        story.check(sent.status_code == 200 and same, "the PDF that is sent is another")
    picture = reader.get(f"/publikasi/{story.public_id}/sampul.webp")
    story.check(picture.status_code == 200, f"its picture answered {picture.status_code}")
    if picture.status_code == 200:
        story.check(max(Image.open(io.BytesIO(picture.content)).size) <= 800, "its picture is large")


def sentence(page: str, known: dict[Any, Any]) -> str:
    """Which of the known sentences stand on the page; by their codes."""
    text = " ".join(html.unescape(lxml.html.fromstring(page).text_content()).split())
    with override("en"):
        return ", ".join(str(code) for code, words in known.items() if str(words) in text)


def errors_of(page: str) -> str:
    if not page:
        return ""
    found = lxml.html.fromstring(page).xpath("//*[contains(@class, 'error') or contains(@class, 'notice')]")
    return " / ".join(" ".join(part.text_content().split()) for part in itertools.islice(found, 5))[:500]


def test_every_code_has_a_sentence() -> None:
    assert set(MESSAGES) == set(Code)
