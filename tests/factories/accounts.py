"""People who sign in, for tests."""

from collections.abc import Iterator
from typing import Any

import pytest

PASSWORD = "sebuah sandi panjang"


@pytest.fixture(autouse=True)
def no_second_factor(settings: Any) -> None:
    """Curators in tests need no second factor; tests/accounts/test_second_factor.py tests that they do."""
    settings.MFA_REQUIRED_ROLES = set()


@pytest.fixture(autouse=True)
def indonesian() -> Iterator[None]:
    """Each test begins in Indonesian, whatever page the one before visited last."""
    from django.utils.translation import activate

    activate("id")
    yield
    activate("id")


def make_user(email: str = "peneliti@example.org", role: str = "researcher", **fields: Any) -> Any:
    """Somebody with a verified address, the password `PASSWORD` and a person."""
    from allauth.account.models import EmailAddress

    from accounts.models import Person, User

    name = fields.pop("name", "Siti Aminah")
    user = User.objects.create_user(email, PASSWORD, role=role, name=name, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    given, _, family = name.rpartition(" ")
    Person.objects.create(user=user, given_name=given, family_name=family)
    return user


def make_organisation(name: str = "Universitas Contoh", **fields: Any) -> Any:
    from accounts.models import Organisation

    return Organisation.objects.create(name=name, **fields)


def make_person(name: str = "Budi Santoso", **fields: Any) -> Any:
    from accounts.models import Person

    given, _, family = name.rpartition(" ")
    return Person.objects.create(given_name=given, family_name=family, **fields)
