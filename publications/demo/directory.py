"""The organisations and people of the sample outputs, entered by the administrator as in real life."""

from accounts.actions import edit_person, save_organisation
from accounts.models import Organisation, Person, User
from publications.demo import content

BEFORE_THE_NAME = {"Dr.", "dr.", "Drs."}


def enter_organisations(by: User) -> dict[str, Organisation]:
    """By key: ministry units are there already, the universities are added."""
    return {key: _unit(row) or _university(row, by) for key, row in content.organisations().items()}


def _unit(row: content.Record) -> Organisation | None:
    return Organisation.objects.get(code=row["unit_code"]) if row["unit_code"] else None


def _university(row: content.Record, by: User) -> Organisation:
    known: Organisation | None = Organisation.objects.filter(name=row["name_id"], merged_into=None).first()
    if known:
        return known
    values = {"name": row["name_id"], "name_en": row["name_en"], "kind": "perguruan tinggi"}
    return save_organisation(by, Organisation(), {**values, "province_code": row["province"], "is_confirmed": True})


def enter_people(by: User, organisations: dict[str, Organisation]) -> None:
    """Those not there yet, with degrees, so that publishing finds them instead of making bare entries."""
    for row in content.people().values():
        place = organisations[row["organisation"]]
        names = {"given_name": row["given_name"], "family_name": row["family_name"]}
        if Person.objects.filter(**names, affiliation=place).exists():
            continue
        before, after = split_degrees(row["degrees"])
        degrees = {"degrees_before": before, "degrees_after": after}
        edit_person(by, Person(), {**names, **degrees, "orcid": row["orcid"], "affiliation": place})


def split_degrees(degrees: str) -> tuple[str, str]:
    """`Dr., M.Si.` → `Dr.` before the name, `M.Si.` after it."""
    first, _, rest = degrees.partition(", ")
    return (first, rest) if first in BEFORE_THE_NAME else ("", degrees)
