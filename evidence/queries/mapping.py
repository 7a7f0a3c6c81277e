"""What the evidence map counts: always the public findings, in two statements whatever their number."""

from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from evidence.mapping.asked import MAY_BE_UNTOLD, Asked
from evidence.mapping.building import build
from evidence.mapping.cells import NOTHING, Counts, EvidenceMap
from evidence.mapping.gap import Gap
from evidence.mapping.tallying import tallied
from evidence.mapping.vocabulary import KINDS, NOT_TOLD, Term, Vocabulary
from evidence.models import Finding, FindingQuerySet, MapAxis
from publications.queries.generation import per_generation
from taxonomy.models import Pmks

__all__ = ["Gap", "counts_of", "evidence_map", "gaps", "matching", "vocabulary"]

_PARENTS = {"pmks": "cluster_id", "service": "pillar_id", "method": "parent_id"}
_COLUMNS = {MapAxis.SERVICE: "service_id", MapAxis.OUTCOME: "outcome_id"}


def gaps(pmks: Pmks | None = None, axis: MapAxis | None = None, generation: int | None = None) -> list[Gap]:
    """The empty cells of the map: of one PMKS or of all, of one axis or of both (services first).

    First those whose column is studied most elsewhere. With a `generation` (`generation_of(request)`) what was counted
    for the map itself is used again.
    """
    known = vocabulary(generation)
    people = [term for term in known.offered("pmks") if pmks is None or term.pk == pmks.pk]
    axes = [axis] if axis else list(MapAxis)
    return [gap for each in axes for gap in _gaps(each, people, known, counts_of(Asked(axis=each), generation))]


def _gaps(axis: MapAxis, people: list[Term], known: Vocabulary, counts: Counts) -> list[Gap]:
    columns = known.offered("service" if axis == MapAxis.SERVICE else "outcome")
    found = [
        Gap(axis, row, column, counts.rows.get(row.pk, NOTHING).studies, counts.columns.get(column.pk, NOTHING).studies)
        for row in people
        for column in columns
        if (row.pk, column.pk) not in counts.cells
    ]
    return sorted(found, key=lambda gap: (-gap.column_studies, -gap.row_studies))


def vocabulary(generation: int | None) -> Vocabulary:
    return Vocabulary(per_generation(generation, "evidence:vocabulary", _terms))


def _terms() -> list[Term]:
    statement = " UNION ALL ".join(
        f"SELECT id, '{kind}' AS kind, code, slug, label_id, label_en, {_PARENTS.get(kind, 'NULL::bigint')},"  # noqa: S608 - constants only
        f" retired_on IS NOT NULL, position FROM taxonomy_{kind}"
        for kind in KINDS
    )
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} ORDER BY kind, position, code")
        return [Term(*row[:-1]) for row in cursor.fetchall()]


def matching(asked: Asked, known: Vocabulary) -> FindingQuerySet:
    """The public findings that count: the one meaning of all filters, for map, list and files."""
    findings = Finding.objects.public()
    for condition in (*_of_paper(asked, known), *_of_people(asked, known), *_of_finding(asked, known)):
        findings = findings.filter(condition)
    return findings


def _of_paper(asked: Asked, known: Vocabulary) -> list[Q]:
    conditions = []
    if asked.year_from is not None:
        conditions.append(Q(output__year__gte=asked.year_from))
    if asked.year_to is not None:
        conditions.append(Q(output__year__lte=asked.year_to))
    if types := asked.values("jenis"):
        conditions.append(Q(output__type__in=known.ids("outputtype", types)))
    return conditions


def _of_people(asked: Asked, known: Vocabulary) -> list[Q]:
    links = Finding.pmks.through.objects.filter(finding=OuterRef("pk"))
    conditions: list[Q] = []
    if people := asked.values("pmks"):
        wanted = Q(Exists(links.filter(pmks__in=known.ids("pmks", people))))
        conditions.append(wanted | Q(~Exists(links)) if NOT_TOLD in people else wanted)
    if clusters := asked.values("klaster"):
        ids = known.ids("cluster", clusters)
        members = [term.pk for term in known.terms["pmks"] if term.parent in ids]
        conditions.append(Q(Exists(links.filter(pmks__in=members))))
    if provinces := asked.values("provinsi"):
        places = Finding.provinces.through.objects.filter(finding=OuterRef("pk"))
        conditions.append(Q(Exists(places.filter(province__in=known.ids("province", provinces)))))
    return conditions


def _of_finding(asked: Asked, known: Vocabulary) -> list[Q]:
    conditions = [
        _one_of(field, known.ids(kind, values), NOT_TOLD in values and name in MAY_BE_UNTOLD)
        for name, kind, field in (("layanan", "service", "service"), ("luaran", "outcome", "outcome"))
        if (values := asked.values(name))
    ]
    if methods := asked.values("metode"):
        conditions.append(Q(method__in=known.with_narrower("method", methods)))
    if directions := asked.values("arah"):
        conditions.append(Q(direction__in=directions))
    if asked.strength is not None:
        conditions.append(Q(strength__gte=asked.strength))
    if asked.applicability is not None:
        conditions.append(Q(applicability__gte=asked.applicability))
    return conditions


def _one_of(field: str, ids: list[int], or_none: bool) -> Q:
    wanted = Q(**{f"{field}__in": ids})
    return wanted | Q(**{f"{field}__isnull": True}) if or_none else wanted


def evidence_map(asked: Asked, generation: int | None) -> EvidenceMap:
    known = vocabulary(generation)
    return build(asked, known, counts_of(asked, generation), reverse("evidence:finding_list"))


def counts_of(asked: Asked, generation: int | None) -> Counts:
    """Counted once a generation for each set of filters; folding costs nothing."""
    asked = asked.for_map()
    key = f"evidence:map:{asked.axis}:{asked.filters()}"
    return per_generation(generation, key, lambda: _counted(asked, vocabulary(generation)))


# Each finding in each of its PMKS, in heaps: what is counted once where several heaps come together is left to sets.
_HEAPS = """
    SELECT link.pmks_id, found.col, found.strength, array_agg(found.id), array_agg(found.output)
      FROM ({found}) found(id, output, col, strength)
      LEFT JOIN evidence_finding_pmks link ON link.finding_id = found.id
     GROUP BY 1, 2, 3
"""


def _counted(asked: Asked, known: Vocabulary) -> Counts:
    found = matching(asked, known).order_by().values_list("pk", "output_id", _COLUMNS[asked.axis], "strength")
    sql, parameters = found.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_HEAPS.format(found=sql), parameters)
        return tallied(cursor, {term.pk: term.parent for term in known.terms["pmks"] if term.parent is not None})
