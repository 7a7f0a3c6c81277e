"""From a new account to a paper that everybody can read, through the real pages in a real browser."""

import re
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import typst
from django.core import mail
from django.core.cache import caches
from django.core.management import call_command
from django.utils.translation import gettext, override
from playwright.sync_api import Locator, Page, expect

from taxonomy.models import Licence, OutputType, Pmks
from tests.browser.hands import Keyboard, Mouse
from tests.factories.accounts import PASSWORD, make_user

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 30_000  # milliseconds; the worker and the server share this process
AGREEMENT = "I agree that my name is shown with what I publish and that my data is kept to run my account."
AUTHOR, CURATOR = "nurhayati@example.org", "kurator@example.org"
REASON = "Judul bahasa Inggris kurang tepat: sebutkan kotanya."
TITLE_ID = "Pendampingan keluarga anak jalanan di Kota Makassar"
TITLE_EN = "Accompanying the families of street children"
BETTER_TITLE_EN = "Accompanying the families of street children in Makassar"
ABSTRACT_ID = "Penelitian ini menilai pendampingan keluarga anak jalanan di Kota Makassar selama dua tahun."
ABSTRACT_EN = "This study assesses how the families of street children in Makassar were accompanied over two years."
SOURCE = f"""
#set page(paper: "a4", margin: 2.5cm)
#set text(size: 11pt)
#align(center)[#text(size: 18pt, weight: "bold")[{TITLE_ID}]]
#align(center)[#text(size: 13pt, style: "italic")[{TITLE_EN}]]
#align(center)[Nurhayati Daeng Ngai#super[1], Sukarno#super[2]]
#align(center)[#text(size: 9pt)[#super[1] Universitas Hasanuddin, #super[2] Politeknik Kesejahteraan Sosial Bandung]]

*Abstrak* \\
{ABSTRACT_ID} Wawancara dengan 42 anak dan 18 pendamping menunjukkan bahwa rumah singgah yang dekat dengan terminal
lebih sering dikunjungi. Kehadiran di sekolah naik pada anak yang didampingi bersama keluarganya.

*Kata kunci:* anak jalanan; pendampingan; keluarga

*Abstract* \\
{ABSTRACT_EN} Interviews with 42 children and 18 workers show that shelters close to the station are visited more
often. School attendance rose among children whose families were accompanied as well.

*Keywords:* street children; accompaniment; family

= Pendahuluan
#lorem(120)
#pagebreak()
= Hasil
#lorem(60)
"""


@pytest.fixture(autouse=True)
def nobody_was_here() -> None:
    """Limits on attempts, such as one mail to an address in three minutes, are counted in the caches."""
    for cache in (caches[alias] for alias in caches):
        cache.clear()


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    made = typst.compile(SOURCE.encode(), format="pdf")
    assert isinstance(made, bytes)
    file = tmp_path / "anak-jalanan.pdf"
    file.write_bytes(made)
    return file


@pytest.fixture
def work() -> Iterator[Callable[[], None]]:
    """The worker does what is queued, then ends."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield lambda: call_command("worker", batch=True)
    for number, handler in before.items():
        signal.signal(number, handler)


class Somebody:
    """A person at an own browser, who reads the site in `language`."""

    def __init__(self, page: Page, language: str, hand: type[Mouse]) -> None:
        self.page, self.language, self.hand = page, language, hand(page)
        page.set_default_timeout(PATIENCE)

    def says(self, text: str) -> str:
        with override(self.language):
            return gettext(text)

    def open(self, path: str) -> None:
        self.page.goto(("/en" if self.language == "en" else "") + path)

    def title(self, in_english: str) -> str:
        """The paper's, as shown to somebody who reads in this language."""
        return in_english if self.language == "en" else TITLE_ID

    def see(self, text: str) -> None:
        expect(self.page.get_by_role("main").get_by_text(text).first).to_be_visible()

    def button(self, text: str) -> Locator:
        return self.page.get_by_role("main").get_by_role("button", name=self.says(text), exact=True)

    def link(self, text: str) -> Locator:
        return self.page.get_by_role("main").get_by_role("link", name=self.says(text), exact=True)

    def field(self, label: str) -> Locator:
        return self.page.get_by_label(self.says(label), exact=True)

    def in_masthead(self, text: str) -> Locator:
        return self.page.get_by_role("banner").get_by_role("link", name=self.says(text), exact=True)

    def press(self, button: str) -> None:
        self.hand.press(self.button(button))

    def follow(self, link: str) -> None:
        self.hand.press(self.link(link))

    def write(self, label: str, text: str) -> None:
        self.hand.write(self.field(label), text)

    def arrives(self, path: str) -> None:
        self.page.wait_for_url(re.compile(path + r"(\?[^/]*)?(#.*)?$"))


