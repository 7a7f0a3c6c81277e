"""Sample opportunities to cooperate, all invented, through the actions that people use. Dates count from today, so that
some are open whenever the demo is loaded.
"""

import datetime
import json
from pathlib import Path
from typing import Any

from django.utils import timezone

from evidence.actions import cooperation, interests
from evidence.demo.accounts import Cast
from evidence.demo.content import Record
from evidence.demo.questions import People, days_ago, people_of
from evidence.models import Interest, Opportunity
from taxonomy.models import Pmks, Province

FILE = Path(__file__).parent / "cooperation.json"
COPIED = ("kind", "title_id", "title_en", "text_id", "text_en")


def load_opportunities(cast: Cast) -> None:
    if Opportunity.objects.exists():
        return
    people = people_of(cast)
    for record in json.loads(FILE.read_text(encoding="utf-8")):
        _carry(record, _post(record, people), people)


def _post(record: Record, people: People) -> Opportunity:
    """`closes`: days after today, or after the day of posting for one that has closed since."""
    owner = people.by_name[record["by"]]
    person = getattr(owner, "person", None)
    start = timezone.localdate() - datetime.timedelta(days=record["posted"] if "closed" in record else 0)
    data: dict[str, Any] = {name: record[name] for name in COPIED}
    data |= {
        "organisation": person.affiliation if person else None,
        "closes_on": start + datetime.timedelta(days=record["closes"]),
        "pmks": list(Pmks.objects.filter(code__in=record["pmks"])),
        "provinces": list(Province.objects.filter(code__in=record["provinces"])),
    }
    return cooperation.post(data, by=owner, at=days_ago(record["posted"]))


def _carry(record: Record, opportunity: Opportunity, people: People) -> None:
    if record.get("state") == "posted":
        return
    let_in_on = timezone.localdate(days_ago(max(record["posted"] - 1, 0)))
    opportunity = cooperation.let_in(opportunity, by=people.approving, seen=opportunity.revision, on=let_in_on)
    for message in record["interests"]:
        _write(record, opportunity, message, people)
    if "closed" in record:
        at = days_ago(record["closed"])
        cooperation.close(opportunity, record["result_id"], record["result_en"], by=opportunity.owner, at=at)


def _write(record: Record, opportunity: Opportunity, message: str, people: People) -> None:
    """While it was open, by somebody who is not its owner."""
    writer = people.by_name["researcher" if record["by"] != "researcher" else "official"]
    at = days_ago(max(record["posted"] - 2, 0))
    if opportunity.is_open:
        interests.express(opportunity, message, by=writer, at=at)
    else:
        Interest.objects.create(opportunity=opportunity, by=writer, message=message, sent_at=at)
