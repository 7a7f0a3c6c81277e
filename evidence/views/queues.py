"""The head that all queues of the curators share: title, the way between the desks, tabs with their numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Tab:
    label: str
    url: str
    number: int | None
    is_current: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """`section`: which of the desks (`publications/curation/tabs.html`); `empty`: what to say where nothing waits."""

    section: str
    title: str
    lede: str
    label: str  # of the tabs
    tabs: list[Tab]
    empty: str
    icon: str = "search"
    parameter: str = "halaman"


def tabs_of(view: str, current: str, labels: Mapping[str, str], numbers: Mapping[str, int]) -> list[Tab]:
    """`labels` in their order, the first being what the bare address shows."""
    address = reverse(view)
    first = next(iter(labels))
    return [
        Tab(label, address if key == first else f"{address}?status={key}", numbers.get(key), key == current)
        for key, label in labels.items()
    ]


def tab_in(request: Any, known: Mapping[str, Any] | tuple[str, ...], default: str) -> str:
    asked = request.GET.get("status", default)
    return asked if asked in known else default