@pytest.mark.parametrize(
    ("language", "hand"), [("id", Mouse), ("en", Mouse), ("id", Keyboard)], ids=["id", "en", "id-keyboard"]
)
def test_from_sign_up_to_the_published_paper(language, hand, vocabularies, site, new_context, paper, work):
    make_user(CURATOR, role="curator", name="Dewi Anggraini")
    author, curator, reader = (Somebody(new_context().new_page(), language, hand) for _ in range(3))
    sign_up(author, work)
    upload(author, paper, work)
    check_prefilled(author)
    complete_details(author)
    complete_topic(author)
    send(author, "Send to the curators")
    work()
    assert [letter.to for letter in mail.outbox].count([CURATOR]) == 1

    sign_in(curator)
    return_with_reason(curator)
    work()
    assert any(letter.to == [AUTHOR] and REASON in letter.body for letter in mail.outbox)

    correct(author)
    send(author, "Send again to the curators")
    publish(curator)
    work()
    assert read_published(reader) == paper.read_bytes()


def sign_up(author: Somebody, work: Callable[[], None]) -> None:
    author.open("/")
    author.hand.press(author.in_masthead("Sign in"))
    author.follow("Sign up")
    author.arrives("/akun/daftar/")
    author.write("Your name", "Nurhayati Daeng Ngai")
    author.write("Email", AUTHOR)
    author.write("Password", PASSWORD)
    author.write("Password (again)", PASSWORD)
    author.hand.tick(author.page.get_by_role("checkbox", name=re.compile(re.escape(author.says(AGREEMENT)))))
    author.press("Sign up")
    author.see(author.says("Check your e-mail"))
    work()
    [letter] = [letter for letter in mail.outbox if letter.to == [AUTHOR]]
    address = re.search(r"https?://\S+", letter.body)
    assert address, letter.body
    author.page.goto(urlsplit(address[0]).path)
    author.press("Yes, confirm")
    expect(author.in_masthead("Sign in")).to_have_count(0)


def upload(author: Somebody, paper: Path, work: Callable[[], None]) -> None:
    author.hand.press(author.in_masthead("Upload"))
    author.arrives("/unggah/")
    author.hand.give(author.field("Drop the PDF here or choose it"), paper)
    author.arrives(r"/unggah/\d+/berkas/")
    work()
    author.arrives(r"/unggah/\d+/")  # by itself, once the PDF is read


def check_prefilled(author: Somebody) -> None:
    expect(author.field("Title in Indonesian")).to_have_value(TITLE_ID)
    expect(author.field("Title in English")).to_have_value(TITLE_EN)
    expect(author.field("Abstract in Indonesian")).to_have_value(re.compile(re.escape(ABSTRACT_ID)))
    expect(author.field("Abstract in English")).to_have_value(re.compile(re.escape(ABSTRACT_EN)))
    authors = author.page.get_by_role("group", name=author.says("Authors and others, in order"))
    expect(authors).to_contain_text("Nurhayati Daeng Ngai")
    expect(authors).to_contain_text("Sukarno")
    author.see(author.says("Taken from the PDF, page %(page)s") % {"page": 1})


