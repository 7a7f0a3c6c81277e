"""Organisations as readers meet them: confirmed ones, and those that public outputs name."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.models import Organisation
from publications.models import Contributor, Output, TopicListing
from publications.queries.generation import per_generation

from .letters import Letter, count_letters, starting_with
from .people import Counted, public_contributions

MOST = 12


@dataclass(frozen=True, slots=True)
class OrganisationFacts:
    people: list[Counted]
    topics: list[tuple[int, int]]


def identities(organisation: Organisation) -> list[int]:
    """This organisation and the duplicates that were merged into it."""
    return [organisation.pk, *organisation.merged.values_list("pk", flat=True)]


def outputs_of(organisations: list[int]) -> QuerySet[Output]:
    versions = Contributor.objects.filter(affiliation__in=organisations).values("version")
    return Output.objects.public().filter(current__in=versions)


def organisation_facts(organisations: list[int], generation: int | None) -> OrganisationFacts:
    return per_generation(generation, f"organisation:{organisations[0]}", lambda: _facts(organisations))


def _facts(organisations: list[int]) -> OrganisationFacts:
    works = outputs_of(organisations).order_by()
    people = (
        public_contributions()
        .filter(affiliation__in=organisations)
        .exclude(person=None)
        .order_by()
        .values_list("person", "person__given_name", "person__family_name")
        .annotate(n=Count("version", distinct=True))
        .order_by("-n", "person__family_name")[:MOST]
    )
    topics = TopicListing.objects.filter(output__in=works.values("pk")).order_by().values_list("pmks")
    return OrganisationFacts(
        people=[Counted(pk, f"{given} {family}".strip(), n) for pk, given, family, n in people],
        topics=list(topics.annotate(n=Count("pk")).order_by("-n", "pmks")[:MOST]),
    )


def listed_organisations() -> QuerySet[Organisation]:
    named = public_contributions().filter(affiliation=OuterRef("pk"))
    return Organisation.objects.filter(Q(is_confirmed=True) | Exists(named), merged_into=None)


def organisation_letters(generation: int | None) -> list[Letter]:
    return per_generation(generation, "organisations", lambda: count_letters(listed_organisations(), "name"))


def organisations_starting_with(letter: str) -> QuerySet[Organisation]:
    return starting_with(listed_organisations(), "name", letter).order_by("name", "pk")


def organisations_with_counts(ids: list[int]) -> list[tuple[Organisation, int]]:
    """In the order of `ids`."""
    counts = dict(
        public_contributions()
        .filter(affiliation__in=ids)
        .order_by()
        .values_list("affiliation")
        .annotate(n=Count("version", distinct=True))
    )
    organisations = Organisation.objects.in_bulk(ids)
    return [(organisations[pk], counts.get(pk, 0)) for pk in ids if pk in organisations]
