"""Certificates: for what is recorded, once, numbered, checked by everybody, revoked, told of; their PDFs."""

import io
import time
import zipfile
from typing import Any

import pikepdf
import pypdfium2
import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import LogEntry
from accounts.signals import account_deleted
from conferences.actions import certificate_files, certificates, check_ins
from conferences.actions.common import ChangedMeanwhile, ReasonMissing
from conferences.certifying.earned import earned
from conferences.certifying.links import download_url
from conferences.models import Certificate, CertificateKind, CertificateRun, CommitteeMember, Edition
from conferences.queries.certificates import overview
from publications.models import Blob
from publications.states import IllegalTransition
from publications.typesetting import NotTypeset
from tests.factories.accounts import make_user
from tests.factories.conferences import committee, make_submission, make_track
from tests.factories.desk import chair_of, sent_mails
from tests.factories.reviewing import make_assignment
from tests.factories.the_day import (
    chaired_by,
    check_in,
    edition_today,
    make_participant,
    make_participants,
    make_session,
    place,
    publish,
    tell,
)

pytestmark = pytest.mark.django_db
K = CertificateKind
ALL = set(CertificateKind.values)


def one_valid(edition: Edition | None = None, **fields: Any) -> Certificate:
    edition = edition or edition_today()
    check_in(make_participant(edition, **fields))
    (made,) = certificates.issue(edition, {K.PARTICIPANT}, [], by=chair_of(edition))
    return made


def make_files(edition: Edition) -> None:
    run = edition.certificate_runs.get(finished_at=None)
    certificate_files.run_stored(run.pk)


def names(edition: Edition, kind: str) -> list[tuple[str, bool]]:
    return [(one.name, one.is_recorded) for one in earned(edition, kind)]


def test_participants_are_those_who_were_seen() -> None:
    edition = edition_today()
    here, mistaken, _absent, declined = make_participants(edition, 4)
    session = make_session(edition)
    for row in (here, mistaken, declined):
        check_in(row)
    check_in(here, session)
    check_ins.undo(check_in(mistaken, session), by=chair_of(edition))
    check_ins.undo(mistaken.check_ins.get(session=None), by=chair_of(edition))
    declined.state = "cancelled"
    declined.save()
    check_in(make_participant(edition_today()))
    assert names(edition, K.PARTICIPANT) == [(here.name, True)]


def test_presenters_stand_in_the_published_programme_and_were_seen() -> None:
    edition = edition_today()
    track = make_track(edition)
    authors = (
        {"family_name": "Hadir", "email": "Hadir@contoh.id", "is_presenter": True},
        {"family_name": "Absen", "email": "absen@contoh.id", "is_presenter": True},
        {"family_name": "Penulis", "email": "penulis@contoh.id"},
    )
    given = make_submission(track, "accepted", authors=authors)
    session, later = make_session(edition), make_session(edition, hours_ago=1)
    place(session, given)
    place(later, make_submission(track, "accepted", authors=authors))
    place(session, make_submission(track, "withdrawn", authors=authors))
    make_submission(track, "accepted", authors=authors)
    check_in(make_participant(edition, email="hadir@contoh.id"))
    assert names(edition, K.PRESENTER) == []  # nothing is published
    publish(edition)
    assert names(edition, K.PRESENTER) == [("Hadir", True), ("Absen", False)]
    by = chair_of(edition)
    (made,) = certificates.issue(edition, {K.PRESENTER}, [], by=by)
    assert (made.name, made.basis["by_committee"]) == ("Hadir", False) and given.title_id in made.basis["id"]["detail"]
    absent = earned(edition, K.PRESENTER)[1].subject
    (other,) = certificates.issue(edition, {K.PRESENTER}, [absent, "submission:1:x"], by=by)
    assert (other.name, other.basis["by_committee"]) == ("Absen", True)
    given.authors.all().delete()
    assert certificates.issue(edition, ALL - {K.COMMITTEE, K.PARTICIPANT}, [absent], by=by) == []


