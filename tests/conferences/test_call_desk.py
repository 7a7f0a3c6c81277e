"""The call and the submissions at the desk: every role, questions, themes, templates, late links, lists, exports."""

import datetime
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from accounts.models import LogEntry, User
from conferences.actions import calls
from conferences.actions import submissions as actions
from conferences.models import (
    Answer,
    CallQuestion,
    CallTemplate,
    CallTheme,
    CommitteeRole,
    Conflict,
    Edition,
    LateLink,
    Submission,
)
from conferences.states import EditionState, SubmissionState
from tests.factories.accounts import make_user
from tests.factories.asking import make_question
from tests.factories.conferences import committee, make_edition, make_file, make_submission, make_track

pytestmark = pytest.mark.django_db
ORGANISERS = {"chair", "secretary"}
MAY_LIST = ORGANISERS | {"programme_chair", "track_chair", "editor"}
OF_CALL = ["desk_call", "desk_questions", "desk_templates", "desk_themes", "desk_late_links"]
LISTS = ["desk_submissions", "desk_submissions_csv", "desk_submissions_xlsx"]


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(name: str, edition: Edition, *more: Any) -> str:
    return reverse(f"conferences:{name}", args=[edition.slug, *more])


def base_of(client: Client, address: str) -> dict[str, str]:
    """What a form sends along of what it began with."""
    shown = client.get(address).context
    return {"base": shown["base"] if "base" in shown else shown["forms"][0][2]}


@pytest.fixture
def edition() -> Edition:
    return make_edition()


@pytest.fixture
def desk(edition: Edition) -> Client:
    return signed_in(committee(edition, "secretary"))


@pytest.mark.parametrize("role", [*CommitteeRole, "", "administrator"])
def test_every_page_for_every_role(role: str, edition: Edition) -> None:
    make_track(edition)
    if role in CommitteeRole.values:
        user = committee(edition, role)
    else:
        user = make_user(role=role or "researcher", is_superuser=role == "administrator")
    client, everything = signed_in(user), role == "administrator"
    for name in OF_CALL:
        assert client.get(url(name, edition)).status_code == (200 if role in ORGANISERS or everything else 403), name
    for name in LISTS:
        assert client.get(url(name, edition)).status_code == (200 if role in MAY_LIST or everything else 403), name


def test_strangers_sign_in_first(edition: Edition) -> None:
    for name in (*OF_CALL, *LISTS):
        assert Client().get(url(name, edition)).status_code == 302


def test_an_archived_edition_is_read_and_not_changed(edition: Edition) -> None:
    Edition.objects.filter(pk=edition.pk).update(state=EditionState.ARCHIVED)
    client = signed_in(committee(edition, "secretary"))
    assert client.get(url("desk_submissions", edition)).status_code == 200
    assert client.get(url("desk_call", edition)).status_code == 403


def test_what_a_track_asks_for(edition: Edition, desk: Client) -> None:
    track = make_track(edition)
    prefix = f"t{track.pk}"
    data = {
        "track": track.pk, f"{prefix}-wants": "paper", f"{prefix}-words_min": 100, f"{prefix}-words_max": 200,
        f"{prefix}-pages_max": 8,
    }  # fmt: skip
    assert desk.post(url("desk_call", edition), data | base_of(desk, url("desk_call", edition))).status_code == 302
    track.refresh_from_db()
    assert (track.wants, track.is_open, track.words_max, track.pages_max) == ("paper", False, 200, 8)
    assert desk.post(url("desk_call", edition), {**data, f"{prefix}-words_min": 500}).status_code == 422
    assert desk.post(url("desk_call", edition), {**data, f"{prefix}-pages_max": "x"}).status_code == 422
    assert LogEntry.objects.filter(action="call.track_edited").count() == 1


def question(**changes: Any) -> dict[str, Any]:
    return {"label_id": "Soal?", "kind": "one", "options": "Ya | Yes\nTidak", "is_required": "on", **changes}


