"""The curators' desk, through its pages."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from publications.actions import drafts
from publications.models import Comment, Output, Version
from publications.queries.curation import is_late, working_days
from publications.states import OutputState, VersionState
from tests.factories.publications import make_blob, make_submitted
from tests.publications.conftest import complete_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, curator: User) -> Client:
    client.force_login(curator)
    return client


def post(client: Client, name: str, version: Version, **data: str) -> Any:
    """As from the page as it is now, unless `seen` says otherwise."""
    data = {"seen": Version.objects.get(pk=version.pk).content_mark(), **data}
    return client.post(reverse(f"publications:{name}", args=[version.pk]), data)


def test_the_queue_shows_who_waits(desk: Client, submitted: Version) -> None:
    page = desk.get(reverse("publications:queue")).content.decode()
    assert submitted.title_id in page
    assert "Siti Rahmawati" in page


def test_the_empty_queue_says_what_comes_next(desk: Client) -> None:
    assert desk.get(reverse("publications:queue")).status_code == 200


def test_the_queue_costs_the_same_for_one_and_for_four(
    desk: Client, submitted: Version, owner: User, vocabularies: None
) -> None:
    url = reverse("publications:queue")
    desk.get(url)
    with CaptureQueriesContext(
        connection,
    ) as one:
        desk.get(url)
    for number in range(3):
        version = drafts.save_draft(drafts.start_draft(owner), complete_data(title_id=f"Judul {number}"), by=owner)
        drafts.submit(version, by=owner)
    with CaptureQueriesContext(connection) as four:
        desk.get(url)
    assert len(one) == len(four)


def test_taking_in_hand_and_giving_free(desk: Client, submitted: Version, curator: User) -> None:
    post(desk, "claim", submitted)
    submitted.refresh_from_db()
    assert submitted.claimed_by == curator
    post(desk, "release", submitted)
    submitted.refresh_from_db()
    assert submitted.claimed_by is None


def test_a_comment_on_a_field_stands_beside_it(desk: Client, submitted: Version) -> None:
    post(desk, "curation_comment", submitted, **{"comment-text": "Terlalu pendek", "comment-field": "abstract_id"})
    assert Comment.objects.get().field == "abstract_id"
    assert "Terlalu pendek" in desk.get(reverse("publications:curate", args=[submitted.pk])).content.decode()


def test_nobody_without_a_name_is_shown_by_address(
    desk: Client, submitted: Version, curator: User, owner: User
) -> None:
    User.objects.filter(pk__in=[curator.pk, owner.pk]).update(name="")
    post(desk, "claim", submitted)
    post(desk, "curation_comment", submitted, **{"comment-text": "Terlalu pendek", "comment-field": "abstract_id"})
    for address in ("queue", "everything", "curate"):
        page = desk.get(reverse(f"publications:{address}", args=[submitted.pk] if address == "curate" else []))
        assert owner.email not in page.content.decode()
        assert f"#{curator.pk}" in page.content.decode() or address == "everything"
    desk.force_login(owner)
    status = desk.get(reverse("publications:deposit_status", args=[submitted.pk])).content.decode()
    assert "Terlalu pendek" in status and curator.email not in status


def test_an_empty_reason_keeps_the_page_and_changes_nothing(desk: Client, submitted: Version) -> None:
    response = post(desk, "return", submitted, **{"return-reason": "  "})
    assert response.status_code == 422
    submitted.refresh_from_db()
    assert submitted.state == VersionState.SUBMITTED


def test_returning_and_publishing(desk: Client, submitted: Version, owner: User) -> None:
    post(desk, "return", submitted, **{"return-reason": "Tambahkan metode."})
    submitted.refresh_from_db()
    assert submitted.state == VersionState.RETURNED
    drafts.submit(submitted, by=owner)
    post(desk, "approve", submitted)
    assert Output.objects.public().get().current == submitted


def test_deciding_too_late_says_so(desk: Client, published: Output) -> None:
    response = desk.post(reverse("publications:approve", args=[published.current_id]), follow=True)
    assert response.status_code == 200
    assert any(message.level_tag == "error" for message in response.context["messages"])


def test_nothing_is_decided_unread(desk: Client, submitted: Version, owner: User) -> None:
    """Between opening the page and deciding, another curator returned it and its author sent other words."""
    old = desk.get(reverse("publications:curate", args=[submitted.pk])).context["mark"]
    post(desk, "return", submitted, **{"return-reason": "Perbaiki judulnya."})
    drafts.save_draft(submitted, {"title_id": "Judul yang belum dibaca"}, by=owner)
    drafts.submit(submitted, by=owner)
    for name, data in (("approve", {}), ("return", {"return-reason": "Alasan saya yang panjang"})):
        for seen in (old, ""):
            response = post(desk, name, submitted, seen=seen, **data)
            assert response.status_code == 409
            assert "Judul yang belum dibaca" in response.content.decode()
            assert data.get("return-reason", "") in response.content.decode()
    submitted.refresh_from_db()
    assert submitted.state == VersionState.SUBMITTED
    assert post(desk, "approve", submitted, seen=response.context["mark"]).status_code == 302
    assert Output.objects.public().get().current == submitted


def test_another_file_is_another_paper(desk: Client, vocabularies: None) -> None:
    submitted = make_submitted()
    seen = submitted.content_mark()
    submitted.files.update(blob=make_blob(b"%PDF-1.7 another"))
    assert post(desk, "approve", submitted, seen=seen).status_code == 409


def test_a_doubled_withdrawal_withdraws_once(desk: Client, published: Output) -> None:
    version = published.current
    assert version is not None
    for _click in range(2):
        post(desk, "withdraw", version, **{"withdraw-reason": "Data keliru", "to": "withdrawn"})
    published.refresh_from_db()
    assert published.state == OutputState.WITHDRAWN


def test_withdrawing_and_bringing_back(desk: Client, published: Output) -> None:
    version = published.current
    assert version is not None
    post(desk, "withdraw", version, **{"withdraw-reason": "Data keliru"})
    published.refresh_from_db()
    assert published.state == OutputState.WITHDRAWN
    assert desk.get(reverse("publications:curate", args=[version.pk])).status_code == 200
    post(desk, "withdraw", version, **{"withdraw-reason": "Ternyata benar", "to": "published"})
    published.refresh_from_db()
    assert published.state == OutputState.PUBLISHED


def test_correcting_the_description(desk: Client, published: Output) -> None:
    version = published.current
    assert version is not None
    url = reverse("publications:correct", args=[version.pk])
    form = desk.get(url).context["form"]
    data = {
        name: value if isinstance(value, str) else getattr(value, "pk", value) or ""
        for name, value in form.initial.items()
        if name not in ("provinces", "methods", "other_pmks")
    }
    data |= {"title_id": "Judul yang benar", "note": "Salah ketik"}
    refused = desk.post(url, data | {"seen": "older"})
    assert refused.status_code == 409
    assert "Judul yang benar" in refused.content.decode(), "what was typed stands there still"
    seen = refused.context["mark"]
    assert desk.post(url, data | {"seen": seen}).status_code == 302
    assert desk.post(url, data | {"seen": seen, "title_id": "Judul lain"}).status_code == 409, "it was corrected since"
    version.refresh_from_db()
    assert version.title_id == "Judul yang benar"


def test_the_log_is_shown(desk: Client, submitted: Version, owner: User) -> None:
    page = desk.get(reverse("publications:curate", args=[submitted.pk])).content.decode()
    assert "title_id" in page
    assert str(owner) in page


def test_the_list_of_everything_finds_by_title_and_state(desk: Client, published: Output, draft: Version) -> None:
    url = reverse("publications:everything")
    assert published.current.title_id in desk.get(url, {"q": "lanjut terlantar"}).content.decode()
    assert published.current.title_id not in desk.get(url, {"q": "lanjut", "status": "withdrawn"}).content.decode()
    assert desk.get(url, {"q": "\x00%_", "status": "x", "page": "abc"}).status_code == 200


ADDRESSES = ["queue", "everything", "curate", "claim", "release", "curation_comment", "return", "approve", "withdraw"]


@pytest.mark.parametrize("name", ADDRESSES)
def test_only_curators_come_in(name: str, client: Client, submitted: Version, owner: User, stranger: User) -> None:
    args = [] if name in ("queue", "everything") else [submitted.pk]
    url = reverse(f"publications:{name}", args=args)
    assert client.post(url).status_code == 302
    for user in (owner, stranger):
        client.force_login(user)
        assert client.get(url).status_code == 403
        assert client.post(url).status_code == 403


def test_unknown_papers_are_not_found(desk: Client) -> None:
    assert desk.get(reverse("publications:curate", args=[999999])).status_code == 404


def test_files_of_drafts_are_for_those_who_work_on_them(client: Client, draft: Version, stranger: User) -> None:
    url = reverse("publications:draft_file", args=[draft.pk, "x.pdf"])
    assert client.get(url).status_code == 302
    client.force_login(stranger)
    assert client.get(url).status_code == 404


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [("2026-11-20", "2026-11-23", 1), ("2026-11-23", "2026-11-27", 4), ("2026-11-21", "2026-11-22", 0)],
)
def test_working_days_leave_weekends_out(start: str, end: str, days: int) -> None:
    zone = datetime.timezone(datetime.timedelta(hours=7))
    moments = [datetime.datetime.fromisoformat(day).replace(hour=12, tzinfo=zone) for day in (start, end)]
    assert working_days(*moments) == days


def test_a_paper_is_late_after_five_working_days(submitted: Version) -> None:
    assert submitted.submitted_at
    assert not is_late(submitted, submitted.submitted_at + datetime.timedelta(days=4))
    assert is_late(submitted, submitted.submitted_at + datetime.timedelta(days=11))