def test_reviewers_who_handed_over_and_of_what_is_not_said() -> None:
    edition = edition_today()
    submission = make_submission(make_track(edition), title_id="Rahasia telaah")
    done = make_assignment(submission, "reviewed")
    make_assignment(submission, "accepted")
    make_assignment(submission, "cancelled")
    assert names(edition, K.REVIEWER) == [(done.reviewer.name, True)]
    (made,) = certificates.issue(edition, {K.REVIEWER}, [], by=chair_of(edition))
    assert "Rahasia" not in str(made.basis) and made.subject == f"reviewer:{done.reviewer_id}"
    assert done.reviewer.user is not None and made.user == done.reviewer.user


def test_committee_and_chairs() -> None:
    edition = edition_today()
    by, editor = chair_of(edition), committee(edition, "editor")
    committee(edition, "secretary", user=editor)
    CommitteeMember.objects.create(edition=edition, role="member", name="Tak Tampak", is_listed=False)
    CommitteeMember.objects.create(edition=edition, role="member", name="Diundang", invited_email="a@contoh.id")
    session, later = make_session(edition), make_session(edition, hours_ago=1)
    chaired_by(session, "Dr. Pandu")
    chaired_by(later, "Dr. Nanti")
    publish(edition)
    chaired_by(session, "Dr. Susulan")  # not in what was published
    made = certificates.issue(edition, {K.COMMITTEE, K.CHAIR}, [], by=by)
    assert sorted(one.name for one in made) == sorted([by.name, editor.name, "Dr. Pandu"])
    both = next(one for one in made if one.name == editor.name)
    assert both.basis["en"]["detail"] == "Editor of the proceedings, Secretary"
    assert next(one for one in made if one.kind == K.CHAIR).number.startswith("001/MODERATOR/KNPKS/")


def test_issued_again_only_what_is_missing() -> None:
    edition = edition_today()
    by, (one, other) = chair_of(edition), make_participants(edition, 2)
    check_in(one)
    first = certificates.issue(edition, {K.PARTICIPANT}, [], by=by)
    assert certificates.issue(edition, ALL - {K.COMMITTEE}, [], by=by) == []
    check_in(other)
    second = certificates.issue(edition, {K.PARTICIPANT}, [], by=by)
    year = edition.starts_on.year
    assert [row.number for row in first + second] == [f"00{n}/PESERTA/KNPKS/{year}" for n in (1, 2)]
    certificates.revoke(first[0], "Salah orang.", by=by)
    assert certificates.issue(edition, {K.PARTICIPANT}, [], by=by) == []
    assert [entry.changes["participant"] for entry in LogEntry.objects.filter(action="certificate.issued")] == [
        [None, 1]
    ] * 2
    assert edition.certificate_runs.count() == 1  # the one that has not begun takes them all


def test_revoking_and_issuing_anew() -> None:
    made = one_valid()
    edition, by = made.edition, chair_of(made.edition)
    with pytest.raises(IllegalTransition):
        certificates.issue_anew(made, by=by)
    with pytest.raises(ReasonMissing):
        certificates.revoke(made, "  ", by=by)
    certificates.revoke(made, "Nama salah.", by=by)
    with pytest.raises(IllegalTransition):
        certificates.revoke(made, "Lagi.", by=by)
    person = edition.registrations.get()
    person.name = "Nama Benar"
    person.save()
    anew = certificates.issue_anew(made, by=by)
    assert anew.name == "Nama Benar" and anew.number.startswith("002/") and anew.token != made.token
    with pytest.raises(IllegalTransition):
        certificates.issue_anew(made, by=by)
    certificates.revoke(anew, "Tidak hadir.", by=by)
    check_ins.undo(person.check_ins.get(), by=by)
    with pytest.raises(IllegalTransition):
        certificates.issue_anew(anew, by=by)
    text = str([entry.changes for entry in LogEntry.objects.filter(action__startswith="certificate.")])
    assert "Nama" not in text