def test_questions_are_added_moved_edited_deleted(edition: Edition, desk: Client) -> None:
    address = url("desk_questions", edition)
    assert desk.post(address, question()).status_code == 302
    assert desk.post(address, question(label_id="Kedua?", kind="text", words_max=50)).status_code == 302
    assert desk.post(address, question(options="Ya")).status_code == 422
    assert desk.post(address, question(label_id="")).status_code == 422
    first, second = edition.questions.all()
    assert first.options == [{"id": "Ya", "en": "Yes"}, {"id": "Tidak", "en": ""}]
    assert (second.options, second.words_max) == ([], 50)
    desk.post(url("desk_question_change", edition, second.pk), {"up": "1"})
    assert [q.label_id for q in edition.questions.all()] == ["Kedua?", "Soal?"]
    page = url("desk_question", edition, first.pk)
    desk.post(page, question(label_id="Soal baru?") | base_of(desk, page))
    assert CallQuestion.objects.get(pk=first.pk).label_id == "Soal baru?"
    desk.post(url("desk_question_change", edition, first.pk), {"delete": "1"})
    assert edition.questions.count() == 1


def test_an_answered_question_keeps_its_meaning(edition: Edition, desk: Client) -> None:
    asked = calls.add_question(
        edition, {"label_id": "Soal?", "kind": "one", "options": [{"id": "a"}, {"id": "b"}]},
        by=committee(edition, "chair"),
    )  # fmt: skip
    Answer.objects.create(submission=make_submission(make_track(edition)), question=asked, value=1)
    page = url("desk_question", edition, asked.pk)
    base = base_of(desk, page)
    assert desk.post(page, question(kind="text") | base).status_code == 422
    assert desk.post(page, question(options="a\nb\nc") | base).status_code == 302
    desk.post(url("desk_question_change", edition, asked.pk), {"delete": "1"})
    assert CallQuestion.objects.count() == 1


def test_second_windows_show_both_texts_and_overwrite_nothing(edition: Edition, desk: Client) -> None:
    by = committee(edition, "chair")
    track = make_track(edition)
    asked = calls.add_question(edition, {"label_id": "Soal?", "kind": "line", "options": []}, by=by)
    theme = calls.add_theme(edition, {"text_id": "Tema"}, by=by)
    p = f"t{track.pk}"
    numbers = {"track": track.pk, f"{p}-wants": "both", f"{p}-words_min": 1, f"{p}-words_max": 200}
    windows: list[tuple[str, dict[str, Any], dict[str, Any], str]] = [
        ("desk_call", numbers | {f"{p}-pages_max": 8}, numbers | {f"{p}-pages_max": 9}, "9"),
        ("desk_question", question(label_id="Satu?"), question(label_id="Dua?"), "Dua?"),
        ("desk_theme", {"text_id": "Satu"}, {"text_id": "Dua"}, "Dua"),
    ]
    pages = {"desk_question": [asked.pk], "desk_theme": [theme.pk]}
    for name, first, second, typed in windows:
        page = url(name, edition, *pages.get(name, []))
        base = base_of(desk, page)
        assert desk.post(page, first | base).status_code == 302
        wrong = desk.post(page, {**second, **base, "text_id": "", "label_id": "", f"{p}-words_max": "x"})
        assert wrong.status_code == 422 and f'value="{base["base"]}"' in wrong.content.decode()
        answer = desk.post(page, second | base)
        assert answer.status_code == 409 and f'value="{typed}"' in answer.content.decode()
        shown = answer.context
        differing = shown["differences"] if name != "desk_call" else shown["forms"][0][3]
        assert typed in [one.mine for one in differing]
        fresh = shown["base"] if name != "desk_call" else shown["forms"][0][2]
        assert desk.post(page, second | {"base": fresh}).status_code == 302
    track.refresh_from_db()
    assert (track.pages_max, CallTheme.objects.get().text_id) == (9, "Dua")
    assert CallQuestion.objects.get().label_id == "Dua?"


def test_templates_are_stored_under_plain_names(edition: Edition, desk: Client) -> None:
    address = url("desk_templates", edition)

    def send(content: bytes = b"isi", name: str = "Templat Siti (akhir).txt") -> Any:
        return desk.post(address, {"label_id": "Templat", "file": SimpleUploadedFile(name, content)})

    assert send().status_code == 302 and send().status_code == 302
    assert sorted(CallTemplate.objects.values_list("name", flat=True)) == [
        "templat-siti-akhir-2.txt", "templat-siti-akhir.txt"
    ]  # fmt: skip
    assert send(b"MZ" + b"\0" * 80, "a.exe").status_code == 422
    assert desk.post(address, {"label_id": "Tanpa berkas"}).status_code == 422
    desk.post(url("desk_template_delete", edition, CallTemplate.objects.first().pk))  # type: ignore[union-attr]
    assert CallTemplate.objects.count() == 1


