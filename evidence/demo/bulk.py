"""Writes findings and ratings at once, with the rules, checks and log entries of `evidence.actions`.

One by one they would take several times as long, at each first start of the demo.
"""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from accounts.actions import target_of
from accounts.models import LogEntry, User
from evidence import rubrics, rules
from evidence.actions.common import require
from evidence.checks import Incomplete, unmet_for_check, unmet_for_proposal
from evidence.demo.accounts import Cast
from evidence.demo.content import Record
from evidence.demo.places import CHECKED, ENTERED, PROPOSED, RATED, Place
from evidence.models import Finding, Rating, RatingKind
from evidence.states import RATEABLE, WITH_ENTERER, FindingState
from publications.models import Change
from publications.states import OutputState, VersionState
from taxonomy.models import Method, Outcome, Pmks, Province, Service

CODED: dict[str, type[Any]] = {"service": Service, "outcome": Outcome, "method": Method}
CODED_MANY: dict[str, type[Any]] = {"pmks": Pmks, "provinces": Province}
NOT_FIELDS = {"key", "output", "ratings", *CODED, *CODED_MANY}
RELATIONS = [field.name for field in Finding._meta.fields if field.is_relation]

# Of public outputs and yet not checked, so that the desk shows every kind of work.
WAITING = {"waktu-pakai-samarinda", "keluhan-pemulung-kendari"}
RETURNED = {
    "kerja-awal-samarinda": "Tulis berapa persen yang memakai secara rutin pada kedua kelompok; tanpa angka pembaca "
    "tidak dapat menimbang temuan ini."
}

Whole = list[tuple[Finding, Record]]


class Writer:
    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        models = {**CODED, **CODED_MANY}
        self.terms = {name: {term.code: term for term in model.objects.all()} for name, model in models.items()}

    def write(self, places: list[Place]) -> int:
        """Fills `place.findings`; returns how many there are."""
        for place in places:
            self._require(place)
            place.findings = {record["key"]: self._finding(place, record) for record in place.evidence.findings}
        whole = [(place.findings[record["key"]], record) for place in places for record in place.evidence.findings]
        Finding.objects.bulk_create(finding for finding, _record in whole)
        self._link(whole)
        ratings = [rating for place in places for rating in self._ratings(place)]
        Rating.objects.bulk_create(ratings)
        for finding, _record in whole:
            _require_complete(finding)
        LogEntry.objects.bulk_create(_entries([finding for finding, _record in whole], ratings, self.cast.raters[0]))
        Change.objects.bulk_create(Change(output=place.output) for place in places if place.output.is_public)
        return len(whole)

    def _require(self, place: Place) -> None:
        """What each action asks; nothing can be entered any more about what is withdrawn, so that is not asked."""
        if place.output.state != OutputState.WITHDRAWN:
            require(rules.may_enter(self.cast.enterer_of(place.output), place.output))
        for rater in self.cast.raters:
            require(rules.may_decide(rater, place.output))

    def _finding(self, place: Place, record: Record) -> Finding:
        by = self.cast.enterer_of(place.output)
        values = {name: value for name, value in record.items() if name not in NOT_FIELDS}
        values |= {name: self.terms[name][code] for name in CODED if (code := record[name])}
        finding = Finding(output=place.output, version=place.version, file=place.file, **values)
        finding.entered_by = finding.edited_by = by
        finding.state = _state(place, record["key"])
        self._date(place, finding, record["key"])
        for kind in RatingKind.values:
            given = [one["value"] for one in _ratings_of(finding, record) if one["kind"] == kind]
            setattr(finding, kind, min(given, default=None))
        finding.clean_fields(exclude=RELATIONS)
        return finding

    def _date(self, place: Place, finding: Finding, key: str) -> None:
        """What waits has come in just now."""
        is_checked = finding.state == FindingState.CHECKED
        finding.created_at = finding.changed_at = place.at(ENTERED) if is_checked else timezone.now()
        if finding.state != FindingState.DRAFT:
            finding.proposed_at = place.at(PROPOSED) if is_checked else timezone.now()
        if finding.state == FindingState.RETURNED:
            finding.return_reason = RETURNED[key]
        if is_checked:
            finding.checked_by, finding.checked_on = self.cast.checker_of(place.output), place.on(CHECKED)

    def _link(self, whole: Whole) -> None:
        for name, model in CODED_MANY.items():
            table, column = getattr(Finding, name).through, f"{model._meta.model_name}_id"
            table.objects.bulk_create(
                table(finding_id=finding.pk, **{column: self.terms[name][code].pk})
                for finding, record in whole
                for code in record[name]
            )

    def _ratings(self, place: Place) -> Iterator[Rating]:
        for record in place.evidence.findings:
            finding = place.findings[record["key"]]
            for rating in _ratings_of(finding, record):
                number = rating["rater"]
                on = place.on(RATED[number - 1]) if finding.state == FindingState.CHECKED else timezone.localdate()
                on = max(on, rubrics.PUBLISHED_ON[rubrics.CURRENT])  # by nothing that was not there yet
                texts = {name: rating[name] for name in ("kind", "value", "reason_id", "reason_en")}
                rater = self.cast.raters[number - 1]
                yield Rating(finding=finding, rater=rater, rated_on=on, rubric=rubrics.CURRENT, **texts)


def _state(place: Place, key: str) -> FindingState:
    """As far as the output allows: of one that is back with its author nothing has been handed in."""
    if place.version.published_at is None:
        is_submitted = place.version.state == VersionState.SUBMITTED
        return FindingState.PROPOSED if is_submitted else FindingState.DRAFT
    if key in RETURNED:
        return FindingState.RETURNED
    return FindingState.PROPOSED if key in WAITING else FindingState.CHECKED


def _ratings_of(finding: Finding, record: Record) -> list[Record]:
    return record["ratings"] if finding.state in RATEABLE else []


def _require_complete(finding: Finding) -> None:
    """Of an output that was withdrawn later, the findings were checked while it was public."""
    if finding.state in WITH_ENTERER:
        return
    is_public = finding.state == FindingState.CHECKED and finding.output.is_public
    if missing := unmet_for_check(finding) if is_public else unmet_for_proposal(finding):
        raise Incomplete(missing)


def _entries(findings: list[Finding], ratings: list[Rating], returner: User) -> Iterator[LogEntry]:
    for finding in findings:
        begun = {"output": [None, str(finding.output)], "statement_id": [None, finding.statement_id]}
        yield _entry(finding.entered_by, "entered", finding, begun)
        if finding.proposed_at:
            yield _entry(finding.entered_by, "proposed", finding, {})
        if finding.return_reason:
            yield _entry(returner, "returned", finding, {"reason": [None, finding.return_reason]})
        if finding.checked_by:
            yield _entry(finding.checked_by, "checked", finding, {})
    for rating in ratings:
        changes: dict[str, list[Any]] = {rating.kind: [None, rating.value], "reason": [None, rating.reason]}
        yield _entry(rating.rater, "rated", rating.finding, changes)


def _entry(actor: User, action: str, finding: Finding, changes: dict[str, list[Any]]) -> LogEntry:
    return LogEntry(actor=actor, action=f"finding.{action}", target=target_of(finding), changes=changes)