@pytest.mark.parametrize("role", ["registration", "programme_chair", "track_chair", "editor", "member"])
def test_others_may_not(role: str) -> None:
    made = one_valid()
    edition, by = made.edition, committee(made.edition, role)
    for act in (
        lambda: certificates.issue(edition, ALL, [], by=by),
        lambda: certificates.revoke(made, "x", by=by),
        lambda: certificates.issue_anew(made, by=by),
        lambda: certificates.announce(edition, last_seen=made.pk, by=by),
        lambda: certificate_files.start(edition, by=by),
    ):
        with pytest.raises(PermissionDenied):
            act()
    Edition.objects.filter(pk=edition.pk).update(state="archived")
    made.refresh_from_db()
    certificates.revoke(made, "Boleh sesudah diarsipkan.", by=chair_of(edition))


def test_150_certificates_in_under_a_minute(client: Client) -> None:
    edition = edition_today()
    people, by = make_participants(edition, 150), chair_of(edition)
    tell(edition, *people)
    began = time.monotonic()
    made = certificates.issue(edition, {K.PARTICIPANT}, [], by=by)
    make_files(edition)
    seconds = time.monotonic() - began
    assert seconds < 60
    run = CertificateRun.objects.get()
    assert (run.total, run.done, run.failed) == (150, 150, "") and run.finished_at is not None
    client.force_login(by)
    answer = client.get(f"/panitia/{edition.slug}/sertifikat.zip")
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as folder:  # type: ignore[attr-defined]
        assert len(folder.namelist()) == 150
        content = folder.read(folder.namelist()[149])
    one = made[149]
    text = " ".join(page_text(content).split())
    for words in (one.name, one.number, "PESERTA", "Participant", "SERTIFIKAT", "diberikan kepada", one.token):
        assert words in text, words
    assert made[0].name not in text and len(content) < 100_000
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert len(pdf.pages) == 1 and str(pdf.docinfo["/Title"]) == f"{one.number} · {one.name}"


