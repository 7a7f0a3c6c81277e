"""The vocabularies, for tests."""

from typing import Any

import pytest


def load_vocabularies() -> None:
    """Every vocabulary and the ministry's units, unless they are there."""
    from accounts.models import Organisation
    from accounts.units import load_units
    from taxonomy.loading import load_all
    from taxonomy.models import Pmks
    from tests.factories.database import add_units

    if not Pmks.objects.exists():
        load_all()
    if not Organisation.objects.filter(code="KEMENSOS").exists() and not add_units():
        load_units()


@pytest.fixture
def vocabularies(db: Any) -> None:
    """Use it in every test that needs PMKS kinds, provinces, output types, licences …"""
    load_vocabularies()
