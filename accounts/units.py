"""The ministry's units, as organisations."""

from pathlib import Path

from django.db import transaction

from accounts.models import Organisation
from kesos_repo.seeding import Row, read_rows, seed

UNITS = Path(__file__).parent / "data" / "kemensos_units.csv"
COPIED = ("code", "name", "name_en", "acronym", "kind", "parent_name", "province_code", "city", "period")


def load_units() -> int:
    """Load the units; returns how many the file has. Units known only from memory wait for an administrator."""
    rows = read_rows(UNITS)
    with transaction.atomic():
        units = seed(Organisation, map(_unit, rows))
        seed(Organisation, ({"code": row["code"], "parent": units.get(row["parent_code"])} for row in rows))
    return len(rows)


def _unit(row: dict[str, str]) -> Row:
    return {name: row[name] for name in COPIED} | {"is_confirmed": "memory" not in row["verification"]}
