"""Checking the deposit files of a volume: a dry run, nothing is sent."""

import hashlib

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.actions import log
from accounts.models import User
from conferences.models import Volume
from exchange.doi import crossref, datacite
from exchange.doi.facts import VolumeFacts, facts_of, missing
from exchange.doi.messages import MESSAGES
from exchange.doi.validating import NoSchema, errors_in
from exchange.models import Agency, DoiDeposit
from exchange.rules import may_prepare_dois
from exchange.states import DepositState

MOST_MESSAGE = 2000


class NoDoi(Exception):
    """The volume has no DOI, so its papers have none either."""


def files_of(facts: VolumeFacts, agency: str) -> dict[str, bytes]:
    """{DOI: its file}; Crossref takes all of a conference in one. The moment in it is that of the publication."""
    if agency == Agency.DATACITE:
        return datacite.resources(facts)
    whole = crossref.deposit(facts, facts.volume.published_at or timezone.now())
    return dict.fromkeys([facts.volume.doi, *(paper.doi for paper in facts.papers)], whole)


@transaction.atomic
def check(volume: Volume, agency: str, *, by: User) -> list[DoiDeposit]:
    """Writes the state of each DOI; repeating it after a change is how one mends what was faulty."""
    if not may_prepare_dois(by, volume.edition):
        raise PermissionDenied
    Volume.objects.select_for_update(of=("self",)).get(pk=volume.pk)
    if not volume.doi:
        raise NoDoi
    facts = facts_of(volume)
    files, lacks = files_of(facts, agency), missing(facts)
    found = _faults(files, agency)
    rows = {paper.doi: paper.row for paper in facts.papers}
    DoiDeposit.objects.filter(volume=volume, agency=agency).exclude(doi__in=files).delete()
    made = []
    for doi, content in files.items():
        state, message = _judged(doi, lacks, found)
        values = {
            "volume": volume,
            "paper": rows.get(doi),
            "state": state,
            "message": message[:MOST_MESSAGE],
            "fingerprint": hashlib.sha256(content).hexdigest(),
            "checked_at": timezone.now(),
        }
        made.append(DoiDeposit.objects.update_or_create(agency=agency, doi=doi, defaults=values)[0])
    log(by, "doi.checked", volume.edition, {"agency": [None, agency], "dois": [None, len(made)]})
    return made


def _faults(files: dict[str, bytes], agency: str) -> dict[str, list[str]] | None:
    """What the schema says; None where it is not installed."""
    try:
        found: dict[str, list[str]] = {}
        for content in dict.fromkeys(files.values()):
            for doi, errors in errors_in(content, agency).items():
                found.setdefault(doi, []).extend(errors)
    except NoSchema:
        return None
    return found


def _judged(doi: str, lacks: dict[str, str], found: dict[str, list[str]] | None) -> tuple[str, str]:
    """What stands outside of every paper is a fault of all: the registry takes the file whole."""
    told = [str(MESSAGES[lacks[doi]])] if doi in lacks else []
    told += [*(found or {}).get(doi, []), *(found or {}).get("", [])]
    if told:
        return DepositState.FAULTY, "\n".join(told)
    if found is None:
        return DepositState.UNPROVEN, str(MESSAGES["no_schema"])
    return DepositState.VALID, ""