def test_themes_are_taken_over_from_open_questions_and_edited(edition: Edition, desk: Client) -> None:
    asked = make_question(pmks="PMKS-08")
    address = url("desk_themes", edition)
    key = f"{asked.pmks_id}-"
    assert f'value="{key}"' in desk.get(address).content.decode()
    desk.post(url("desk_theme_take", edition), {"theme": key})
    theme = CallTheme.objects.get()
    assert theme.pmks == asked.pmks and asked.text_id in theme.text_id
    assert theme.reasons[0]["text_id"].startswith("1 pertanyaan tanpa jawaban")
    assert theme.reasons[0]["text_en"].startswith("1 question without an answer")
    assert theme.reasons[0]["text_en"] in desk.get(f"/en{address}").content.decode()
    assert f'value="{key}"' not in desk.get(address).content.decode()
    desk.post(url("desk_theme_take", edition), {"theme": key})
    assert CallTheme.objects.count() == 1
    page = url("desk_theme", edition, theme.pk)
    desk.post(page, {"text_id": "Rumusan baru", "text_en": "New wording"} | base_of(desk, page))
    assert CallTheme.objects.get().text_en == "New wording"
    desk.post(address, {"text_id": "Ditulis sendiri"})
    own = CallTheme.objects.get(text_id="Ditulis sendiri")
    desk.post(url("desk_theme_change", edition, own.pk), {"up": "1"})
    assert [t.pk for t in edition.themes.all()] == [own.pk, theme.pk]
    desk.post(url("desk_theme_change", edition, own.pk), {"delete": "1"})
    assert CallTheme.objects.count() == 1


def test_a_late_link_is_shown_once_and_revoked(edition: Edition, desk: Client) -> None:
    address = url("desk_late_links", edition)
    until = (timezone.now() + datetime.timedelta(days=2)).astimezone(edition.tz)
    page = desk.post(address, {"note": "Bu Siti", "expires_at": until.strftime("%Y-%m-%dT%H:%M")}).content.decode()
    link = LateLink.objects.get()
    token = page.split(f"/konferensi/{edition.slug}/susulan/")[1].split("/")[0]
    assert calls.token_hash(token) == link.token_sha256
    assert link.expires_at == until.replace(second=0, microsecond=0)
    assert token not in desk.get(address).content.decode()
    assert token not in str(list(LogEntry.objects.values_list("changes", "target")))
    desk.post(url("desk_late_link_revoke", edition, link.pk))
    link.refresh_from_db()
    assert link.revoked_at is not None
    assert set(LogEntry.objects.filter(action__startswith="late").values_list("action", flat=True)) == {
        "late_link.made", "late_link.revoked"
    }  # fmt: skip


@pytest.mark.parametrize("until", ["2020-01-01T00:00", "2999-01-01T00:00", "besok", ""])
def test_a_late_link_needs_a_moment_soon(until: str, edition: Edition, desk: Client) -> None:
    assert desk.post(url("desk_late_links", edition), {"note": "x", "expires_at": until}).status_code == 422
    assert not LateLink.objects.exists()


# --- submissions -----------------------------------------------------------------------------------------------------


def test_the_list_costs_the_same_however_long(edition: Edition, desk: Client) -> None:
    track = make_track(edition)
    counts = []
    for number in (2, 12):
        for _ in range(number):
            make_submission(track)
        with CaptureQueriesContext(connection) as queries:
            desk.get(url("desk_submissions", edition))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_list_is_narrowed_by_track_state_theme_and_words(edition: Edition, desk: Client) -> None:
    first, second = make_track(edition), make_track(edition)
    theme = CallTheme.objects.create(edition=edition, text_id="Tema")
    make_submission(first, title_id="Judul satu", theme=theme)
    make_submission(second, SubmissionState.WITHDRAWN, title_id="Judul dua")
    make_submission(second, SubmissionState.DRAFT, title_id="Judul draf")
    make_submission(second, title_id="Judul empat", authors=[{"family_name": "Langkakata"}])
    address = url("desk_submissions", edition)

    def shown(**query: Any) -> set[str]:
        page = desk.get(address, query).content.decode()
        return {word for word in ("satu", "dua", "draf", "empat") if f"Judul {word}" in page}

    assert shown() == {"satu", "dua", "empat"}
    assert shown(jalur=first.pk) == {"satu"}
    assert shown(status="withdrawn") == {"dua"}
    assert shown(tema=theme.pk) == {"satu"}
    assert shown(cari="langkakata") == {"empat"}
    assert shown(cari="#1") == {"satu"}
    assert shown(jalur="x", status="draft", tema="'", cari=" ") == {"satu", "dua", "empat"}


