"""Invented uses of the sample outputs: most accepted, some waiting, one declined, one withdrawn."""

import datetime
import json
from pathlib import Path
from typing import Any

from django.utils import timezone

from accounts.models import User
from evidence.actions import uses
from evidence.demo.accounts import Cast
from evidence.models import Finding
from evidence.states import UseState
from publications.demo.loading import SOURCE
from publications.importing.dates import parse_date
from publications.models import Output

FILE = Path(__file__).parent / "uses.json"
COPIED = ("kind", "title_en", "issuer_name", "how_id", "how_en")
DECLINE = "Modul pelatihan tidak menyebut penelitian ini. Sebutkan modul dan halamannya, lalu laporkan lagi."
WITHDRAW = "Keputusan contoh ini dicabut dan digantikan oleh yang lain."
DAYS_TO_REPORT, DAYS_TO_DECISION, DAYS_BETWEEN_WAITING = 40, 6, 2
Record = dict[str, Any]


def load_uses(people: Cast) -> int:
    """Through the actions that people use; returns how many there are."""
    records: list[Record] = json.loads(FILE.read_text(encoding="utf-8"))
    keys = {record["output"] for record in records}
    samples = Output.objects.public().filter(source=SOURCE, source_id__in=keys, uses=None)
    outputs = {output.source_id: output for output in samples}
    found = [(outputs[record["output"]], record) for record in records if record["output"] in outputs]
    for number, (output, record) in enumerate(found):
        reporter = people.policymaker if number % 3 else people.researcher
        _load(output, record, reporter, people.checker_of(output), number)
    return len(found)


def _load(output: Output, record: Record, reporter: User, curator: User, number: int) -> None:
    year = min((output.year or 0) + record["years_after"], timezone.localdate().year)
    waits = record["state"] == UseState.REPORTED
    data = _data(output, record, year)
    lately = timezone.now() - datetime.timedelta(days=number % 7 * DAYS_BETWEEN_WAITING)
    at = lately if waits else _at(output, data.get("date") or datetime.date(year, 1, 1))
    use = uses.report(output, data, by=reporter, at=at)
    if waits:
        return
    on = min(timezone.localdate(), timezone.localdate(at + datetime.timedelta(days=DAYS_TO_DECISION)))
    if record["state"] == UseState.DECLINED:
        uses.decline(use, DECLINE, by=curator, on=on)
        return
    use = uses.accept(use, by=curator, seen=use.reported_at, on=on)
    if record["state"] == UseState.WITHDRAWN:
        uses.withdraw(use, WITHDRAW, by=curator)


def _at(output: Output, day: datetime.date) -> datetime.datetime:
    """Some weeks after the day of the use and after the output was public, and not in the future."""
    begun = timezone.make_aware(datetime.datetime.combine(day, datetime.time(9, 30)))
    earliest = max(begun, output.first_published_at or begun) + datetime.timedelta(days=DAYS_TO_REPORT)
    return min(earliest, timezone.now())


def _data(output: Output, record: Record, year: int) -> dict[str, Any]:
    data: dict[str, Any] = {name: record[name].replace("{year}", str(year)) for name in COPIED}
    data["title_id"] = record["title_id"].replace("{year}", str(year))
    data["number"], data["year"] = record["number"].replace("{year}", str(year)), year
    if record["day"]:  # "05-12", or "05" where the month is all that is known
        found = parse_date(f"{year}-{record['day']}")
        if found and found.first_day <= timezone.localdate():
            data["date"], data["date_precision"] = found.first_day, found.precision
    findings = Finding.objects.public().filter(output=output).order_by("pk")
    return data | {"findings": list(findings[:1])}
