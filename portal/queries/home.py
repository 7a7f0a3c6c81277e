"""What the first page shows. What costs a scan is kept until something public changes."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, QuerySet

from publications.models import Contributor, Output, TopicListing, Version
from publications.queries.generation import content_generation, per_generation
from publications.queries.rows import Row, output_rows
from taxonomy.models import Cluster, Pmks, Province

NEWEST_SHOWN = 6
EXAMPLES = ("lanjut usia terlantar", "anak jalanan", "korban bencana", "pemberdayaan KAT")


@dataclass(frozen=True, slots=True)
class CountedTerm:
    term: Pmks | Province
    count: int
    level: int = 0  # 0 none, 1 few, 2 some, 3 many


@dataclass(frozen=True, slots=True)
class CountedCluster:
    cluster: Cluster
    topics: list[CountedTerm]


@dataclass(frozen=True, slots=True)
class Numbers:
    outputs: int
    authors: int
    topics: int
    provinces: int


@dataclass(frozen=True, slots=True)
class HomePage:
    clusters: list[CountedCluster]
    tiles: list[CountedTerm]
    numbers: Numbers
    newest: list[Row]


def home_page() -> HomePage:
    generation = content_generation()
    clusters, tiles, numbers = per_generation(generation, "home", _counted)
    return HomePage(clusters, tiles, numbers, _newest())


def _newest() -> list[Row]:
    ids = Output.objects.public().order_by("-first_published_at", "-pk").values_list("pk", flat=True)
    return output_rows(list(ids[:NEWEST_SHOWN]))


def _counted() -> tuple[list[CountedCluster], list[CountedTerm], Numbers]:
    clusters, tiles = topics_by_cluster(), provinces_by_count()
    topics = [topic for cluster in clusters for topic in cluster.topics]
    numbers = Numbers(
        outputs=Output.objects.public().count(),
        authors=_authors(),
        topics=sum(1 for topic in topics if topic.count),
        provinces=sum(1 for tile in tiles if tile.count),
    )
    return clusters, tiles, numbers


def topics_by_cluster() -> list[CountedCluster]:
    counts = dict(TopicListing.objects.order_by().values_list("pmks").annotate(n=Count("pk")))
    kinds = Prefetch("pmks", queryset=Pmks.objects.active())
    return [
        CountedCluster(cluster, [CountedTerm(kind, counts.get(kind.pk, 0)) for kind in cluster.pmks.all()])
        for cluster in Cluster.objects.active().prefetch_related(kinds)
    ]


def provinces_by_count(versions: QuerySet[Any] | None = None) -> list[CountedTerm]:
    """Every province with its number of outputs; `versions` are the current ones of all public outputs, or some."""
    chosen: Any = Output.objects.public().values("current") if versions is None else versions
    links = Version.provinces.through.objects.filter(version__in=chosen)
    counts = dict(links.order_by().values_list("province").annotate(n=Count("pk")))
    most = max(counts.values(), default=0)
    return [
        CountedTerm(province, counts.get(province.pk, 0), _level(counts.get(province.pk, 0), most))
        for province in Province.objects.active()
    ]


def _level(count: int, most: int) -> int:
    """Thirds of the largest count."""
    return 0 if not count else 1 + min(2, 3 * (count - 1) // most)


def _authors() -> int:
    current = Output.objects.public().values("current")
    return Contributor.objects.filter(version__in=current, person__isnull=False).values("person").distinct().count()