def test_exports_name_authors_and_hold_no_formula(edition: Edition, desk: Client) -> None:
    make_submission(make_track(edition), title_id="=SUM(A1)")
    text = b"".join(desk.get(url("desk_submissions_csv", edition)).streaming_content).decode()  # type: ignore[attr-defined]
    assert "Siti Rahmawati; Sukarno" in text and "'=SUM(A1)" in text
    book = load_workbook(io.BytesIO(desk.get(url("desk_submissions_xlsx", edition)).content))
    rows: Any = list(book.active.values)  # type: ignore[union-attr]
    assert rows[1][0] == 1 and rows[1][4] == "'=SUM(A1)"


@pytest.mark.parametrize("role", CommitteeRole)
def test_one_submission_for_every_role(role: str, edition: Edition) -> None:
    submission = make_submission(make_track(edition), note="Catatan bagi panitia")
    actions.save(
        submission,
        {"authors": [{"family_name": "Lain", "is_presenter": True}], "note": "Baru"},
        by=submission.submitter,
    )
    file = make_file(submission)
    client, allowed = signed_in(committee(edition, role)), role in MAY_LIST
    assert client.get(url("desk_submission", edition, submission.pk)).status_code == (200 if allowed else 403)
    assert client.get(url("desk_submission_file", edition, submission.pk, file.pk)).status_code == (
        200 if allowed else 403
    )


def test_a_draft_is_no_business_of_the_desk(edition: Edition, desk: Client) -> None:
    draft = make_submission(make_track(edition), SubmissionState.DRAFT)
    assert desk.get(url("desk_submission", edition, draft.pk)).status_code == 404
    other = make_submission(make_track(make_edition()))
    assert desk.get(url("desk_submission", edition, other.pk)).status_code == 404


def test_who_is_in_conflict_sees_what_stands_in_the_list(edition: Edition) -> None:
    submission = make_submission(make_track(edition), note="Catatan bagi panitia")
    file = make_file(submission)
    chair = committee(edition, "chair")
    Conflict.objects.create(submission=submission, email=chair.email, kind="named", note="Bersengketa")
    client = signed_in(chair)
    page = client.get(url("desk_submission", edition, submission.pk)).content.decode()
    assert "Catatan bagi panitia" not in page and "Bersengketa" not in page and "naskah.pdf" not in page
    assert client.get(url("desk_submission_file", edition, submission.pk, file.pk)).status_code == 404


def test_personal_data_are_copied_and_drafts_go_with_the_account(edition: Edition) -> None:
    from accounts.signals import account_deleted, personal_data_wanted

    track = make_track(edition)
    sent = make_submission(track, title_id="Sudah dikirim", note="rahasia")
    make_submission(track, SubmissionState.DRAFT, by=sent.submitter)
    copies = dict(answer for _receiver, answer in personal_data_wanted.send(sender=User, user=sent.submitter))
    assert "Sudah dikirim" in str(copies["conference_submissions"])
    account_deleted.send(sender=User, user=sent.submitter)
    (left,) = Submission.objects.all()
    assert left.pk == sent.pk and left.note == ""


def test_what_was_taken_over_in_one_language_stays_readable(edition: Edition, desk: Client) -> None:
    old = [{"why": "empty_cell", "number": 1, "text": "Sel kosong di peta bukti"}]
    CallTheme.objects.create(edition=edition, text_id="Lama", reasons=old)
    for address in (url("desk_themes", edition), f"/en{url('desk_themes', edition)}"):
        assert "Sel kosong di peta bukti" in desk.get(address).content.decode()
