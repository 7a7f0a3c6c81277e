"""The numbers on the first page of a desk. Each part of the system adds a function."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from accounts.models import User
from conferences.models import Edition


@dataclass(frozen=True, slots=True)
class Number:
    label: "str | Promise"
    value: int
    note: "str | Promise" = ""


Numbers = Callable[[User, Edition], list[Number]]
NUMBERS: list[Numbers] = []


def numbers_for(user: User, edition: Edition) -> list[Number]:
    """Each function says itself what `user` may know; nothing for those who may not."""
    return [number for numbers in NUMBERS for number in numbers(user, edition)]
