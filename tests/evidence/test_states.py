"""Every transition of findings, legal and illegal; the database refuses what an action would never do."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.models import LogEntry, User
from evidence.actions import findings
from evidence.actions.common import ReasonMissing
from evidence.checks import Incomplete
from evidence.models import Finding
from evidence.states import EVER_PUBLIC, FINDING_TRANSITIONS, FindingState
from publications.models import Change, Output
from publications.states import IllegalTransition
from tests.factories.evidence import curator, finding_data, make_finding, version_of
from tests.factories.publications import make_draft, make_output, make_submitted, make_version, some_user, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]
Act = Callable[[Finding], Any]
ACTS: dict[str, tuple[Act, FindingState]] = {
    "propose": (lambda f: findings.propose(f, by=f.entered_by), FindingState.PROPOSED),
    "return": (lambda f: findings.return_to_enterer(f, "Alasan.", by=curator()), FindingState.RETURNED),
    "check": (lambda f: findings.check(f, by=curator()), FindingState.CHECKED),
    "withdraw": (lambda f: findings.withdraw(f, "Alasan.", by=curator()), FindingState.WITHDRAWN),
    "reinstate": (lambda f: findings.reinstate(f, "Alasan.", by=curator()), FindingState.CHECKED),
}
LEGAL = {
    ("propose", FindingState.DRAFT),
    ("propose", FindingState.RETURNED),
    ("return", FindingState.PROPOSED),
    ("check", FindingState.PROPOSED),
    ("withdraw", FindingState.CHECKED),
    ("reinstate", FindingState.WITHDRAWN),
}


@pytest.mark.parametrize("before", list(FindingState))
@pytest.mark.parametrize("name", ACTS)
def test_every_action_from_every_state(name: str, before: FindingState) -> None:
    act, after = ACTS[name]
    finding = make_finding(state=before)
    if (name, before) in LEGAL:
        act(finding)
        finding.refresh_from_db()
        assert finding.state == after
        assert after in FINDING_TRANSITIONS[before]
    else:
        entries = LogEntry.objects.count()
        with pytest.raises(IllegalTransition):
            act(finding)
        finding.refresh_from_db()
        assert (finding.state, LogEntry.objects.count()) == (before, entries)


def test_the_table_and_the_actions_say_the_same() -> None:
    told = {(before, after) for before, targets in FINDING_TRANSITIONS.items() for after in targets}
    assert told == {(before, ACTS[name][1]) for name, before in LEGAL}


@pytest.mark.parametrize("state", list(FindingState))
def test_only_what_nobody_else_has_seen_can_be_thrown_away(state: FindingState) -> None:
    finding = make_finding(state=state)
    if state in (FindingState.DRAFT, FindingState.RETURNED):
        findings.discard(finding, by=finding.entered_by)
        assert not Finding.objects.exists()
    else:
        with pytest.raises(PermissionDenied):
            findings.discard(finding, by=finding.entered_by)
        assert Finding.objects.exists()


@pytest.mark.parametrize("name", ["return", "withdraw", "reinstate"])
def test_a_reason_is_needed(name: str) -> None:
    before = next(state for act, state in LEGAL if act == name)
    finding = make_finding(state=before)
    act = {
        "return": findings.return_to_enterer,
        "withdraw": findings.withdraw,
        "reinstate": findings.reinstate,
    }[name]
    with pytest.raises(ReasonMissing):
        act(finding, " \n", by=curator())


class TestFourEyes:
    def test_who_entered_it_does_not_check_it(self) -> None:
        one, other = curator(1), curator(2)
        finding = make_finding(state=FindingState.PROPOSED, by=one)
        with pytest.raises(PermissionDenied):
            findings.check(finding, by=one)
        assert findings.check(finding, by=other).checked_by == other

    def test_who_edited_it_last_does_not_check_it(self) -> None:
        one, other = curator(1), curator(2)
        finding = make_finding(state=FindingState.RETURNED, by=one)
        findings.edit(finding, {"page": 3}, by=other)
        findings.propose(finding, by=one)
        with pytest.raises(PermissionDenied):
            findings.check(finding, by=other)

    def test_nobody_decides_about_their_own_paper(self) -> None:
        one = curator(1)
        finding = make_finding(make_output(one), FindingState.PROPOSED, by=curator(2))
        for act in (
            lambda: findings.check(finding, by=one),
            lambda: findings.return_to_enterer(finding, "Alasan.", by=one),
        ):
            with pytest.raises(PermissionDenied):
                act()

    def test_what_is_mended_while_withdrawn_is_checked_by_another(self) -> None:
        one, other = curator(1), curator(2)
        finding = make_finding(state=FindingState.WITHDRAWN)
        mended = findings.edit(finding, {"page": 3}, by=one)
        with pytest.raises(PermissionDenied):
            findings.reinstate(mended, "Diperbaiki.", by=one)
        with pytest.raises(IllegalTransition):
            findings.reinstate(finding, "Belum dibaca.", by=other)
        findings.reinstate(mended, "Diperbaiki.", by=other)
        finding.refresh_from_db()
        assert (finding.state, finding.page, finding.checked_by) == (FindingState.CHECKED, 3, other)
        assert finding.withdrawal_reason == ""

    @pytest.mark.parametrize("column", ["entered_by", "edited_by"])
    def test_the_database_says_it_again(self, column: str) -> None:
        finding = make_finding()
        with pytest.raises(IntegrityError, match="finding_checked_by_a_second"), transaction.atomic():
            Finding.objects.filter(pk=finding.pk).update(**{column: finding.checked_by})


@pytest.mark.parametrize(
    ("constraint", "state", "columns"),
    [
        ("finding_checked_is_complete", "checked", {"statement_en": ""}),
        ("finding_checked_is_complete", "checked", {"statement_id": ""}),
        ("finding_checked_is_complete", "checked", {"direction": ""}),
        ("finding_checked_is_complete", "checked", {"outcome": None}),
        ("finding_checked_is_complete", "checked", {"checked_on": None}),
        ("finding_checked_is_complete", "checked", {"state": "proposed"}),
        ("finding_checked_is_complete", "proposed", {"state": "checked"}),
        ("finding_checked_is_complete", "draft", {"checked_on": datetime.date(2026, 1, 1)}),
        ("finding_checked_is_complete", "draft", {"state": "unknown"}),
        ("finding_proposed_has_date", "draft", {"state": "proposed"}),
        ("finding_returned_has_reason", "proposed", {"state": "returned"}),
        ("finding_withdrawn_has_reason", "checked", {"state": "withdrawn"}),
        ("finding_withdrawn_has_reason", "withdrawn", {"withdrawal_reason": ""}),
        ("finding_withdrawn_has_reason", "withdrawn", {"state": "checked"}),
        ("finding_direction_known", "draft", {"direction": "up"}),
        ("finding_interval_in_order", "draft", {"size_low": 3, "size_high": 2}),
        ("finding_years_in_order", "draft", {"years_from": 2020, "years_to": 2019}),
        ("finding_sample_counts", "draft", {"sample_size": 0}),
        ("finding_cost_positive", "draft", {"cost_amount": -1}),
        ("finding_page_counts", "draft", {"page": 0}),
    ],
)
def test_the_database_refuses(constraint: str, state: str, columns: dict[str, Any]) -> None:
    finding = make_finding(state=state)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Finding.objects.filter(pk=finding.pk).update(**columns)


@pytest.mark.parametrize(
    "missing",
    [
        {"statement_id": ""},
        {"pmks": []},
        {"outcome": None},
        {"direction": ""},
        {"size_unit_id": ""},
        {"cost_basis_id": ""},
    ],
)
def test_what_is_missing_keeps_it_from_the_curators(missing: dict[str, Any]) -> None:
    finding = make_finding(state=FindingState.DRAFT, **missing)
    with pytest.raises(Incomplete) as error:
        findings.propose(finding, by=finding.entered_by)
    assert len(error.value.missing) == 1


def test_a_check_needs_both_languages() -> None:
    finding = make_finding(state=FindingState.PROPOSED, statement_en="")
    with pytest.raises(Incomplete):
        findings.check(finding, by=curator())


@pytest.mark.parametrize("make", [make_draft, make_submitted])
def test_a_check_needs_a_public_output(make: Callable[[], Any]) -> None:
    finding = make_finding(make().output, FindingState.PROPOSED)
    with pytest.raises(Incomplete):
        findings.check(finding, by=curator())


def test_a_check_needs_a_public_version() -> None:
    from publications.actions import drafts

    output = make_output()
    drafts.new_version(output, by=output.owner)
    finding = make_finding(output, FindingState.PROPOSED)
    assert finding.version.number == 2
    with pytest.raises(Incomplete):
        findings.check(finding, by=curator())


def test_a_finding_goes_with_the_draft_it_was_read_in() -> None:
    from publications.actions import drafts

    version = make_draft()
    make_finding(version.output, FindingState.DRAFT)
    drafts.discard(version, by=version.output.owner)
    assert not Finding.objects.exists()


class TestWhatIsPublic:
    @pytest.mark.parametrize("state", list(FindingState))
    def test_only_what_is_checked(self, state: FindingState) -> None:
        finding = make_finding(state=state)
        assert Finding.objects.public().exists() == (state == FindingState.CHECKED)
        assert Finding.objects.with_tombstones().exists() == (state in EVER_PUBLIC)
        assert finding.is_public == (state == FindingState.CHECKED)

    def test_a_withdrawn_output_takes_its_findings_along_and_brings_them_back(self) -> None:
        from publications.actions import review

        finding = make_finding()
        withdraw(finding.output)
        assert not Finding.objects.public().exists()
        assert Finding.objects.with_tombstones().get().state == FindingState.CHECKED
        review.reinstate(finding.output, "Ternyata benar.", by=curator())
        assert Finding.objects.public().get() == finding

    @pytest.mark.parametrize("access", ["embargoed", "restricted", "metadata_only"])
    def test_closed_files_do_not_hide_findings(self, access: str) -> None:
        until = datetime.date(2031, 1, 1) if access == "embargoed" else None
        make_finding(make_output(access=access, embargo_until=until))
        assert Finding.objects.public().exists()

    @pytest.mark.parametrize("state", list(FindingState))
    def test_who_sees_what(self, state: FindingState) -> None:
        from django.contrib.auth.models import AnonymousUser

        output = make_output()
        finding = make_finding(output, state, by=curator(2))
        colleague = some_user()
        output.co_owners.add(colleague)
        for user in (output.owner, colleague, curator(1), curator(2)):
            assert Finding.objects.visible_to(user).get() == finding
        is_public = state == FindingState.CHECKED
        for user in (AnonymousUser(), some_user()):
            assert Finding.objects.visible_to(user).exists() == is_public


class TestChanges:
    """Followers and kept pages notice what the public sees, and nothing else."""

    def changes(self, output: Output, act: Callable[[], Any]) -> int:
        before = Change.objects.filter(output=output).count()
        act()
        return Change.objects.filter(output=output).count() - before

    @pytest.mark.parametrize(
        ("name", "number"), [("propose", 0), ("return", 0), ("check", 1), ("withdraw", 1), ("reinstate", 1)]
    )
    def test_of_findings(self, name: str, number: int) -> None:
        finding = make_finding(state=next(state for act, state in LEGAL if act == name))
        assert self.changes(finding.output, lambda: ACTS[name][0](finding)) == number

    def test_an_edit_that_began_earlier_is_a_conflict(self) -> None:
        finding = make_finding(state=FindingState.DRAFT)
        owner = finding.output.owner
        findings.edit(finding, {"page": 3}, by=owner, base_revision=0)
        with pytest.raises(findings.Conflict):
            findings.edit(finding, {"page": 4}, by=owner, base_revision=0)
        assert findings.edit(finding, {"page": 3}, by=owner, base_revision=1).revision == 1

    def test_every_change_stands_in_the_log(self) -> None:
        finding = make_finding(state=FindingState.WITHDRAWN)
        entries = LogEntry.objects.filter(target=f"evidence.finding:{finding.pk}").order_by("pk")
        assert list(entries.values_list("action", flat=True)) == [
            "finding.entered",
            "finding.proposed",
            "finding.checked",
            "finding.withdrawn",
        ]

    def test_edits_of_terms_are_logged_by_code(self) -> None:
        finding = make_finding(state=FindingState.DRAFT)
        findings.edit(finding, finding_data(pmks=["PMKS-08", "PMKS-24"]), by=finding.entered_by)
        entry = LogEntry.objects.filter(action="finding.edited").get()
        assert entry.changes["pmks"] == [["PMKS-08"], ["PMKS-08", "PMKS-24"]]

    def test_edits_of_texts_are_logged_without_their_words(self) -> None:
        finding = make_finding(state=FindingState.DRAFT)
        findings.edit(finding, finding_data(statement_id="Rahasia yang ditulis keliru."), by=finding.entered_by)
        entry = LogEntry.objects.filter(action="finding.edited").get()
        assert entry.changes["statement_id"][1] == len("Rahasia yang ditulis keliru.")
        assert "Rahasia" not in str(entry.changes)


def test_a_file_of_another_version_is_refused() -> None:
    output, other = make_output(), make_output()
    with pytest.raises(findings.WrongFile):
        make_finding(output, FindingState.DRAFT, file=version_of(other).files.get())


def test_a_newer_version_leaves_the_finding_where_it_was_read() -> None:
    finding = make_finding()
    make_version(finding.output, file_name="kedua.pdf")
    assert Finding.objects.public().get().version.number == 1


def editor(kind: str, output: Output) -> User:
    if kind == "colleague":
        user = some_user()
        output.co_owners.add(user)
        return user
    return {"owner": output.owner, "stranger": some_user(), "curator": curator(3)}[kind]


@pytest.mark.parametrize("kind", ["owner", "colleague", "curator", "stranger"])
@pytest.mark.parametrize("entered_by", ["owner", "curator"])
@pytest.mark.parametrize("state", list(FindingState))
def test_who_may_edit_when(state: FindingState, entered_by: str, kind: str) -> None:
    output = make_output()
    finding = make_finding(output, state, by=output.owner if entered_by == "owner" else curator(2))
    user = editor(kind, output)
    with_enterer = state in (FindingState.DRAFT, FindingState.RETURNED)
    own_side = kind in ("owner", "colleague") if entered_by == "owner" else kind == "curator"
    may = (with_enterer and own_side) or (state == FindingState.WITHDRAWN and kind == "curator")
    if may:
        assert findings.edit(finding, {"page": 3}, by=user).page == 3
    else:
        with pytest.raises(PermissionDenied):
            findings.edit(finding, {"page": 3}, by=user)
