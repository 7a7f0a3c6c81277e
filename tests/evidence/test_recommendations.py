"""Recommendations: entered, checked by a second, answered by the addressee; every transition."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import LogEntry
from evidence.actions import findings, recommendations
from evidence.actions.common import ReasonMissing
from evidence.checks import Incomplete
from evidence.models import Recommendation, RecommendationStep
from evidence.states import RECOMMENDATION_TRANSITIONS, FindingState, RecommendationState
from publications.models import Change
from publications.states import IllegalTransition
from tests.factories.accounts import make_organisation, make_user
from tests.factories.evidence import curator, make_finding, make_recommendation
from tests.factories.publications import make_output, some_user, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]
# A way from silence to each state.
WAYS = {
    RecommendationState.OPEN: [],
    RecommendationState.NOTED: ["noted"],
    RecommendationState.PLANNED: ["planned"],
    RecommendationState.DONE: ["done"],
    RecommendationState.DECLINED: ["declined"],
}


def answered(*states: str) -> Recommendation:
    recommendation = make_recommendation(make_finding())
    for state in states:
        recommendations.answer(recommendation, state, "Catatan.", by=curator())
    recommendation.refresh_from_db()
    return recommendation


@pytest.mark.parametrize("after", list(RecommendationState))
@pytest.mark.parametrize("before", list(RecommendationState))
def test_every_transition(before: RecommendationState, after: RecommendationState) -> None:
    recommendation = answered(*WAYS[before])
    if after in RECOMMENDATION_TRANSITIONS[before]:
        step = recommendations.answer(recommendation, after, "Catatan.", by=curator())
        recommendation.refresh_from_db()
        assert recommendation.state == step.state == after
        assert LogEntry.objects.first().changes["state"] == [before, after]
    else:
        with pytest.raises(IllegalTransition):
            recommendations.answer(recommendation, after, "Catatan.", by=curator())


def test_declining_needs_a_reason_and_the_others_none() -> None:
    with pytest.raises(ReasonMissing):
        recommendations.answer(answered(), "declined", " ", by=curator())
    assert recommendations.answer(answered(), "noted", "", by=curator()).note == ""


def test_edits_are_logged_without_their_words() -> None:
    recommendation = make_recommendation(make_finding(), is_checked=False)
    recommendations.edit(recommendation, {"text_id": "Kata yang ditarik lagi."}, by=recommendation.entered_by)
    entry = LogEntry.objects.get(action="recommendation.edited")
    assert entry.changes["text_id"][1] == len("Kata yang ditarik lagi.")
    assert "ditarik" not in str(entry.changes)


def policymaker(organisation: Any, email: str = "pembuat@contoh.id", role: str = "policymaker") -> Any:
    user = make_user(email, role=role)
    user.person.affiliation = organisation
    user.person.save()
    return user


class TestWhoAnswers:
    def test_somebody_of_the_addressee(self) -> None:
        unit = make_organisation("Direktorat Contoh")
        recommendation = make_recommendation(make_finding(), addressee=unit, addressee_kind="directorate")
        step = recommendations.answer(recommendation, "planned", "Masuk rencana 2027.", by=policymaker(unit))
        assert not step.is_on_behalf

    def test_a_curator_in_its_name(self) -> None:
        step = recommendations.answer(make_recommendation(make_finding()), "noted", "Lewat surat.", by=curator())
        assert step.is_on_behalf

    @pytest.mark.parametrize("role", ["researcher", "policymaker"])
    def test_nobody_else(self, role: str) -> None:
        unit, other = make_organisation("Direktorat Contoh"), make_organisation("Dinas Lain")
        recommendation = make_recommendation(make_finding(), addressee=unit)
        with pytest.raises(PermissionDenied):
            recommendations.answer(recommendation, "done", "", by=policymaker(other, role=role))
        with pytest.raises(PermissionDenied):
            recommendations.answer(recommendation, "done", "", by=recommendation.output.owner)

    def test_an_affiliation_alone_is_not_enough_since_people_choose_it_themselves(self) -> None:
        unit = make_organisation("Direktorat Contoh")
        recommendation = make_recommendation(make_finding(), addressee=unit)
        with pytest.raises(PermissionDenied):
            recommendations.answer(recommendation, "done", "", by=policymaker(unit, role="researcher"))

    def test_not_before_it_is_checked(self) -> None:
        recommendation = make_recommendation(make_finding(), is_checked=False)
        with pytest.raises(PermissionDenied):
            recommendations.answer(recommendation, "noted", "", by=curator())


class TestChecking:
    def test_by_a_second(self) -> None:
        finding = make_finding()
        data = {"text_id": "Lakukan.", "addressee_kind": "partner", "addressee_name": "LKS", "findings": [finding]}
        made = recommendations.enter(finding.output, data, by=curator(1))
        with pytest.raises(PermissionDenied):
            recommendations.check(made, by=curator(1))
        assert recommendations.check(made, by=curator(2)).checked_by == curator(2)
        with pytest.raises(IllegalTransition):
            recommendations.check(made, by=curator(2))

    def test_needs_a_public_finding(self) -> None:
        recommendation = make_recommendation(make_finding(state=FindingState.PROPOSED), is_checked=False)
        with pytest.raises(Incomplete):
            recommendations.check(recommendation, by=curator())

    def test_what_is_checked_is_closed_for_edits_until_it_is_taken_back(self) -> None:
        recommendation = make_recommendation(make_finding())
        owner = recommendation.output.owner
        with pytest.raises(PermissionDenied):
            recommendations.edit(recommendation, {"text_id": "Lain."}, by=owner)
        with pytest.raises(PermissionDenied):
            recommendations.discard(recommendation, by=owner)
        with pytest.raises(ReasonMissing):
            recommendations.take_back(recommendation, "", by=curator())
        recommendations.take_back(recommendation, "Salah alamat.", by=curator())
        assert not Recommendation.objects.public().exists()
        assert recommendations.edit(recommendation, {"text_id": "Lain."}, by=owner).text_id == "Lain."
        recommendations.discard(recommendation, by=owner)
        assert not Recommendation.objects.exists()

    def test_an_answer_is_not_taken_back(self) -> None:
        with pytest.raises(IllegalTransition):
            recommendations.take_back(answered("noted"), "Salah.", by=curator())


@pytest.mark.parametrize("kind", ["none", "foreign"])
def test_it_belongs_to_findings_of_its_output(kind: str) -> None:
    output = make_output()
    wrong = [] if kind == "none" else [make_finding()]
    data = {"text_id": "x", "addressee_kind": "partner", "addressee_name": "LKS", "findings": wrong}
    with pytest.raises(recommendations.WrongFindings):
        recommendations.enter(output, data, by=output.owner)


def test_strangers_enter_nothing() -> None:
    finding = make_finding()
    data = {"text_id": "x", "addressee_kind": "partner", "addressee_name": "LKS", "findings": [finding]}
    with pytest.raises(PermissionDenied):
        recommendations.enter(finding.output, data, by=some_user())


class TestPublic:
    def test_as_long_as_one_of_its_findings_is(self) -> None:
        output = make_output()
        one, other = make_finding(output), make_finding(output)
        recommendation = make_recommendation(one, findings=[one, other])
        findings.withdraw(one, "Keliru.", by=curator())
        assert Recommendation.objects.public().get() == recommendation
        findings.withdraw(other, "Keliru.", by=curator())
        assert not Recommendation.objects.public().exists()
        assert Recommendation.objects.visible_to(output.owner).exists()
        assert not Recommendation.objects.visible_to(some_user()).exists()

    def test_goes_with_its_output(self) -> None:
        recommendation = make_recommendation(make_finding())
        assert Recommendation.objects.public().exists()
        withdraw(recommendation.output)
        assert not Recommendation.objects.public().exists()

    def test_not_before_it_is_checked(self) -> None:
        recommendation = make_recommendation(make_finding(), is_checked=False)
        assert not Recommendation.objects.public().exists()
        assert Recommendation.objects.visible_to(recommendation.output.owner).exists()

    def test_answers_reach_the_kept_pages(self) -> None:
        recommendation = answered()
        before = Change.objects.count()
        recommendations.answer(recommendation, "noted", "", by=curator())
        assert Change.objects.count() == before + 1


def test_a_draft_finding_takes_its_own_recommendation_along() -> None:
    output = make_output()
    gone, stays = (make_finding(output, FindingState.DRAFT) for _ in range(2))
    make_recommendation(gone, is_checked=False)
    make_recommendation(gone, is_checked=False, findings=[gone, stays])
    findings.discard(gone, by=output.owner)
    assert Recommendation.objects.get().findings.get() == stays


@pytest.mark.parametrize(
    ("constraint", "columns"),
    [
        ("has_addressee", {"addressee_name": ""}),
        ("checked_by_a_second", {"checked_on": None}),
        ("state_known", {"state": "lost"}),
        ("addressee_known", {"addressee_kind": "everybody"}),
    ],
)
def test_the_database_refuses(constraint: str, columns: dict[str, Any]) -> None:
    make_recommendation(make_finding())
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Recommendation.objects.update(**columns)


@pytest.mark.parametrize(
    ("constraint", "columns"),
    [("declined_has_reason", {"note_id": "", "note_en": ""}), ("step_known", {"state": "open"})],
)
def test_the_database_refuses_steps(constraint: str, columns: dict[str, Any]) -> None:
    answered("declined")
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        RecommendationStep.objects.update(**columns)


def test_what_was_answered_meanwhile_is_read_first(client: Client) -> None:
    recommendation = make_recommendation(make_finding())
    page = f"/bukti/rekomendasi/{recommendation.pk}/"
    client.force_login(curator(2))
    assert '<input type="hidden" name="seen" value="0">' in client.get(page).content.decode()
    recommendations.answer(recommendation, "noted", "", by=curator())
    stale = {"state": "declined", "note_id": "Tidak ada anggaran.", "seen": "0"}
    response = client.post(page, stale)
    assert response.status_code == 422
    html = response.content.decode()
    assert "sudah menanggapi" in html and "Tidak ada anggaran." in html and 'name="seen" value="1"' in html
    with pytest.raises(recommendations.AnsweredMeanwhile):
        recommendations.answer(recommendation, "declined", "Tidak.", by=curator(), seen=0)
    assert client.post(page, stale | {"seen": "x"}).status_code == 422
    assert client.post(page, stale | {"seen": "1"}).status_code == 302
    assert list(recommendation.steps.values_list("state", flat=True)) == ["noted", "declined"]
