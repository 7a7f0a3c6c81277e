"""The sample findings: loaded once, in every state, by several people, with their dates in order."""

import time
from collections import Counter
from typing import Any

import pypdfium2
import pytest
from django.core.management import call_command
from django.db.models import Count, F
from django.utils import timezone, translation

from accounts.models import LogEntry, Organisation, User
from evidence.demo import content, loading
from evidence.demo.places import untouched_places
from evidence.models import Brief, Finding, PlainSummary, Rating, Recommendation, RecommendationStep, Use, UseKind
from kesos_repo.start import prepare
from portal.brief.content import TEMPLATE, brief_of
from publications import typesetting
from publications.actions import review
from publications.demo import accounts
from publications.demo import content as outputs
from publications.demo.loading import SOURCE, published_on
from publications.demo.typesetting import typeset
from publications.models import Change, Output, RelationKind, Version
from taxonomy.loading import rows_of
from taxonomy.models import Pmks
from tests.factories import publications as factory

EVIDENCE = content.evidence()
OUTPUTS = {output["key"]: output for output in outputs.outputs()}
FINDINGS = [finding for evidence in EVIDENCE.values() for finding in evidence.findings]
RECOMMENDATIONS = [one for evidence in EVIDENCE.values() for one in evidence.recommendations]


def make_sample(key: str, owner: User) -> Output:
    """An output in the state of the sample of this key, without its text and its PDF."""
    record = OUTPUTS[key]
    if record["state"] in ("published", "withdrawn"):
        output = factory.make_output(owner, published_at=published_on(record["date"]))
    else:
        output = factory.make_submitted(owner).output
    if record["state"] == "withdrawn":
        factory.withdraw(output)
    if record["state"] == "returned":
        review.return_to_author(output.versions.get(), "Lengkapi metode.", by=factory.some_curator())
    Output.objects.filter(pk=output.pk).update(source=SOURCE, source_id=key, is_sample=True)
    return output


def make_samples(*keys: str) -> None:
    users = accounts.create_accounts()
    for key in keys or EVIDENCE:
        hers = OUTPUTS[key]["state"] in ("submitted", "returned") or key == "pascarehab-napza-samarinda"
        make_sample(key, users[accounts.RESEARCHER if hers else accounts.LIBRARIAN])


def load() -> int:
    return loading.load(lambda text: None)


