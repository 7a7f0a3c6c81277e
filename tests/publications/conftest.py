"""People and outputs in each state, made by the actions that the site itself uses."""

import datetime
from typing import Any

import pytest

from accounts.models import Role, User
from publications.actions import drafts, review
from publications.models import Output, Version
from taxonomy.models import Licence, Method, OutputType, Pmks, Province


@pytest.fixture
def owner(db: Any) -> User:
    return User.objects.create_user("siti@contoh.id", "rahasia-sekali", name="Siti Rahmawati")


@pytest.fixture
def colleague(db: Any) -> User:
    return User.objects.create_user("sukarno@contoh.id", "rahasia-sekali", name="Sukarno")


@pytest.fixture
def stranger(db: Any) -> User:
    return User.objects.create_user("orang@contoh.id", "rahasia-sekali", name="Orang Lain")


@pytest.fixture
def curator(db: Any) -> User:
    return User.objects.create_user("kurator@contoh.id", "rahasia-sekali", name="Kurator", role=Role.CURATOR)


@pytest.fixture
def draft(owner: User) -> Version:
    return drafts.start_draft(owner)


@pytest.fixture
def complete(draft: Version, owner: User, vocabularies: None) -> Version:
    """A draft with everything it needs; without a file, so metadata only."""
    return drafts.save_draft(draft, complete_data(), by=owner)


def complete_data(**changes: Any) -> dict[str, Any]:
    return {
        "type": OutputType.objects.get(code="c_18ws"),
        "title_id": "Perawatan berbasis keluarga bagi lanjut usia terlantar",
        "title_en": "Family-based care for neglected older people",
        "abstract_id": "Penelitian ini menilai perawatan keluarga di enam desa.",
        "abstract_en": "This study assesses family care in six villages.",
        "date": datetime.date(2024, 5, 1),
        "date_precision": "month",
        "contributors": [
            {"given_name": "Siti", "family_name": "Rahmawati", "affiliation_name": "Poltekesos Bandung"},
            {"family_name": "Sukarno"},
        ],
        "pmks": [Pmks.objects.get(code="PMKS-08")],
        "provinces": [Province.objects.get(code="ID-JT")],
        "methods": [Method.objects.get(code="camp")],
        "licence": Licence.objects.get(code="CC-BY-4.0"),
        "access": "metadata_only",
    } | changes


@pytest.fixture
def submitted(complete: Version, owner: User) -> Version:
    return drafts.submit(complete, by=owner)


@pytest.fixture
def published(submitted: Version, curator: User) -> Output:
    return review.publish(submitted, by=curator)
