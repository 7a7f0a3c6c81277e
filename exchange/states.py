"""How far a DOI's deposit file is, and the legal transitions, as data."""

from django.db import models
from django.utils.translation import pgettext_lazy


class DepositState(models.TextChoices):
    """Nothing is sent without an account at the agency; until then a file is checked and can be downloaded."""

    VALID = "valid", pgettext_lazy("deposit", "valid")
    FAULTY = "faulty", pgettext_lazy("deposit", "faulty")
    UNPROVEN = "unproven", pgettext_lazy("deposit", "not checked against the schema")


# Each check may end otherwise than the one before.
DEPOSIT_TRANSITIONS: dict[str, frozenset[str]] = {state: frozenset(DepositState) for state in DepositState}
