"""What the dashboard counts: public things alone, in a fixed number of statements, kept until something changes."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, OuterRef, QuerySet

from evidence.mapping.vocabulary import Vocabulary
from evidence.models import WANTED_RATERS, Finding, PlainSummary, Question, Recommendation, Use
from evidence.queries.mapping import matching
from evidence.states import QuestionState
from portal.dashboard.asked import Asked
from publications.models import Output, TopicListing, Version
from publications.queries.generation import per_generation

NEWEST_QUESTIONS = 5
ALL = 0
Counts = dict[str, dict[Any, int]]


@dataclass(frozen=True, slots=True)
class Numbers:
    """Counts by kind ("pmks", "year" …) and key; what is counted as a whole stands under `ALL`.

    `uses` by kind and year, `recommendations` by addressee and state, `questions` by PMKS and state.
    """

    outputs: Counts
    findings: Counts
    uses: dict[tuple[str, int], int]
    recommendations: dict[tuple[str, str], int]
    questions: dict[tuple[int, str], int]


def numbers(asked: Asked, known: Vocabulary, generation: int | None) -> Numbers:
    return per_generation(generation, f"dashboard:{asked.query}", lambda: _numbers(asked, known))


def _numbers(asked: Asked, known: Vocabulary) -> Numbers:
    return Numbers(
        outputs=_outputs(asked, known),
        findings=_findings(asked, known),
        uses=_pairs(_of_papers(Use.objects.public(), asked, known), "kind", "year"),
        recommendations=_pairs(_of_papers(Recommendation.objects.public(), asked, known), "addressee_kind", "state"),
        questions=_pairs(_questions(asked, known), "pmks", "state"),
    )


def outputs_asked(asked: Asked, known: Vocabulary) -> QuerySet[Output]:
    """The public outputs that the filters choose, by what their current version says."""
    found = Output.objects.public()
    if asked.year_from is not None:
        found = found.filter(year__gte=asked.year_from)
    if asked.year_to is not None:
        found = found.filter(year__lte=asked.year_to)
    if asked.cluster:
        people = [term.pk for term in asked.people(known)]
        found = found.filter(Exists(TopicListing.objects.filter(output=OuterRef("pk"), pmks__in=people)))
    if asked.province:
        found = found.filter(_has(Version.provinces.through, province=asked.province.pk))
    if asked.pillar:
        services = [term.pk for term in asked.services(known)]
        of_pillar = _has(Version.pillars.through, pillar=asked.pillar.pk)
        found = found.filter(of_pillar | _has(Version.services.through, service__in=services))
    return found


def _has(through: Any, **term: Any) -> Exists:
    return Exists(through.objects.filter(version=OuterRef("current"), **term))


# In the index, and so in the list of publications, a publication has the pillars of its services too.
_COUNT_OUTPUTS = """
    WITH found(version, year) AS MATERIALIZED ({found}),
         pillars AS (
             SELECT version, link.pillar_id AS pillar FROM found
               JOIN publications_version_pillars link ON link.version_id = version
             UNION
             SELECT version, service.pillar_id FROM found
               JOIN publications_version_services link ON link.version_id = version
               JOIN taxonomy_service service ON service.id = link.service_id)
    SELECT CASE GROUPING(year) WHEN 0 THEN 'year' ELSE 'all' END, coalesce(year, 0), count(*) FROM found
     GROUP BY GROUPING SETS ((year), ())
    UNION ALL SELECT 'pillar', pillar, count(*) FROM pillars GROUP BY pillar
    UNION ALL SELECT 'pmks', pmks, count(*) FROM ({listed}) AS listed(pmks) GROUP BY pmks
    UNION ALL SELECT 'province', link.province_id, count(*) FROM found
                JOIN publications_version_provinces link ON link.version_id = version GROUP BY link.province_id
    UNION ALL SELECT 'with_findings', 0, count(DISTINCT output) FROM ({told}) AS told(output)
    UNION ALL SELECT 'with_summary', 0, count(*) FROM ({summaries}) AS summary(output)
