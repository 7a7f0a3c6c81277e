"""Slides and posters: who brings them, what is refused, who reads them, where they show."""

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import LogEntry, User
from conferences.actions import materials as actions
from conferences.models import CommitteeRole, Edition, Material, Paper, Submission
from conferences.states import EditionState, SubmissionState
from publications.models import Blob
from tests.conferences.papers import TOKEN, everything_in, pdf
from tests.factories.accounts import make_user
from tests.factories.conferences import committee, make_edition, make_submission, make_track
from tests.factories.programme_public import accepted, make_material
from tests.factories.publications import make_output

pytestmark = pytest.mark.django_db
AUTHORS = ({"family_name": "Sukarno", "email": "Penulis.Kedua@contoh.id"}, {"family_name": "Tanpa Surel"})


@pytest.fixture
def submission() -> Submission:
    return accepted(make_edition(), authors=AUTHORS)


def path_of(submission: Submission, tail: str = "materi/") -> str:
    return f"/konferensi/{submission.edition.slug}/kiriman/{submission.pk}/{tail}"


def file_of(material: Material) -> str:
    return f"/konferensi/{material.submission.edition.slug}/jadwal/materi/{material.pk}.pdf"


def slides(content: bytes | None = None, name: str = "salindia.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf() if content is None else content)


def upload(client: Client, submission: Submission, file: SimpleUploadedFile | None = None, **fields: str) -> int:
    data = {"kind": "slides", "is_public": "1", **fields, "file": file or slides()}
    return client.post(path_of(submission), data).status_code


def author_by(email: str, *, verified: bool) -> User:
    user = make_user(f"lain-{email.lower()}")
    EmailAddress.objects.create(user=user, email=email.lower(), verified=verified)
    return user


class TestWhoMay:
    @pytest.mark.parametrize(
        ("who", "status"),
        [("nobody", 302), ("stranger", 404), ("submitter", 200), ("author", 200), ("unconfirmed", 404), ("chair", 404)],
    )
    def test_the_page(self, client: Client, submission: Submission, who: str, status: int) -> None:
        users = {
            "stranger": make_user,
            "submitter": lambda: submission.submitter,
            "author": lambda: author_by("penulis.kedua@contoh.id", verified=True),
            "unconfirmed": lambda: author_by("penulis.kedua@contoh.id", verified=False),
            "chair": lambda: committee(submission.edition, CommitteeRole.CHAIR),
        }
        if who != "nobody":
            client.force_login(users[who]())
        assert client.get(path_of(submission)).status_code == status
        assert upload(client, submission) == (302 if status == 200 else status)
        assert Material.objects.exists() == (status == 200)

    @pytest.mark.parametrize("state", list(SubmissionState))
    @pytest.mark.parametrize("edition_state", list(EditionState))
    def test_of_accepted_papers_until_the_archive(self, state: str, edition_state: str) -> None:
        submission = make_submission(make_track(make_edition(edition_state)), state)
        material = make_material(submission)
        user = submission.submitter
        if state == SubmissionState.ACCEPTED and edition_state != EditionState.ARCHIVED:
            actions.show_material(material, is_public=False, by=user)
            actions.remove_material(material, by=user)
            assert not Material.objects.exists()
            return
        for act in (
            lambda: actions.add_material(submission, "slides", slides(), is_public=True, by=user),
            lambda: actions.show_material(material, is_public=False, by=user),
            lambda: actions.remove_material(material, by=user),
        ):
            with pytest.raises(PermissionDenied):
                act()
        assert Material.objects.get().is_public

    def test_too_late_is_told(self, client: Client, submission: Submission) -> None:
        client.force_login(submission.submitter)
        Edition.objects.filter(pk=submission.edition_id).update(state=EditionState.ARCHIVED)
        assert client.get(path_of(submission)).status_code == 409
        assert upload(client, submission) == 409 and not Material.objects.exists()


class TestBringing:
    def test_upload_replace_hide_remove(self, client: Client, submission: Submission) -> None:
        client.force_login(submission.submitter)
        assert path_of(submission) in client.get(path_of(submission, "")).content.decode()
        assert upload(client, submission) == 302
        first = Material.objects.get()
        assert (first.kind, first.is_public, first.pages, first.original_name) == ("slides", True, 1, "salindia.pdf")
        assert first.blob.uploaded_by == submission.submitter and first.blob.content.read().startswith(b"%PDF")
        assert upload(client, submission, kind="poster", is_public="") == 302
        assert upload(client, submission, slides(name="baru.pdf")) == 302
        assert Material.objects.count() == 2
        material = Material.objects.get(kind="slides")
        assert material.original_name == "baru.pdf"
        change = path_of(submission, f"materi/{material.pk}/")
        for value in ("0", "1", "1", "0"):
            assert client.post(change, {"is_public": value}).status_code == 302
            material.refresh_from_db()
            assert material.is_public == (value == "1")
        assert client.post(change, {"remove": "1"}).status_code == 302
        assert client.post(change, {"remove": "1"}).status_code == 404
        assert [material.kind for material in Material.objects.all()] == ["poster"]
        actions_logged = set(LogEntry.objects.filter(action__startswith="material.").values_list("action", flat=True))
        assert actions_logged == {"material.added", "material.shown", "material.removed"}

    def test_of_another_submission_nothing_can_be_changed(self, client: Client, submission: Submission) -> None:
        other = make_material(accepted(submission.edition))
        client.force_login(submission.submitter)
        assert client.post(path_of(submission, f"materi/{other.pk}/"), {"remove": "1"}).status_code == 404
        assert Material.objects.filter(pk=other.pk).exists()

    @pytest.mark.parametrize(
        ("content", "name", "told"),
        [
            (b"", "kosong.pdf", "kosong"),
            (b"<html><script>alert(1)</script>", "salindia.pdf", "HTML"),
            (b"MZ" + b"\x00" * 500, "salindia.pdf", "Program"),
            (b"%PDF-1.4 rusak", "salindia.pdf", "rusak"),
            (b"PK\x03\x04" + b"\x00" * 40, "salindia.pptx", ""),
            (b"teks", "salindia.txt", "PDF"),
        ],
    )
    def test_what_is_no_pdf_is_refused_and_nothing_is_stored(
        self, client: Client, submission: Submission, content: bytes, name: str, told: str
    ) -> None:
        client.force_login(submission.submitter)
        before = Blob.objects.count()
        data = {"kind": "slides", "file": SimpleUploadedFile(name, content)}
        response = client.post(path_of(submission), data)
        assert response.status_code == 422 and 'role="alert"' in response.content.decode()
        assert not Material.objects.exists() and Blob.objects.count() == before

    def test_scripts_and_data_in_a_pdf_are_left_behind(self, client: Client, submission: Submission) -> None:
        client.force_login(submission.submitter)
        assert upload(client, submission, slides(pdf(token=TOKEN))) == 302
        content = everything_in(Material.objects.get().blob.content.read())
        assert TOKEN.encode() not in content and b"JavaScript" not in content

    def test_bad_input(self, client: Client, submission: Submission) -> None:
        client.force_login(submission.submitter)
        assert client.post(path_of(submission), {"kind": "slides"}).status_code == 422
        assert client.post(path_of(submission), {"kind": "film", "file": slides()}).status_code == 404
        assert client.get(path_of(submission, "materi/1/")).status_code == 405


class TestReading:
    def test_public_or_not(self, client: Client, submission: Submission) -> None:
        material = make_material(submission)
        response = client.get(file_of(material))
        assert response.status_code == 200 and response["Content-Type"] == "application/pdf"
        assert "sandbox" in response["Content-Security-Policy"] and "salindia.pdf" in response["Content-Disposition"]
        b"".join(response)
        Material.objects.update(is_public=False)
        assert client.get(file_of(material)).status_code == 404
        for user, status in (
            (make_user(), 404),
            (submission.submitter, 200),
            (author_by("penulis.kedua@contoh.id", verified=True), 200),
            (committee(submission.edition, CommitteeRole.CHAIR), 200),
        ):
            client.force_login(user)
            response = client.get(file_of(material))
            assert response.status_code == status
            if status == 200:
                assert response["Cache-Control"] == "private, no-store"
                b"".join(response)

    def test_on_the_page_of_the_output(self, client: Client, submission: Submission) -> None:
        output = make_output()
        Paper.objects.create(edition=submission.edition, submission=submission, output=output, position=1)
        path = f"/publikasi/{output.public_id}/"
        material = make_material(submission)
        shown = f"/jadwal/materi/{material.pk}.pdf"
        assert shown in client.get(path).content.decode()
        for changes in ({"is_public": False}, {"is_public": True}):
            Material.objects.update(**changes)
            assert (shown in client.get(path).content.decode()) == changes["is_public"]
        Edition.objects.filter(pk=submission.edition_id).update(state=EditionState.DRAFT)
        assert shown not in client.get(path).content.decode()
