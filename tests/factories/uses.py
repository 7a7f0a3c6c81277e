"""Uses of outputs in every state, made by the actions that the site itself uses."""

import datetime
from typing import Any

from accounts.models import User
from evidence.actions import uses
from evidence.models import Use
from evidence.states import UseState
from publications.models import Output
from tests.factories.evidence import curator
from tests.factories.publications import make_output, some_user

TITLE = "Peraturan Bupati Contoh tentang Kunjungan Rumah"
HOW = "Pasal 7 memakai jumlah kunjungan yang diteliti."


def use_data(**changes: Any) -> dict[str, Any]:
    """Without a date, unless told otherwise, the year is all that is known."""
    if "date" in changes and changes["date"] is None:
        changes.setdefault("date_precision", "year")
    return {
        "kind": "regulation",
        "title_id": TITLE,
        "title_en": "Sample Regent's Regulation on Home Visits",
        "number": "4/2024",
        "year": 2024,
        "date": datetime.date(2024, 5, 12),
        "date_precision": "day",
        "issuer_name": "Pemerintah Kabupaten Contoh",
        "url": "https://example.org/perbup",
        "how_id": HOW,
        "how_en": "Article 7 takes the number of visits that was studied.",
    } | changes


def make_use(
    output: Output | None = None, state: str = UseState.ACCEPTED, *, by: User | None = None, **data: Any
) -> Use:
    """In this state, through the actions; decided by `curator(1)`."""
    use = uses.report(output or make_output(), use_data(**data), by=by or some_user(), is_another=True)
    if state in (UseState.ACCEPTED, UseState.WITHDRAWN):
        use = uses.accept(use, by=curator(), seen=use.reported_at)
    if state == UseState.DECLINED:
        use = uses.decline(use, "Pasal 7 tidak ada.", by=curator())
    if state == UseState.WITHDRAWN:
        use = uses.withdraw(use, "Peraturan itu dicabut.", by=curator())
    return use
