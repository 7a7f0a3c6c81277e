"""A whole small conference with several people, through the pages alone: from the call to a paper found in search."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core import mail
from django.core.cache import caches
from django.urls import reverse
from django.utils.translation import gettext, override
from playwright.sync_api import BrowserContext, Page, expect

from accounts.models import User
from conferences.models import CommitteeRole, Edition, Submission
from tests.browser.test_conference_call import _hand_in_file, _write
from tests.browser.test_journey import work  # noqa: F401 - a fixture
from tests.browser.test_pages_accessibility import sign_in
from tests.factories.accounts import make_user
from tests.factories.conferences import committee, make_edition, make_track

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("vocabularies")]
PATIENCE = 30_000  # milliseconds; the worker and the server share this process
Contexts = Callable[..., BrowserContext]
REVIEWERS = ("dewi@contoh.id", "bambang@contoh.id")


def says(text: str) -> str:
    with override("id"):
        return gettext(text)


class Conference:
    """The people, each at an own browser, and what they do one after the other."""

    def __init__(self, site: str, new_context: Contexts, work: Callable[[], None], folder: Path) -> None:  # noqa: F811
        self.site, self.new_context, self.work, self.folder = site, new_context, work, folder
        self.edition: Edition = make_edition(dates={"registration_opens": -1})
        make_track(self.edition, pmks=["PMKS-08"], pages_max=12)
        self.secretary = self.at(committee(self.edition, CommitteeRole.SECRETARY))
        self.chair = self.at(committee(self.edition, CommitteeRole.PROGRAMME_CHAIR))
        self.author = self.at(make_user("siti@contoh.id", name="Siti Rahmawati"))

    def at(self, user: User, **options: object) -> Page:
        context = self.new_context(**options)
        sign_in(context, self.site, user)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        return page

    def open(self, page: Page, name: str, *args: object) -> Page:
        page.goto(reverse(f"conferences:{name}", args=[self.edition.slug, *args]))
        return page

    def press(self, page: Page, name: str | re.Pattern[str]) -> None:
        page.get_by_role("main").get_by_role("button", name=name).first.click()

    def send_letters(self, page: Page) -> None:
        """Looks at each letter in the outbox and sends them."""
        self.open(page, "desk_outbox")
        for box in page.locator("input[name=letter]").all():
            box.check()
        self.press(page, "Kirim yang dicentang")
        expect(page.get_by_text("surat sedang dikirim")).to_be_visible()
        self.work()

    def link_in_mail(self, to: str, pattern: str) -> str:
        """The path of the newest link of this form that somebody got."""
        texts = [message.body for message in mail.outbox if message.to == [to]]
        found = [match for text in texts for match in re.findall(rf"https?://[^/\s]+({pattern})", str(text))]
        assert found, f"no such link among {texts}"
        return str(found[-1])


@pytest.fixture
def conference(
    site: str,
    new_context: Contexts,
    work: Callable[[], None],  # noqa: F811
    tmp_path: Path,
) -> Conference:
    for alias in caches:
        caches[alias].clear()  # limits on mails are counted there
    return Conference(site, new_context, work, tmp_path)


def test_a_whole_conference(conference: Conference) -> None:
    call_for_papers(conference)
    submit(conference)
    invite_reviewers(conference)
    assign(conference)
    review_blindly(conference)
    decide(conference)


def call_for_papers(c: Conference) -> None:
    page = c.open(c.secretary, "desk_call")
    page.locator("[name$=-pages_max]").fill("10")
    c.press(page, re.compile("^Simpan"))
    expect(page.get_by_text("Tersimpan: Bidang 1")).to_be_visible()


def submit(c: Conference) -> None:
    page = c.open(c.author, "submit")
    page.locator("[name=track]").check()
    c.press(page, "Mulai")
    _write(page, script=True)
    _hand_in_file(page, c.folder)
    page.get_by_role("link", name="Lanjut: periksa dan kirim").click()
    page.get_by_role("main").get_by_role("button", name="Kirim", exact=True).click()
    expect(page.get_by_text("Kiriman diterima dengan nomor 1")).to_be_visible()


def invite_reviewers(c: Conference) -> None:
    page = c.open(c.chair, "desk_reviewers")
    page.locator("input[name=tracks]").check()
    page.locator("[name=people]").fill("\n".join(f"Penelaah <{email}>" for email in REVIEWERS))
    c.press(page, "Tulis undangan")
    c.send_letters(page)
    for email in REVIEWERS:
        guest = c.at(make_user(email, name="Penelaah Tamu"))
        guest.goto(c.link_in_mail(email, r"/telaah/undangan/[^/\s]+/"))
        c.press(guest, "Terima")
        expect(guest).to_have_url(re.compile("/telaah/"))


def assign(c: Conference) -> None:
    Edition.objects.filter(pk=c.edition.pk).update(reviews_each=len(REVIEWERS))
    page = c.open(c.chair, "desk_assignment")
    c.press(page, "Susun penugasan")
    expect(page.get_by_text(says("Every submission has enough reviewers."))).to_be_visible()
    c.press(page, re.compile(r"^Tulis \d+ surat"))
    c.send_letters(page)


def review_blindly(c: Conference) -> None:
    """A reviewer reads no name, neither on the page nor in the mail."""
    for email in REVIEWERS:
        page = c.at(User.objects.get(email=email))
        page.goto(reverse("conferences:reviews"))
        page.get_by_role("link", name="Perawatan berbasis keluarga").click()
        c.press(page, re.compile("^Terima$"))
        expect(page.locator("#naskah")).to_be_visible()
        assert "Rahmawati" not in page.content() and "Sukarno" not in page.content()
        page.locator("input[name=advice][value=talk]").check()
        page.locator("input[name=confidence][value='4']").check()
        page.locator("#id_to_authors").fill("Jelas dan berguna bagi panti.")
        c.press(page, "Serahkan telaah")
        expect(page.locator("#diskusi")).to_be_visible()
    letters = "".join(str(message.body) for message in mail.outbox if message.to[0] in REVIEWERS)
    assert "Rahmawati" not in letters and "Sukarno" not in letters


def decide(c: Conference) -> None:
    page = c.open(c.chair, "desk_progress")
    page.locator("input[name=chosen]").check()
    page.locator("[name=outcome][value=talk]").check()
    c.press(page, "Pratinjau surat")
    c.press(page, re.compile("Masukkan .* kotak keluar"))
    c.send_letters(page)
    submission = Submission.objects.get()
    assert (submission.state, submission.accepted_as) == ("accepted", "talk")
    assert any("Jelas dan berguna" in str(message.body) for message in mail.outbox if message.to == ["siti@contoh.id"])
