"""A whole small conference with several people, through the pages alone: from the call to a paper found in search."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core import mail
from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override
from playwright.sync_api import BrowserContext, Page, expect

from accounts.models import Role, User
from conferences.models import Certificate, CommitteeRole, Edition, Paper, Registration, Submission
from tests.browser.test_conference_call import _hand_in_file, _write
from tests.browser.test_journey import work  # noqa: F401 - a fixture
from tests.browser.test_pages_accessibility import sign_in
from tests.factories.accounts import make_user
from tests.factories.conferences import DAY, committee, make_edition, make_track
from tests.factories.final_papers import final_pdf
from tests.factories.search import index  # noqa: F401 - a fixture

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
        today = timezone.localdate()  # the second day: what was given on the first is over
        fields = {"starts_on": today - DAY, "ends_on": today, "dates": {"registration_opens": -1}}
        self.edition: Edition = make_edition(**fields)
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

    def send(self, page: Page, name: str, *args: object) -> None:
        """Presses the button of the form that goes to this address."""
        address = reverse(f"conferences:{name}", args=[self.edition.slug, *args])
        with page.expect_response(lambda answer: answer.request.method == "POST") as sent:
            page.locator(f"form[action^='{address}']").get_by_role("button").first.click()
        assert sent.value.status == 302, page.get_by_role("main").inner_text()

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


def test_a_whole_conference(conference: Conference, index: Callable[[], None]) -> None:  # noqa: F811
    call_for_papers(conference)
    submit(conference)
    invite_reviewers(conference)
    assign(conference)
    review_blindly(conference)
    decide(conference)
    make_programme(conference)
    register(conference)
    check_in(conference)
    certify(conference)
    hand_in_final_paper(conference)
    publish_proceedings(conference)
    index()
    find(conference)


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


def make_programme(c: Conference) -> None:
    page = c.open(c.chair, "desk_rooms_new")
    page.locator("[name=name_id]").fill("Aula Kartini")
    c.send(page, "desk_rooms_new")
    c.open(page, "desk_session_new")
    page.locator("[name=title_id]").fill("Lanjut usia")
    for name, clock in (("starts_at", "09:00"), ("ends_at", "10:30")):
        page.locator(f"[name={name}]").fill(f"{c.edition.starts_on}T{clock}")
    page.locator("[name=room]").select_option(label="Aula Kartini")
    c.send(page, "desk_session_new")
    c.open(page, "desk_schedule")
    page.locator("[name=submission]").check()
    page.locator("[name=session]").select_option(index=1)
    c.send(page, "desk_schedule_place")
    c.open(page, "desk_schedule_publish")
    c.send(page, "desk_schedule_publish")
    c.send_letters(page)
    public = c.new_context().new_page()
    c.open(public, "edition_programme")
    expect(public.get_by_role("main")).to_contain_text("Perawatan berbasis keluarga")


def register(c: Conference) -> None:
    """The committee offers it; the author and somebody else come."""
    page = c.open(c.secretary, "desk_registration_terms")
    page.locator("[name=is_offered]").check()
    c.send(page, "desk_registration_terms")
    for guest in (c.author, c.at(make_user("ketut@contoh.id", name="Ketut Ayu"))):
        c.open(guest, "edition_registration")
        guest.locator("[name=category]").select_option("lecturer")
        c.send(guest, "edition_registration")
        expect(guest.get_by_role("main")).to_contain_text("terkonfirmasi")
    assert Registration.objects.filter(state="confirmed").count() == 2


def check_in(c: Conference) -> None:
    page = c.open(c.at(committee(c.edition, CommitteeRole.REGISTRATION), width=320), "desk_check_in")
    for name in ("rahmawati", "ketut"):
        page.locator("[data-find]").fill(name)
        expect(page.locator("[data-found]").get_by_role("button")).to_have_count(1)
        page.keyboard.press("Enter")
        expect(page.locator("[data-said]")).to_contain_text(name.title())
    expect(page.locator("[data-seen]")).to_have_text("2")
    expect(page.locator("[data-waiting]")).to_have_text("Semua sudah terkirim.")


def certify(c: Conference) -> None:
    page = c.open(c.secretary, "desk_certificates")
    c.send(page, "issue_certificates")
    c.work()
    kinds = set(Certificate.objects.values_list("kind", flat=True))
    assert kinds >= {"participant", "presenter", "reviewer", "committee"}
    mine = Certificate.objects.get(kind="presenter")
    public = c.new_context().new_page()
    public.goto(reverse("conferences:certificate", args=[mine.token]))
    expect(public.get_by_role("main")).to_contain_text("Siti Rahmawati")


def hand_in_final_paper(c: Conference) -> None:
    submission = Submission.objects.get()
    file = c.folder / "makalah-akhir.pdf"
    file.write_bytes(final_pdf(title=submission.title_id, pages=2))
    c.author.goto(reverse("conferences:final_paper", args=[submission.pk]))
    c.author.locator("#unggah input[type=file]").set_input_files(file)
    c.author.locator("#unggah").get_by_role("button", name=says("Upload and check")).click()
    expect(c.author.get_by_text(says("Everything that is asked for is there."))).to_be_visible()
    page = c.open(c.secretary, "desk_final_paper", submission.number)
    c.send(page, "approve_final_paper", submission.number)


def publish_proceedings(c: Conference) -> None:
    """The editor is a curator, too, so that the papers of others are published at once."""
    editor = make_user("editor@contoh.id", name="Editor Prosiding", role=Role.CURATOR)
    page = c.open(c.at(committee(c.edition, CommitteeRole.EDITOR, user=editor)), "desk_proceedings")
    c.send(page, "begin_volume")
    c.open(page, "edit_volume")
    page.locator("[name=publisher]").fill("Puslitbang Contoh")
    page.locator("[name=editors]").fill("Prosiding, Editor")
    c.send(page, "edit_volume")
    c.open(page, "desk_proceedings")
    c.send(page, "build_volume")
    c.work()
    c.open(page, "desk_proceedings")
    page.locator("summary").filter(has_text=says("Publish the proceedings")).click()
    c.send(page, "publish_volume")
    c.work()
    paper = Paper.objects.get()
    version = paper.output.current
    assert version and version.title_id == "Perawatan berbasis keluarga"
    assert [str(one) for one in version.contributors.all()] == ["Siti Rahmawati", "Sukarno"]


def find(c: Conference) -> None:
    """By everybody, with the words of its title and by its conference."""
    page = c.new_context().new_page()
    page.goto("/cari/?q=perawatan+berbasis+keluarga")
    hit = page.locator(".hit-title").filter(has_text="Perawatan berbasis keluarga")
    expect(hit).to_have_count(1)
    page.goto(reverse("conferences:edition_proceedings", args=[c.edition.slug]))
    expect(page.get_by_role("main")).to_contain_text("Perawatan berbasis keluarga")
