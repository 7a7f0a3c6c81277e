"""What the first page shows. What costs a scan is kept until something public changes."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, Prefetch, QuerySet

from conferences.models import Edition
from conferences.queries.site import next_edition
from evidence.models import Finding
from evidence.queries.topics import newest_findings
from publications.models import Contributor, Output, TopicListing, Version
from publications.queries.generation import per_generation
from publications.queries.rows import Row, output_rows
from taxonomy.models import Cluster, Pmks, Province

NEWEST_SHOWN = 6
FINDINGS_SHOWN = 3
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


class HomePage:
    """Each part is read when it is drawn; a part that the template keeps is read once a generation."""

    def __init__(self, generation: int | None) -> None:
        self._generation = generation

    @cached_property
    def clusters(self) -> list[CountedCluster]:
        return topics_by_cluster()

    @cached_property
    def tiles(self) -> list[CountedTerm]:
        return provinces_by_count()

    @cached_property
    def numbers(self) -> Numbers:
        return per_generation(self._generation, "home-numbers", lambda: _numbers(self.clusters, self.tiles))

    @cached_property
    def findings(self) -> list[Finding]:
        return newest_findings(FINDINGS_SHOWN)

    @cached_property
    def conference(self) -> Edition | None:
        return next_edition()

    @cached_property
    def newest(self) -> list[Row]:
        return _newest()


def _newest() -> list[Row]:
    ids = Output.objects.public().order_by("-first_published_at", "-pk").values_list("pk", flat=True)
    return output_rows(list(ids[:NEWEST_SHOWN]))


def _numbers(clusters: list[CountedCluster], tiles: list[CountedTerm]) -> Numbers:
    topics = [topic for cluster in clusters for topic in cluster.topics]
    return Numbers(
        outputs=Output.objects.public().count(),
        authors=_authors(),
        topics=sum(1 for topic in topics if topic.count),
        provinces=sum(1 for tile in tiles if tile.count),
    )


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
        CountedTerm(province, counts.get(province.pk, 0), level_of(counts.get(province.pk, 0), most))
        for province in Province.objects.active()
    ]


def level_of(count: int, most: int) -> int:
    """Thirds of the largest count."""
    return 0 if not count else 1 + min(2, 3 * (count - 1) // most)


def _authors() -> int:
    current = Output.objects.public().values("current")
    return Contributor.objects.filter(version__in=current, person__isnull=False).values("person").distinct().count()