def complete_details(author: Somebody) -> None:
    with override(author.language):
        kind = str(OutputType.objects.get(code="c_5794").label)
    author.hand.choose(author.field("Type of output"), kind)
    author.write("Date of publication", "25 November 2014")
    author.press("Go on to the topic")
    author.arrives("/topik/")


def complete_topic(author: Somebody) -> None:
    with override(author.language):
        topic, licence = the_topic().label, Licence.objects.get(code="CC-BY-4.0").label
    author.hand.tick(author.page.get_by_role("checkbox", name=str(topic), exact=True))
    author.hand.tick(author.page.get_by_role("radio", name=re.compile(f"^{re.escape(str(licence))}")))
    everybody = re.compile(f"^{re.escape(author.says('Everybody, at once'))}")
    expect(author.page.get_by_role("radio", name=everybody)).to_be_checked()
    author.press("Go on to the preview")
    author.arrives("/pratinjau/")


def the_topic() -> Pmks:
    return Pmks.objects.get(code="PMKS-04")


def send(author: Somebody, button: str) -> None:
    author.press(button)
    author.arrives("/status/")
    author.see(author.says("It is with the curators now. They answer within 5 working days."))


def sign_in(curator: Somebody) -> None:
    curator.open("/akun/masuk/")
    curator.write("Email", CURATOR)
    curator.write("Password", PASSWORD)
    curator.press("Sign in")
    expect(curator.in_masthead("Sign in")).to_have_count(0)


def open_from_queue(curator: Somebody, title_in_english: str) -> None:
    curator.hand.press(curator.page.get_by_role("banner").locator("summary", has_text=curator.says("Account")))
    curator.hand.press(curator.in_masthead("Curation"))
    curator.arrives("/kurasi/")
    curator.follow(curator.title(title_in_english))
    curator.arrives(r"/kurasi/\d+/")


def return_with_reason(curator: Somebody) -> None:
    open_from_queue(curator, TITLE_EN)
    curator.press("Take in hand")
    expect(curator.button("Give free")).to_be_visible()
    curator.write("Reason", REASON)
    curator.press("Return with this reason")
    expect(curator.button("Return with this reason")).to_have_count(0)


def correct(author: Somebody) -> None:
    author.hand.press(author.in_masthead("Upload"))
    author.follow(author.title(TITLE_EN))
    author.arrives(r"/unggah/\d+/")
    author.see(REASON)
    author.write("Title in English", BETTER_TITLE_EN)
    author.press("Go on to the topic")
    author.arrives("/topik/")
    author.press("Go on to the preview")
    author.arrives("/pratinjau/")
    author.see(BETTER_TITLE_EN)


def publish(curator: Somebody) -> None:
    open_from_queue(curator, BETTER_TITLE_EN)
    curator.see(BETTER_TITLE_EN)
    curator.press("Publish")
    expect(curator.button("Publish")).to_have_count(0)


def read_published(reader: Somebody) -> bytes:
    """From the home page by its topic to the paper and its PDF."""
    reader.open("/")
    reader.hand.press(reader.in_masthead("Topics"))
    reader.arrives("/topik/")
    with override(reader.language):
        topic = str(the_topic().label)
    reader.hand.press(reader.page.get_by_role("main").get_by_role("link", name=re.compile(re.escape(topic))).first)
    reader.arrives(rf"/topik/{the_topic().slug}/")
    reader.follow(reader.title(BETTER_TITLE_EN))
    reader.arrives("/publikasi/[^/]+/")
    reader.see(BETTER_TITLE_EN)
    download = reader.page.get_by_role("link", name=f"{reader.says('Download')} anak-jalanan.pdf")
    answer = reader.page.request.get(str(download.get_attribute("href")))
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    with reader.page.expect_download() as downloading:
        reader.hand.press(download)
    return Path(downloading.value.path()).read_bytes()