@pytest.mark.django_db
class TestLoaded:
    def test_everything_as_it_should_be(self, vocabularies: None) -> None:
        """Making all the outputs is slow, so that the many sides of the findings are looked at together."""
        make_samples()
        mails, changes = self.mails(), Change.objects.count()
        began = time.process_time()
        assert load() == len(FINDINGS)
        assert time.process_time() - began < 8
        assert self.mails() == mails, "no mail about history"
        self.states()
        self.two_pairs_of_eyes()
        self.dates()
        self.ratings()
        self.recommendations()
        self.uses()
        self.briefs()
        self.sheets()
        self.traces(Change.objects.values_list("output", flat=True)[changes:])
        self.second_time_changes_nothing()

    def mails(self) -> int:
        from django_tasks_db.models import DBTaskResult

        return DBTaskResult.objects.count()

    def states(self) -> None:
        assert Counter(Finding.objects.values_list("output__state", "state")) == {
            ("published", "checked"): 236, ("published", "proposed"): 2, ("published", "returned"): 1,
            ("withdrawn", "checked"): 2, ("unpublished", "proposed"): 9, ("unpublished", "draft"): 2,
        }  # fmt: skip
        public = Finding.objects.public()
        assert public.count() == 236
        assert not public.filter(statement_id="").exists() and not public.filter(statement_en="").exists()
        assert not public.filter(pmks=None).exists() and not public.filter(outcome=None).exists()
        assert PlainSummary.objects.filter(checked_on__isnull=False).count() == 42
        assert Recommendation.objects.public().count() == len(RECOMMENDATIONS) == 89

    def briefs(self) -> None:
        """One published, one in the making; based on sample findings, it says itself that it is sample data."""
        made, waiting = Brief.objects.order_by("pk")
        assert made.owner == waiting.owner == User.objects.get(email=accounts.POLICYMAKER.email)
        output = made.output
        assert output is not None and output.is_public and output.is_sample and output.current is not None
        assert output.current.curator not in (None, made.owner)
        assert output.current.relations.filter(kind=RelationKind.IS_BASED_ON).count() == made.items.count() > 1
        assert waiting.output is None and waiting.items.exists()

    def sheets(self) -> None:
        """Also of the topics with the most findings, in both languages: one page."""
        fullest = Pmks.objects.filter(findings__in=Finding.objects.public()).annotate(n=Count("pk")).order_by("-n")
        for topic in fullest[:3]:
            for language in ("id", "en"):
                with translation.override(language):
                    pdf = typesetting.typeset(TEMPLATE, brief_of(topic, None))
                assert len(pypdfium2.PdfDocument(pdf)) == 1, (topic, language)

    def two_pairs_of_eyes(self) -> None:
        assert not Finding.objects.filter(checked_by=F("entered_by")).exists()
        names = {"Ratri Wulansih, M.Si.", "Yosafat Mananel, M.Kesos."}
        assert set(Finding.objects.public().values_list("checked_by__name", flat=True)) == names
        researcher = User.objects.get(email=accounts.RESEARCHER.email)
        assert Finding.objects.get(state="returned").entered_by == researcher
        assert Finding.objects.filter(state="proposed").exclude(entered_by=researcher).count() == 1

    def dates(self) -> None:
        checked = Finding.objects.filter(state="checked")
        assert not checked.filter(checked_on__lt=F("version__published_at__date")).exists()
        assert not checked.filter(proposed_at__lt=F("version__published_at")).exists()
        assert not Rating.objects.filter(rated_on__lt=F("finding__checked_on"), finding__state="checked").exists()
        assert not Recommendation.objects.filter(checked_on__lt=F("findings__checked_on")).exists()
        assert not RecommendationStep.objects.filter(at__date__lt=F("recommendation__checked_on")).exists()

    def ratings(self) -> None:
        assert set(Rating.objects.values_list("rater__email", flat=True)) == {
            "penilai1@contoh.id",
            "penilai2@contoh.id",
        }
        finding = Finding.objects.get(statement_id__startswith="Balita yang diasuh nenek")
        assert (finding.strength, finding.applicability) == (2, 3)
        assert finding.ratings.count() == 4
        assert not Finding.objects.filter(state="checked", strength=None).exists()
        assert not Rating.objects.filter(finding__state__in=["draft", "returned"]).exists()

    def recommendations(self) -> None:
        last = Counter(one["steps"][-1]["state"] if one["steps"] else "open" for one in RECOMMENDATIONS)
        assert Counter(Recommendation.objects.values_list("state", flat=True)) == last
        own = RecommendationStep.objects.filter(is_on_behalf=False)
        assert {step.by.email for step in own.select_related("by")} == {accounts.POLICYMAKER.email}
        unit = Organisation.objects.get(code="DJRS")
        assert set(own.values_list("recommendation__addressee", flat=True)) == {unit.pk}

    def uses(self) -> None:
        assert Counter(Use.objects.values_list("state", flat=True)) == {
            "accepted": 27, "withdrawn": 1, "declined": 1, "reported": 4,
        }  # fmt: skip
        assert set(Use.objects.values_list("kind", flat=True)) == set(UseKind.values)
        assert len(set(Use.objects.public().values_list("year", flat=True))) > 2
        assert not Use.objects.exclude(output__is_sample=True).exists()
        assert not Use.objects.exclude(title_id__contains="Contoh").exists()
        assert not Use.objects.exclude(url="").exists()
        assert not Use.objects.filter(reported_at__gt=timezone.now()).exists()
        assert not Use.objects.filter(reported_at__lt=F("output__first_published_at")).exists()
        assert not Use.objects.filter(decided_on__lt=F("reported_at__date")).exists()
        assert not Use.objects.filter(year__gt=timezone.localdate().year).exists()
        assert not Use.objects.filter(findings=None).exists()

    def traces(self, changed: Any) -> None:
        logged = Counter(LogEntry.objects.filter(action__startswith="finding.").values_list("action", flat=True))
        assert logged == {
            "finding.entered": 252, "finding.proposed": 250, "finding.checked": 238, "finding.returned": 1,
            "finding.rated": Rating.objects.count(),
        }  # fmt: skip
        assert set(changed) == set(Output.objects.public().values_list("pk", flat=True))

    def second_time_changes_nothing(self) -> None:
        models = (Finding, Rating, Recommendation, RecommendationStep, PlainSummary, Use, Change, LogEntry, User)
        before = [model.objects.count() for model in models]
        assert not loading.wanted()
        assert load() == 0
        assert [model.objects.count() for model in models] == before


