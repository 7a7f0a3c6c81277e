"""Linking the contributors of a version to people: by ORCID, else by the same name at the same organisation."""

from django.db.models import Q

from accounts.models import Person
from publications.models import Contributor, Version


def link_people(version: Version) -> None:
    for contributor in version.contributors.filter(person=None).select_related("affiliation"):
        contributor.person = _find(contributor) or _create(contributor)
        contributor.orcid_authenticated = bool(
            contributor.orcid
            and contributor.person.orcid == contributor.orcid
            and contributor.person.orcid_authenticated
        )
        contributor.save(update_fields=["person", "orcid_authenticated"])


def _find(contributor: Contributor) -> Person | None:
    """Never two different ORCIDs in one person; a namesake elsewhere is another person."""
    people = Person.objects.filter(merged_into=None)
    if contributor.orcid and people.filter(orcid=contributor.orcid).exists():
        known: Person = people.get(orcid=contributor.orcid)
        return known
    same_name = people.filter(given_name=contributor.given_name, family_name=contributor.family_name)
    if contributor.orcid:
        same_name = same_name.filter(orcid=None)
    if contributor.affiliation_id:
        place = Q(affiliation=contributor.affiliation_id) | Q(contributions__affiliation=contributor.affiliation_id)
    elif contributor.affiliation_name:
        place = Q(contributions__affiliation_name=contributor.affiliation_name)
    else:
        place = Q(affiliation=None, contributions__affiliation=None)
    match: Person | None = same_name.filter(place).order_by("pk").first()
    if match and contributor.orcid:
        match.orcid = contributor.orcid
        match.save(update_fields=["orcid"])
    return match


def _create(contributor: Contributor) -> Person:
    return Person.objects.create(
        given_name=contributor.given_name,
        family_name=contributor.family_name,
        orcid=contributor.orcid or None,
        affiliation=contributor.affiliation,
    )
