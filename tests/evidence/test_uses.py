"""Uses of outputs: reported by one, decided by another; every transition."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.actions import delete_account
from accounts.models import LogEntry, User
from evidence.actions import uses
from evidence.actions.common import ReasonMissing
from evidence.checks import Incomplete
from evidence.models import Use
from evidence.personal_data import evidence_of
from evidence.states import USE_TRANSITIONS, UseState
from publications.models import Change
from publications.states import IllegalTransition
from tests.factories.accounts import make_organisation, make_user
from tests.factories.evidence import curator, make_finding
from tests.factories.publications import make_draft, make_output, some_user, withdraw
from tests.factories.uses import TITLE, make_use, use_data

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]


def again(use: Use) -> Use:
    return uses.report_again(use, use_data(), by=use.reported_by)


ACTS: dict[str, tuple[UseState, Callable[[Use], Use]]] = {
    "accept": (UseState.ACCEPTED, lambda use: uses.accept(use, by=curator(), seen=use.reported_at)),
    "decline": (UseState.DECLINED, lambda use: uses.decline(use, "Tidak ditemukan.", by=curator())),
    "withdraw": (UseState.WITHDRAWN, lambda use: uses.withdraw(use, "Dicabut.", by=curator())),
    "reinstate": (UseState.ACCEPTED, lambda use: uses.reinstate(use, "Berlaku lagi.", by=curator())),
    "report_again": (UseState.REPORTED, again),
}
LEGAL = {
    ("reported", "accept"), ("reported", "decline"), ("accepted", "withdraw"), ("declined", "report_again"),
    ("withdrawn", "reinstate"),
}  # fmt: skip


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("before", list(UseState))
def test_every_transition(before: UseState, act: str) -> None:
    use = make_use(state=before)
    after, run = ACTS[act]
    if (before, act) in LEGAL:
        assert after in USE_TRANSITIONS[before]
        assert run(use).state == after
        use.refresh_from_db()
        assert use.state == after
        entry = LogEntry.objects.first()
        assert entry is not None
        assert entry.target == f"evidence.use:{use.pk}"
    else:
        with pytest.raises(IllegalTransition):
            run(use)
        use.refresh_from_db()
        assert use.state == before


def test_the_log_tells_who_did_what() -> None:
    use = make_use(state="declined")
    again(use)
    assert list(LogEntry.objects.filter(target=f"evidence.use:{use.pk}").values_list("action", flat=True)) == [
        "use.corrected", "use.declined", "use.reported",
    ]  # fmt: skip


class TestWhoDecides:
    def test_a_curator(self) -> None:
        use = make_use(state="accepted")
        assert (use.decided_by, use.decided_on) == (curator(), timezone.localdate())

    @pytest.mark.parametrize("role", ["researcher", "policymaker"])
    def test_nobody_else(self, role: str) -> None:
        use = make_use(state="reported")
        with pytest.raises(PermissionDenied):
            uses.accept(use, by=some_user(role=role), seen=use.reported_at)

    def test_not_who_reported_it(self) -> None:
        use = make_use(state="reported", by=curator(2))
        for decide in (
            lambda: uses.accept(use, by=curator(2), seen=use.reported_at),
            lambda: uses.decline(use, "x", by=curator(2)),
        ):
            with pytest.raises(PermissionDenied):
                decide()
        with pytest.raises(IntegrityError, match="accepted_by_a_second"), transaction.atomic():
            Use.objects.update(state="accepted", decided_by=curator(2), decided_on=timezone.localdate())

    def test_not_an_owner_of_the_output(self) -> None:
        output = make_output(curator(2))
        use = make_use(output, state="reported")
        with pytest.raises(PermissionDenied):
            uses.accept(use, by=curator(2), seen=use.reported_at)
        output.co_owners.add(curator(1))
        with pytest.raises(PermissionDenied):
            uses.accept(use, by=curator(1), seen=use.reported_at)

    def test_not_somebody_whose_account_is_closed(self) -> None:
        use, closed = make_use(state="reported"), curator(3)
        closed.is_active = False
        closed.save()
        with pytest.raises(PermissionDenied):
            uses.accept(use, by=closed, seen=use.reported_at)


class TestReporting:
    @pytest.mark.parametrize("role", ["researcher", "policymaker", "curator", "administrator"])
    def test_anybody_active(self, role: str) -> None:
        assert make_use(state="reported", by=some_user(role=role)).state == "reported"

    def test_nobody_whose_account_is_closed(self) -> None:
        with pytest.raises(PermissionDenied):
            make_use(by=some_user(is_active=False))

    def test_only_of_what_is_public(self) -> None:
        with pytest.raises(PermissionDenied):
            make_use(make_draft().output)
        with pytest.raises(PermissionDenied):
            make_use(withdraw(make_output()))

    def test_findings_of_its_output(self) -> None:
        output = make_output()
        finding, other, draft = make_finding(output), make_finding(), make_finding(output, "draft")
        assert list(make_use(output, findings=[finding]).findings.all()) == [finding]
        for wrong in (other, draft):
            with pytest.raises(uses.WrongFindings):
                make_use(output, number="5/2024", title_id="Lain", findings=[wrong])

    def test_only_its_reporter_corrects_it(self) -> None:
        use = make_use(state="declined")
        for other in (some_user(), curator(), use.output.owner):
            with pytest.raises(PermissionDenied):
                uses.report_again(use, use_data(), by=other)
        corrected = uses.report_again(use, use_data(number="7/2024"), by=use.reported_by)
        assert (corrected.number, corrected.reason, corrected.decided_by) == ("7/2024", "", None)

    def test_what_a_curator_has_not_read_is_not_accepted(self) -> None:
        use = make_use(state="reported")
        seen = use.reported_at
        uses.decline(use, "Pasal?", by=curator())
        uses.report_again(use, use_data(how_id="Lain sekali."), by=use.reported_by)
        with pytest.raises(IllegalTransition):
            uses.accept(use, by=curator(2), seen=seen)

    def test_a_curator_adds_the_other_language(self) -> None:
        use = make_use(state="reported", title_en="", how_en="")
        texts = {"title_en": "Sample regulation", "how_en": "Article 7."}
        use = uses.accept(use, texts, by=curator(), seen=use.reported_at)
        assert (use.title_en, use.how_en) == ("Sample regulation", "Article 7.")
        entry = LogEntry.objects.first()
        assert entry is not None
        assert entry.changes["title_en"] == ["", "Sample regulation"]

    @pytest.mark.parametrize("act", ["decline", "withdraw", "reinstate"])
    def test_needs_a_reason(self, act: str) -> None:
        state = {"decline": "reported", "withdraw": "accepted", "reinstate": "withdrawn"}[act]
        use = make_use(state=state)
        with pytest.raises(ReasonMissing):
            getattr(uses, act)(use, "  ", by=curator())

    def test_not_accepted_once_the_output_is_gone(self) -> None:
        use = make_use(state="reported")
        withdraw(use.output)
        with pytest.raises(Incomplete):
            uses.accept(use, by=curator(), seen=use.reported_at)
        assert uses.decline(use, "Karya ditarik.", by=curator()).state == "declined"


class TestDuplicates:
    @pytest.mark.parametrize(
        "other",
        [{}, {"number": ""}, {"title_id": "Judul lain"}, {"title_id": TITLE.upper(), "number": "9"}],
    )
    @pytest.mark.parametrize("state", ["reported", "accepted"])
    def test_the_same_is_refused_always(self, state: str, other: dict[str, Any]) -> None:
        use = make_use(state=state)
        for is_another in (False, True):
            with pytest.raises(uses.AlreadyReported) as known:
                uses.report(use.output, use_data(**other), by=some_user(), is_another=is_another)
            assert known.value.use == use
            assert known.value.is_same

    @pytest.mark.parametrize(
        "other", [{"issuer_name": "Pemerintah Kabupaten Lain"}, {"year": 2023, "date": None, "title_id": "Lain"}]
    )
    def test_what_is_like_it_is_asked_about(self, other: dict[str, Any]) -> None:
        use = make_use()
        with pytest.raises(uses.AlreadyReported) as known:
            uses.report(use.output, use_data(**other), by=some_user())
        assert not known.value.is_same
        assert uses.report(use.output, use_data(**other), by=some_user(), is_another=True).pk

    @pytest.mark.parametrize("state", ["declined", "withdrawn"])
    def test_what_was_refused_may_be_reported_by_others(self, state: str) -> None:
        use = make_use(state=state)
        assert uses.report(use.output, use_data(), by=some_user()).pk

    def test_of_another_output_or_kind(self) -> None:
        use = make_use()
        assert uses.report(make_output(), use_data(), by=some_user()).pk
        assert uses.report(use.output, use_data(kind="guideline"), by=some_user()).pk

    def test_two_without_number_and_name_in_common(self) -> None:
        use = make_use(number="")
        assert uses.report(use.output, use_data(number="", title_id="Lain"), by=some_user()).pk

    def test_its_own_correction_is_no_duplicate_but_others_are(self) -> None:
        use = make_use(state="declined")
        make_use(use.output)
        with pytest.raises(uses.AlreadyReported):
            again(use)


class TestPublic:
    @pytest.mark.parametrize("state", list(UseState))
    def test_only_accepted_ones(self, state: UseState) -> None:
        use = make_use(state=state)
        assert Use.objects.public().exists() == (state == "accepted")
        assert Use.objects.visible_to(use.reported_by).exists()
        assert Use.objects.visible_to(use.output.owner).exists()
        assert Use.objects.visible_to(curator()).exists()
        assert Use.objects.visible_to(some_user()).exists() == (state == "accepted")

    def test_goes_with_its_output(self) -> None:
        use = make_use()
        withdraw(use.output)
        assert not Use.objects.public().exists()

    def test_changes_reach_the_kept_pages_and_followers(self) -> None:
        use = make_use(state="reported")
        before = Change.objects.count()
        use = uses.accept(use, by=curator(), seen=use.reported_at)
        uses.withdraw(use, "Dicabut.", by=curator())
        assert Change.objects.count() == before + 2


class TestMails:
    @pytest.fixture(autouse=True)
    def at_once(self, settings: Any) -> None:
        settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": []}}

    @staticmethod
    def sent(run: Callable[[], Any]) -> dict[str, str]:
        mail.outbox.clear()
        run()
        return {message.to[0]: message.subject + message.body for message in mail.outbox}

    def test_reach_reporter_and_owners_in_their_language(self) -> None:
        reporter = make_user("pelapor@contoh.id", language="en")
        use = make_use(state="reported", by=reporter)
        co_owner = some_user()
        use.output.co_owners.add(co_owner)
        sent = self.sent(lambda: uses.accept(use, by=curator(), seen=use.reported_at))
        assert set(sent) == {reporter.email, use.output.owner.email, co_owner.email}
        assert f"/en/bukti/penggunaan/laporan/{use.pk}/" in sent[reporter.email]
        assert "Used in practice" in sent[reporter.email]
        assert f"/publikasi/{use.output.public_id}/" in sent[co_owner.email]

    def test_a_refusal_reaches_the_reporter_alone_with_the_reason(self) -> None:
        use = make_use(state="reported")
        sent = self.sent(lambda: uses.decline(use, "Pasal 7 tidak ada.", by=curator()))
        assert set(sent) == {use.reported_by.email}
        assert "Pasal 7 tidak ada." in sent[use.reported_by.email]

    def test_a_withdrawal_says_why(self) -> None:
        use = make_use()
        sent = self.sent(lambda: uses.withdraw(use, "Dicabut.", by=curator()))
        assert set(sent) == {use.reported_by.email, use.output.owner.email}
        assert all("Dicabut." in text for text in sent.values())


class TestReporter:
    def test_is_named_with_organisation_and_never_by_mail(self) -> None:
        reporter = make_user("pelapor@contoh.id", name="Ani Lestari")
        reporter.person.affiliation = make_organisation("Dinas Sosial Contoh")
        reporter.person.save()
        use = make_use(by=reporter)
        assert use.reporter_name == "Ani Lestari"
        assert str(use.reporter_organisation) == "Dinas Sosial Contoh"
        nameless = make_use(by=some_user())
        User.objects.filter(pk=nameless.reported_by_id).update(name="")
        nameless.reported_by.refresh_from_db()
        assert "@" not in nameless.reporter_name

    def test_of_a_deleted_account(self) -> None:
        reporter = make_user("pelapor@contoh.id", name="Ani Lestari")
        use = make_use(by=reporter)
        delete_account(reporter)
        use = Use.objects.get(pk=use.pk)
        assert use.reporter_name == "akun terhapus"
        assert use.reporter_organisation is None

    def test_no_words_of_a_report_stay_in_the_log(self) -> None:
        use = make_use(state="declined", how_id="Rahasia lama.")
        uses.report_again(use, use_data(how_id="Rahasia baru.", number="9/2024"), by=use.reported_by)
        logged = list(LogEntry.objects.filter(target=f"evidence.use:{use.pk}").values_list("action", "changes"))
        assert "Rahasia" not in str(logged) and TITLE not in str(logged)
        changed = dict(logged)["use.corrected"]
        assert changed == {"how_id": [len("Rahasia lama."), len("Rahasia baru.")], "number": [6, 6]}

    def test_gets_a_copy(self) -> None:
        use = make_use(state="declined")
        copy = evidence_of(use.reported_by)[1]["uses"]
        assert [(one["id"], one["title_id"], one["state"]) for one in copy] == [(use.pk, TITLE, "declined")]


@pytest.mark.parametrize(
    ("constraint", "state", "columns"),
    [
        ("use_has_issuer", "reported", {"issuer_name": "", "issuer": None}),
        ("use_decided_has_date", "accepted", {"decided_on": None}),
        ("use_decided_has_date", "accepted", {"decided_by": None}),
        ("use_refused_has_reason", "declined", {"reason": ""}),
        ("use_date_in_year", "reported", {"date": datetime.date(2020, 1, 1)}),
        ("use_date_as_precise", "reported", {"date": None}),
        ("use_date_as_precise", "reported", {"date_precision": "year"}),
        ("use_date_as_precise", "reported", {"date_precision": "month"}),
        ("use_date_as_precise", "reported", {"date_precision": "hour"}),
        ("use_kind_known", "reported", {"kind": "rumour"}),
    ],
)
def test_the_database_refuses(constraint: str, state: str, columns: dict[str, Any]) -> None:
    make_use(state=state)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Use.objects.update(**columns)
