"""Authors as readers meet them: only those of public outputs exist here."""

from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, QuerySet

from accounts.models import Person
from publications.models import Contributor, Output, TopicListing
from publications.queries.generation import per_generation
from publications.states import OutputState

from .letters import Letter, count_letters, starting_with

MOST = 10
NEWEST = ("-sort_date", "-pk")


@dataclass(frozen=True, slots=True)
class Counted:
    """Somebody or something with a number of outputs."""

    pk: int
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class PersonFacts:
    coauthors: list[Counted]
    topics: list[tuple[int, int]]


def public_contributions() -> QuerySet[Contributor]:
    """Of the current versions of public outputs."""
    return Contributor.objects.filter(
        version__output__state=OutputState.PUBLISHED, version__output__current=F("version")
    )


def identities(person: Person) -> list[int]:
    """This person and the duplicates that were merged into them."""
    return [person.pk, *person.merged.values_list("pk", flat=True)]


def outputs_of(people: list[int]) -> QuerySet[Output]:
    return Output.objects.public().filter(current__in=Contributor.objects.filter(person__in=people).values("version"))


def person_facts(people: list[int], generation: int | None) -> PersonFacts:
    return per_generation(generation, f"person:{people[0]}", lambda: _facts(people))


def _facts(people: list[int]) -> PersonFacts:
    works = outputs_of(people).order_by()
    others = (
        Contributor.objects.filter(version__in=works.values("current"))
        .exclude(person=None)
        .exclude(person__in=people)
        .order_by()
        .values_list("person", "person__given_name", "person__family_name")
        .annotate(n=Count("version", distinct=True))
        .order_by("-n", "person__family_name")[:MOST]
    )
    topics = TopicListing.objects.filter(output__in=works.values("pk")).order_by().values_list("pmks")
    return PersonFacts(
        coauthors=[Counted(pk, f"{given} {family}".strip(), n) for pk, given, family, n in others],
        topics=list(topics.annotate(n=Count("pk")).order_by("-n", "pmks")[:MOST]),
    )


def listed_people() -> QuerySet[Person]:
    published = public_contributions().filter(person=OuterRef("pk"))
    return Person.objects.filter(Exists(published), merged_into=None)


def people_letters(generation: int | None) -> list[Letter]:
    return per_generation(generation, "people", lambda: count_letters(listed_people(), "family_name"))


def people_starting_with(letter: str) -> QuerySet[Person]:
    return starting_with(listed_people(), "family_name", letter).order_by("family_name", "given_name", "pk")


def people_with_counts(ids: list[int]) -> list[tuple[Person, int]]:
    """In the order of `ids`."""
    counts = dict(
        public_contributions()
        .filter(person__in=ids)
        .order_by()
        .values_list("person")
        .annotate(n=Count("version", distinct=True))
    )
    people = Person.objects.select_related("affiliation").in_bulk(ids)
    return [(people[pk], counts.get(pk, 0)) for pk in ids if pk in people]
