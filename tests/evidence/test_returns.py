"""Recommendations and summaries that a curator returns: legal and illegal, by pages, with mails and log."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import LogEntry
from evidence.actions import recommendations, summaries
from evidence.actions.common import ReasonMissing
from evidence.models import PlainSummary, Recommendation
from evidence.queries import desk
from publications.states import IllegalTransition
from tests.evidence.test_curation_pages import send_mails
from tests.factories.accounts import make_user
from tests.factories.evidence import curator, make_finding, make_recommendation, make_summary
from tests.factories.publications import make_output, some_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]
REASON = "Sebutkan siapa yang membiayai."
QUEUE = "/kurasi/temuan/?status=rekomendasi"


def waiting_recommendation() -> Recommendation:
    return make_recommendation(make_finding(), is_checked=False)


def waiting_summary() -> PlainSummary:
    return make_summary(make_output(), is_checked=False)


def returned_summary() -> PlainSummary:
    summary = waiting_summary()
    return summaries.return_to_writer(summary, REASON, by=curator(), seen=summary.edited_at)


class TestRecommendations:
    def test_leaves_the_queue_waits_with_its_writer_and_comes_back_when_edited(self) -> None:
        made = waiting_recommendation()
        assert desk.recommendations_to_check(9) == [made]
        returned = recommendations.return_to_writer(made, REASON, by=curator())
        assert returned.return_reason == REASON and returned.returned_at is not None
        assert desk.recommendations_to_check(9) == [] and desk.others_count() == 0
        sent = send_mails()[-1]
        assert sent.to == [made.edited_by.email]
        assert REASON in sent.body and f"/unggah/rekomendasi/{made.pk}/" in sent.body
        entry = LogEntry.objects.get(action="recommendation.returned")
        assert entry.changes["reason"] == [None, REASON]
        edited = recommendations.edit(made, {"text_id": "Biayai dari APBD."}, by=made.output.owner)
        assert (edited.return_reason, edited.returned_at) == ("", None)
        assert desk.recommendations_to_check(9) == [made]

    def test_saving_it_unchanged_does_not_bring_it_back(self) -> None:
        made = recommendations.return_to_writer(waiting_recommendation(), REASON, by=curator())
        assert recommendations.edit(made, {"text_id": made.text_id}, by=made.output.owner).returned_at is not None

    def test_illegal_orders(self) -> None:
        checked = make_recommendation(make_finding())
        returned = recommendations.return_to_writer(waiting_recommendation(), REASON, by=curator())
        for one in (checked, returned):
            with pytest.raises(IllegalTransition):
                recommendations.return_to_writer(one, REASON, by=curator())
        with pytest.raises(IllegalTransition):
            recommendations.check(returned, by=curator())

    def test_needs_a_reason(self) -> None:
        with pytest.raises(ReasonMissing):
            recommendations.return_to_writer(waiting_recommendation(), "  ", by=curator())

    def test_who_may(self) -> None:
        made = waiting_recommendation()
        for user in (made.output.owner, some_user(), make_user(role="policymaker")):
            with pytest.raises(PermissionDenied):
                recommendations.return_to_writer(made, REASON, by=user)
        own = make_recommendation(make_finding(make_output(curator(3))), is_checked=False)
        with pytest.raises(PermissionDenied):
            recommendations.return_to_writer(own, REASON, by=curator(3))

    def test_what_is_taken_back_goes_to_its_writer_too(self) -> None:
        made = recommendations.take_back(make_recommendation(make_finding()), REASON, by=curator())
        assert made.return_reason == REASON and desk.recommendations_to_check(9) == []
        assert REASON in send_mails()[-1].body


class TestSummaries:
    def test_leaves_the_queue_waits_with_its_writer_and_comes_back_when_edited(self) -> None:
        summary = waiting_summary()
        assert desk.summaries_to_check(9) == [summary]
        returned = summaries.return_to_writer(summary, REASON, by=curator(), seen=summary.edited_at)
        assert desk.summaries_to_check(9) == []
        sent = send_mails()[-1]
        assert sent.to == [summary.edited_by.email]
        assert REASON in sent.body and f"/unggah/{summary.output.current_id}/ringkasan/" in sent.body
        assert LogEntry.objects.get(action="summary.returned").changes["reason"] == [None, REASON]
        edited = summaries.write(summary.output, "Lain sama sekali.", "", by=summary.output.owner)
        assert returned.returned_at is not None and (edited.return_reason, edited.returned_at) == ("", None)
        assert desk.summaries_to_check(9) == [summary]

    def test_illegal_orders(self) -> None:
        for one in (make_summary(make_output()), returned_summary()):
            with pytest.raises(IllegalTransition):
                summaries.return_to_writer(one, REASON, by=curator(), seen=one.edited_at)
        returned = returned_summary()
        with pytest.raises(IllegalTransition):
            summaries.check(returned, by=curator(), seen=returned.edited_at)

    def test_a_text_that_changed_meanwhile_is_not_returned_unread(self) -> None:
        summary = waiting_summary()
        summaries.write(summary.output, "Lain sama sekali.", "", by=summary.output.owner)
        with pytest.raises(IllegalTransition):
            summaries.return_to_writer(summary, REASON, by=curator(), seen=summary.edited_at)

    def test_who_may_and_with_a_reason_only(self) -> None:
        summary = waiting_summary()
        for user in (summary.output.owner, some_user()):
            with pytest.raises(PermissionDenied):
                summaries.return_to_writer(summary, REASON, by=user, seen=summary.edited_at)
        with pytest.raises(ReasonMissing):
            summaries.return_to_writer(summary, "", by=curator(), seen=summary.edited_at)


@pytest.mark.parametrize("make", [waiting_recommendation, waiting_summary])
def test_the_database_wants_both_or_none_and_never_on_a_checked_one(make: Any) -> None:
    rows = type(make()).objects
    with pytest.raises(IntegrityError, match="returned_has_reason"), transaction.atomic():
        rows.update(return_reason="x")
    with pytest.raises(IntegrityError, match="returned_has_reason"), transaction.atomic():
        rows.update(returned_at="2026-01-01T00:00:00Z")
    with pytest.raises(IntegrityError, match="returned_has_reason"), transaction.atomic():
        rows.update(
            returned_at="2026-01-01T00:00:00Z", return_reason="x", checked_on="2026-01-02", checked_by=curator(4)
        )


class TestPages:
    @pytest.mark.parametrize("role", [None, "researcher", "policymaker", "curator", "administrator", "owner"])
    def test_every_role(self, client: Client, role: str | None) -> None:
        recommendation, summary = waiting_recommendation(), waiting_summary()
        if role:
            client.force_login(recommendation.output.owner if role == "owner" else make_user(role=role))
        may = role in ("curator", "administrator")
        for path in (f"/kurasi/rekomendasi/{recommendation.pk}/", f"/kurasi/ringkasan/{summary.pk}/"):
            data = {"reason": REASON, "seen": summary.edited_at.isoformat()}
            assert client.get(f"{path}kembalikan/").status_code == (405 if may else 403 if role else 302)
            assert client.post(f"{path}kembalikan/", data).status_code == (403 if role and not may else 302)
        recommendation.refresh_from_db()
        summary.refresh_from_db()
        assert ((recommendation.returned_at is not None), (summary.returned_at is not None)) == (may, may)

    def test_returned_by_the_curator_and_read_by_the_writer(self, client: Client) -> None:
        recommendation = waiting_recommendation()
        output = recommendation.output
        summary = make_summary(output, is_checked=False)
        client.force_login(curator(2))
        assert client.get(QUEUE).content.decode().count('name="reason"') == 2
        client.post(f"/kurasi/rekomendasi/{recommendation.pk}/kembalikan/", {"reason": "Siapa yang membiayai?"})
        data = {"reason": "Kalimatnya terlalu panjang.", "seen": summary.edited_at.isoformat()}
        client.post(f"/kurasi/ringkasan/{summary.pk}/kembalikan/", data)
        html = client.get(QUEUE).content.decode()
        assert "Biayai kunjungan" not in html and "Kader mengunjungi" not in html
        client.force_login(output.owner)
        html = client.get(f"/unggah/{output.current_id}/temuan/").content.decode()
        assert "Siapa yang membiayai?" in html and "Kalimatnya terlalu panjang." in html
        assert "Siapa yang membiayai?" in client.get(f"/unggah/rekomendasi/{recommendation.pk}/").content.decode()
        path = f"/unggah/{output.current_id}/ringkasan/"
        assert "Kalimatnya terlalu panjang." in client.get(path).content.decode()
        client.post(path, {"text_id": "Kader datang. Warga senang.", "text_en": ""})
        assert "Kalimatnya terlalu panjang." not in client.get(path).content.decode()

    @pytest.mark.parametrize("reason", ["", "   ", "\0"])
    def test_without_reason_nothing_happens(self, client: Client, reason: str) -> None:
        recommendation = waiting_recommendation()
        client.force_login(curator(2))
        path = f"/kurasi/rekomendasi/{recommendation.pk}/kembalikan/"
        assert (
            "Alasan diperlukan. Tidak ada yang diubah."
            in client.post(path, {"reason": reason}, follow=True).content.decode()
        )
        recommendation.refresh_from_db()
        assert recommendation.returned_at is None

    @pytest.mark.parametrize("pk", ["0", "9" * 30])
    def test_hostile_numbers(self, client: Client, pk: str) -> None:
        client.force_login(curator(2))
        for kind in ("rekomendasi", "ringkasan"):
            assert client.post(f"/kurasi/{kind}/{pk}/kembalikan/", {"reason": REASON, "seen": "x"}).status_code == 404

    def test_strangers_do_not_read_the_reason(self, client: Client) -> None:
        recommendation = recommendations.return_to_writer(waiting_recommendation(), REASON, by=curator())
        for path in (
            f"/publikasi/{recommendation.output.public_id}/",
            f"/bukti/temuan/{recommendation.findings.get().pk}/",
        ):
            assert REASON not in client.get(path).content.decode()