@pytest.mark.django_db
def test_a_demo_from_before_there_were_findings_gets_them(vocabularies: None, settings: Any) -> None:
    settings.DEMO = True
    make_samples("pengasuhan-balita-lombok")
    assert prepare.demo_wanted()
    call_command("load_demo", verbosity=0)
    assert Finding.objects.count() == len(EVIDENCE["pengasuhan-balita-lombok"].findings)
    assert Output.objects.count() == 1, "outputs are added with --add only"
    assert not prepare.demo_wanted()


@pytest.mark.django_db
def test_what_somebody_has_begun_is_left_alone(vocabularies: None) -> None:
    make_samples("pengasuhan-balita-lombok", "deteksi-dini-balita-tts")
    load()
    lombok = Finding.objects.filter(output__source_id="pengasuhan-balita-lombok")
    lombok.exclude(pk=lombok.earliest("pk").pk).delete()
    assert load() == 0
    assert lombok.count() == 1


@pytest.mark.django_db
def test_real_outputs_get_no_sample_findings(vocabularies: None, settings: Any) -> None:
    settings.DEMO = True
    factory.make_output()
    assert not prepare.demo_wanted()
    assert load() == 0


@pytest.mark.django_db
def test_read_in_the_newest_version_that_came_before_the_answers(vocabularies: None) -> None:
    key = "bantuan-alat-disabilitas-sulbar"
    assert EVIDENCE[key].first_answer
    make_samples(key)
    output = Output.objects.get(source_id=key)
    later = factory.make_version(output)
    assert [place.version.number for place in untouched_places()] == [1]
    Version.objects.filter(pk=later.pk).update(published_at=output.first_published_at)
    assert [place.version.number for place in untouched_places()] == [2]


def test_keys_and_codes_exist() -> None:
    assert len({finding["key"] for finding in FINDINGS}) == len(FINDINGS) == 252
    assert set(EVIDENCE) <= set(OUTPUTS)
    known = {name: {row["code"] for row in rows_of(table)} for name, table in CODES.items()}
    known["provinces"] = {row["iso_3166_2"] for row in rows_of("provinces")}
    for finding in FINDINGS:
        assert finding["pmks"] and set(finding["pmks"]) <= known["pmks"], finding["key"]
        assert set(finding["provinces"]) <= known["provinces"], finding["key"]
        assert all(finding[name] in {None, *known[name]} for name in ("service", "outcome", "method")), finding["key"]


CODES = {"pmks": "pmks_26", "service": "services", "outcome": "outcomes", "method": "methods"}


def test_texts_are_said_in_both_languages_or_in_none() -> None:
    for record in FINDINGS + RECOMMENDATIONS:
        for name in (name.removesuffix("_id") for name in record if name.endswith("_id")):
            assert bool(record[f"{name}_id"]) == bool(record[f"{name}_en"]), (record["key"], name)


def test_recommendations_are_of_one_output() -> None:
    home = {finding["key"]: finding["output"] for finding in FINDINGS}
    assert all(len({home[key] for key in one["findings"]}) == 1 for one in RECOMMENDATIONS)


def test_pages_exist_in_the_documents() -> None:
    for key, evidence in EVIDENCE.items():
        named = [finding["page"] for finding in evidence.findings if finding["page"]]
        if OUTPUTS[key]["access"] == "metadata_only":
            assert not named, key
            continue
        assert len(named) == len(evidence.findings), key
        for number in range(1, len(OUTPUTS[key]["versions"]) + 1):
            with pypdfium2.PdfDocument(typeset(OUTPUTS[key], number)) as document:
                assert max(named) <= len(document), key
