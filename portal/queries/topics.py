"""What the pages of the 26 PMKS show. Counts are kept until something public changes."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from evidence.mapping.vocabulary import Term, Vocabulary
from portal.queries.home import CountedCluster, CountedTerm, provinces_by_count, topics_by_cluster
from portal.queries.people import Counted
from publications.models import TopicListing, Version
from publications.queries.generation import per_generation
from publications.queries.lists import ListPage
from publications.queries.paging import Paging, ids_on_page
from publications.states import OutputState
from taxonomy.models import Pmks

MOST_PEOPLE = 8
MOST_RELATED = 6
MOST_METHODS = 8


@dataclass(frozen=True, slots=True)
class TopicFacts:
    total: int
    years: list[tuple[int, int]]
    tiles: list[CountedTerm]
    people: list[Counted]
    organisations: list[Counted]
    related: list[tuple[int, int]]  # topic and number of outputs that both list
    methods: list[tuple[int, int]]  # method and number of outputs

    @property
    def places_without(self) -> list[CountedTerm]:
        """Provinces that no publication on the topic names."""
        return [tile for tile in self.tiles if not tile.count]


def counted_clusters(generation: int | None) -> list[CountedCluster]:
    """Every current topic with its number of outputs, in the order of the regulation."""
    return per_generation(generation, "topics", topics_by_cluster)


def _public() -> QuerySet[TopicListing]:
    return TopicListing.objects.filter(output__state=OutputState.PUBLISHED)


def topic_facts(topic: Pmks, generation: int | None) -> TopicFacts:
    return per_generation(generation, f"topic:{topic.pk}", lambda: _facts(topic))


def _facts(topic: Pmks) -> TopicFacts:
    listed = _public().filter(pmks=topic)
    years = listed.order_by().values_list("output__year").annotate(n=Count("pk")).order_by("output__year")
    counted_years = [(year, count) for year, count in years if year is not None]
    return TopicFacts(
        total=sum(count for _year, count in counted_years),
        years=counted_years,
        tiles=provinces_by_count(listed.values("output__current")),
        people=_people(topic),
        organisations=_organisations(topic),
        related=_related(topic),
        methods=_methods(listed.values("output__current")),
    )


def _methods(versions: QuerySet[Any]) -> list[tuple[int, int]]:
    links: Any = Version.methods.through.objects.filter(version__in=versions).order_by()
    return list(links.values_list("method").annotate(n=Count("pk")).order_by("-n", "method")[:MOST_METHODS])


def _people(topic: Pmks) -> list[Counted]:
    person = "output__current__contributors__person"
    counted = (
        _public()
        .filter(Q(pmks=topic) & ~Q(**{person: None}))
        .order_by()
        .values_list(person, f"{person}__given_name", f"{person}__family_name")
        .annotate(n=Count("output", distinct=True))
        .order_by("-n", f"{person}__family_name")[:MOST_PEOPLE]
    )
    return [Counted(pk, f"{given} {family}".strip(), n) for pk, given, family, n in counted]


def _organisations(topic: Pmks) -> list[Counted]:
    organisation = "output__current__contributors__affiliation"
    counted = (
        _public()
        .filter(Q(pmks=topic) & ~Q(**{organisation: None}))
        .order_by()
        .values_list(organisation, f"{organisation}__name")
        .annotate(n=Count("output", distinct=True))
        .order_by("-n", f"{organisation}__name")[:MOST_PEOPLE]
    )
    return [Counted(*row) for row in counted]


def _related(topic: Pmks) -> list[tuple[int, int]]:
    """Topics that share outputs with this one."""
    counted = (
        _public()
        .filter(output__topic_listings__pmks=topic)
        .exclude(pmks=topic)
        .order_by()
        .values_list("pmks_id")
        .annotate(n=Count("pk"))
        .order_by("-n", "pmks_id")
    )
    return list(counted[:MOST_RELATED])


def related_topics(topic: Pmks, facts: TopicFacts, vocabulary: Vocabulary) -> list[Term]:
    """First those that share outputs, then the others of the same cluster."""
    current = {other.pk: other for other in vocabulary.offered("pmks") if other.pk != topic.pk}
    sharing = [pk for pk, _count in facts.related if pk in current]
    beside = [pk for pk, other in current.items() if other.parent == topic.cluster_id and pk not in sharing]
    return [current[pk] for pk in (*sharing, *beside)[:MOST_RELATED]]


def topic_page(topic: Pmks, number: int, generation: int | None) -> ListPage:
    listed = TopicListing.objects.filter(pmks=topic)
    paging = Paging.nearest(number, per_generation(generation, f"topic-count:{topic.pk}", listed.count))
    ordered = listed.order_by("-sort_date", "-output_id").values_list("output_id", flat=True)
    return ListPage(ids_on_page(ordered, paging), paging)


def topics_named(counted: list[tuple[int, int]]) -> list[tuple[Pmks, int]]:
    """(topic, count) for (id of a topic, count), in the same order."""
    found = Pmks.objects.in_bulk([pk for pk, _count in counted])
    return [(found[pk], count) for pk, count in counted if pk in found]