"""


def _outputs(asked: Asked, known: Vocabulary) -> Counts:
    found = outputs_asked(asked, known).order_by()
    summaries = PlainSummary.objects.filter(checked_on__isnull=False, output__in=found.values("pk"))
    return _counted(
        _COUNT_OUTPUTS,
        found=found.values_list("current_id", "year"),
        listed=_of_papers(TopicListing.objects.all(), asked, known).order_by().values_list("pmks_id"),
        told=_of_papers(Finding.objects.public(), asked, known).order_by().values_list("output_id"),
        summaries=summaries.order_by().values_list("output_id"),
    )


_COUNT_FINDINGS = f"""
    WITH found(id, year, service, outcome, cost, harms, harms_en) AS MATERIALIZED ({{found}}),
         about AS MATERIALIZED (
             SELECT found.*, link.pmks_id AS pmks FROM found
               JOIN evidence_finding_pmks link ON link.finding_id = found.id)
    SELECT CASE GROUPING(year) WHEN 0 THEN 'year' ELSE 'all' END, coalesce(year, 0), count(*) FROM found
     GROUP BY GROUPING SETS ((year), ())
    UNION ALL SELECT 'pillar', service.pillar_id, count(*) FROM found
                JOIN taxonomy_service service ON service.id = found.service GROUP BY service.pillar_id
    UNION ALL SELECT 'pmks', pmks, count(*) FROM about GROUP BY pmks
    UNION ALL SELECT 'province', link.province_id, count(*) FROM found
                JOIN evidence_finding_provinces link ON link.finding_id = found.id GROUP BY link.province_id
    UNION ALL SELECT 'service:' || service, pmks, count(*) FROM about WHERE service IS NOT NULL GROUP BY service, pmks
    UNION ALL SELECT 'outcome:' || outcome, pmks, count(*) FROM about GROUP BY outcome, pmks
    UNION ALL SELECT 'with_cost', 0, count(*) FROM found WHERE cost IS NOT NULL
    UNION ALL SELECT 'with_harms', 0, count(*) FROM found WHERE harms <> '' OR harms_en <> ''
    UNION ALL SELECT 'rated_' || kind, 0, count(*) FROM (
                SELECT rating.kind FROM found JOIN evidence_rating rating ON rating.finding_id = found.id
                 GROUP BY found.id, rating.kind HAVING count(*) >= {WANTED_RATERS}) AS rated GROUP BY kind
"""  # noqa: S608 - constants only


def _findings(asked: Asked, known: Vocabulary) -> Counts:
    found = matching(asked.findings(known), known).order_by()
    columns = found.values_list("pk", "output__year", "service_id", "outcome_id", "cost_amount", "harms_id", "harms_en")
    return _counted(_COUNT_FINDINGS, found=columns)


def _counted(statement: str, **parts: QuerySet[Any, Any]) -> Counts:
    """`parts` in the order in which the statement names them."""
    compiled = {name: part.query.sql_with_params() for name, part in parts.items()}
    parameters = [value for _sql, values in compiled.values() for value in values]
    counts: Counts = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(statement.format(**{name: sql for name, (sql, _values) in compiled.items()}), parameters)
        for kind, key, count in cursor.fetchall():
            counts[kind][key] = count
    return dict(counts)


def _of_papers(things: Any, asked: Asked, known: Vocabulary) -> Any:
    return things.filter(output__in=outputs_asked(asked, known).values("pk")) if asked.is_narrowed else things


def _questions(asked: Asked, known: Vocabulary) -> QuerySet[Question]:
    """Those that are published, and those that wait, of which nothing but their number is told."""
    found = Question.objects.filter(state__in=[QuestionState.ASKED, QuestionState.ANSWERED, QuestionState.PUBLISHED])
    return found.filter(pmks__in=[term.pk for term in asked.people(known)]) if asked.cluster else found


def _pairs(things: QuerySet[Any], one: str, other: str) -> dict[tuple[Any, Any], int]:
    return {(a, b): n for a, b, n in things.order_by().values_list(one, other).annotate(n=Count("pk"))}


def newest_questions(asked: Asked, known: Vocabulary) -> list[Question]:
    found = Question.objects.public().select_related("pmks").order_by("-decided_on", "-pk")
    if asked.cluster:
        found = found.filter(pmks__in=[term.pk for term in asked.people(known)])
    return list(found[:NEWEST_QUESTIONS])