def page_text(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    assert len(document) == 1
    return str(document[0].get_textpage().get_text_bounded())


LONG = (
    "Prof. Dr. Ir. Raden Mas Bambang Priyohadikusumo Sastrowardoyo Kartodirdjo Mangkunegara, S.H., M.Sc., Ph.D., " * 2
)
EVIL = '#panic("x") $ \\ * _ ` <a> @b #[ ] #read("/etc/passwd") = // /*'


@pytest.mark.parametrize("name", [LONG[:200], EVIL, "‎שלום Å ñ 李", "S"])
def test_any_name_fits_its_page(name: str) -> None:
    made = one_valid(name=name)
    basis = made.basis
    for language in ("id", "en"):
        long = {
            "detail": f"makalah “{'Perlindungan sosial ' * 15}” {language}",
            "edition": f"{'Konferensi ' * 18}{language}",
        }
        basis[language] |= long
    Certificate.objects.filter(pk=made.pk).update(basis=basis)
    made.refresh_from_db()
    blob = certificate_files.file_of(made)
    text = page_text(blob.content.read())
    assert made.number in text


def test_what_fails_is_told_and_goes_on(monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    made = one_valid()
    edition, by = made.edition, chair_of(made.edition)

    def fails(*_given: Any) -> Any:
        raise NotTypeset("seconds")

    with monkeypatch.context() as patched:
        patched.setattr(certificate_files, "pdfs_of", fails)
        make_files(edition)
        client.force_login(by)
        assert client.get(f"/panitia/{edition.slug}/sertifikat/{made.pk}.pdf").status_code == 503
    assert CertificateRun.objects.get().failed == "seconds"
    page = client.get(f"/panitia/{edition.slug}/sertifikat/")
    assert "seconds" in page.content.decode()
    client.post(f"/panitia/{edition.slug}/sertifikat/buat/")
    assert "hx-get" in client.get(f"/panitia/{edition.slug}/sertifikat/").content.decode()
    assert "progress" in client.get(f"/panitia/{edition.slug}/sertifikat/kemajuan/").content.decode()
    make_files(edition)
    assert client.get(f"/panitia/{edition.slug}/sertifikat/kemajuan/")["HX-Refresh"] == "true"
    assert certificate_files.start(edition, by=by) is None
    certificate_files.run_stored(CertificateRun.objects.first().pk)  # type: ignore[union-attr]
    assert Blob.objects.filter(certificates=made).count() == 1


def test_everybody_can_check_it(client: Client) -> None:
    made = one_valid(email="rahasia@contoh.id")
    page = client.get(f"/sertifikat/{made.token}/")
    html = page.content.decode()
    assert page.status_code == 200 and page["X-Robots-Tag"] == "noindex" and "no-store" in page["Cache-Control"]
    for words in (made.name, made.number, "Peserta", made.edition.title_id, "Sertifikat ini sah"):
        assert words in html
    assert "rahasia@" not in html
    assert made.edition.title_en in client.get(f"/en/sertifikat/{made.token}/").content.decode()
    certificates.revoke(made, "Alasan rahasia", by=chair_of(made.edition))
    html = client.get(f"/sertifikat/{made.token}/").content.decode()
    assert "tidak berlaku lagi" in html and "Alasan rahasia" not in html
    for wrong in ("x", made.token[:-1], "é", "a" * 60, f"{made.token}a"):
        answer = client.get(f"/sertifikat/{wrong}/")
        assert answer.status_code == 404 and "Sertifikat tidak ditemukan" in answer.content.decode()


def test_ones_own(client: Client) -> None:
    user = make_user("peserta@contoh.id", name="Ani Peserta")
    made = one_valid(user=user, email=user.email)
    other = one_valid(made.edition)
    assert client.get("/akun/sertifikat/").status_code == 302
    client.force_login(user)
    html = client.get("/akun/sertifikat/").content.decode()
    assert made.number in html and other.number not in html and "tanda-pengenal.pdf" in html
    assert client.get(f"/akun/sertifikat/{made.pk}.pdf")["Content-Type"] == "application/pdf"
    assert client.get(f"/akun/sertifikat/{other.pk}.pdf").status_code == 404
    badge = client.get(f"/konferensi/{made.edition.slug}/tanda-pengenal.pdf")
    assert badge["Content-Type"] == "application/pdf" and made.name in " ".join(page_text(badge.content).split())
    client.force_login(make_user("lain@contoh.id"))
    assert client.get(f"/konferensi/{made.edition.slug}/tanda-pengenal.pdf").status_code == 404
    account_deleted.send(sender=type(user), user=user)
    made.refresh_from_db()
    assert made.user is None and not made.email and client.get(f"/sertifikat/{made.token}/").status_code == 200


def test_holders_are_told_once_and_only_by_the_button(client: Client) -> None:
    edition = edition_today()
    by = chair_of(edition)
    first, second = one_valid(edition, email="satu@contoh.id"), one_valid(edition, email="Satu@contoh.id")
    one_valid(edition, email="")
    assert sent_mails() == []
    client.force_login(by)
    page = client.get(f"/panitia/{edition.slug}/sertifikat/")
    assert page.context["addressees"] == {"people": 2, "last": second.pk}
    later = one_valid(edition, email="dua@contoh.id")
    client.post(f"/panitia/{edition.slug}/sertifikat/kabari/", {"last": page.context["addressees"]["last"]})
    (mail,) = sent_mails()
    assert first.number in mail.body and second.number in mail.body and mail.to == ["satu@contoh.id"]
    with pytest.raises(ChangedMeanwhile):
        certificates.announce(edition, last_seen=second.pk, by=by)
    assert certificates.announce(edition, last_seen=later.pk, by=by) == 1
    client.logout()
    link = download_url(first).partition("/sertifikat/")[2]
    assert client.get(f"/sertifikat/{link}")["Content-Type"] == "application/pdf"
    assert client.get(f"/sertifikat/{link.replace(str(first.pk), str(second.pk), 1)}").status_code == 404
    certificates.revoke(first, "Salah.", by=by)
    assert client.get(f"/sertifikat/{link}").status_code == 410


def test_pages_of_the_desk(client: Client) -> None:
    edition = edition_today()
    by, (one,) = chair_of(edition), make_participants(edition, 1)
    check_in(one)
    session = make_session(edition)
    place(session, make_submission(make_track(edition), "accepted"))
    publish(edition)
    client.force_login(by)
    at = f"/panitia/{edition.slug}/sertifikat/"
    page = client.get(at)
    (confirm,) = [row.to_confirm[0] for row in page.context["rows"] if row.to_confirm]
    assert client.get(f"/panitia/{edition.slug}/sertifikat.zip").status_code == 404
    client.post(f"{at}terbitkan/", {"kinds": ["nonsense"]})
    client.post(f"{at}terbitkan/", {})
    assert not Certificate.objects.exists()
    client.post(f"{at}terbitkan/", {"kinds": [K.PARTICIPANT], "confirmed": [confirm.subject]})
    assert set(Certificate.objects.values_list("kind", flat=True)) == {K.PARTICIPANT, K.PRESENTER}
    made = Certificate.objects.get(kind=K.PARTICIPANT)
    for query in ("?q=Peserta 1", "?jenis=participant", "?jenis=x&halaman=99", "?q=%00"):
        assert client.get(at + query).status_code == 200
    assert client.post(f"{at}{made.pk}/cabut/", {"reason": ""}).status_code == 422
    assert client.post(f"{at}{made.pk}/cabut/", {"reason": "x" * 501}).status_code == 422
    for path in ("cabut/", "cabut/", "terbitkan-lagi/", "terbitkan-lagi/"):
        assert client.post(f"{at}{made.pk}/{path}", {"reason": "Salah nama."}).status_code == 302
    assert "Salah nama." in client.get(f"{at}{made.pk}/").content.decode()
    assert client.get(f"{at}{made.pk}.pdf").status_code == 410
    elsewhere = one_valid()
    for path in ("", "cabut/"):
        answer = client.post(f"{at}{elsewhere.pk}/{path}") if path else client.get(f"{at}{elsewhere.pk}/")
        assert answer.status_code == 404


def test_statements_do_not_grow(client: Client) -> None:
    edition, counts = edition_today(), []
    client.force_login(chair_of(edition))
    track = make_track(edition)
    for _round in range(2):
        for _ in range(3):
            session, submission = make_session(edition), make_submission(track, "accepted")
            place(session, submission)
            chaired_by(session, "Dr. Pandu")
            make_assignment(submission, "accepted")
            check_in(make_participant(edition))
        certificates.issue(edition, {K.PARTICIPANT}, [], by=chair_of(edition))
        check_in(make_participant(edition))
        publish(edition)
        with CaptureQueriesContext(connection) as queries:
            assert len(overview(edition)) == 5
        counts.append(len(queries))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/panitia/{edition.slug}/sertifikat/").status_code == 200
        counts.append(len(queries))
    assert counts[:2] == counts[2:]


def test_badges_on_sheets(client: Client) -> None:
    edition = edition_today()
    people = make_participants(edition, 9)
    people[0].category = "press"
    people[0].save()
    client.force_login(committee(edition, "registration"))
    at = f"/panitia/{edition.slug}/tanda-pengenal"
    assert client.get(f"{at}/").status_code == 200
    for query, count, pages in (
        ("", 9, 3),
        ("?nomor=2, 4-6", 4, 1),
        ("?kategori=press", 1, 1),
        (f"?sejak={timezone.localdate()}", 9, 3),
    ):
        document = pypdfium2.PdfDocument(client.get(f"{at}.pdf{query}").content)
        text = " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())
        assert (text.count("Dr. Peserta Contoh"), len(document)) == (count, pages), query
        assert [round(side) for side in document[0].get_size()] == [595, 842]
    for query in (
        "nomor=x",
        "nomor=1-999999",
        "sejak=kemarin",
        "kategori=raja",
        "nomor=99",
        "sejak=2999-01-01",
        "nomor=9-2",
    ):
        assert client.get(f"{at}.pdf?{query}").status_code == 422, query
