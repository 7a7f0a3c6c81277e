"""The transition tables, tried in every order; and the database's own word on them."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from publications.models import Output, Version
from publications.states import (
    OUTPUT_TRANSITIONS,
    VERSION_TRANSITIONS,
    IllegalTransition,
    OutputState,
    VersionState,
    check_transition,
)

LEGAL_VERSION = {
    ("draft", "submitted"),
    ("submitted", "returned"),
    ("submitted", "published"),
    ("returned", "submitted"),
}
LEGAL_OUTPUT = {("unpublished", "published"), ("published", "withdrawn"), ("withdrawn", "published")}


@pytest.mark.parametrize("before", VersionState.values)
@pytest.mark.parametrize("after", VersionState.values)
def test_every_pair_of_version_states(before: str, after: str) -> None:
    if (before, after) in LEGAL_VERSION:
        check_transition("it", before, after, VERSION_TRANSITIONS)
    else:
        with pytest.raises(IllegalTransition):
            check_transition("it", before, after, VERSION_TRANSITIONS)


@pytest.mark.parametrize("before", OutputState.values)
@pytest.mark.parametrize("after", OutputState.values)
def test_every_pair_of_output_states(before: str, after: str) -> None:
    if (before, after) in LEGAL_OUTPUT:
        check_transition("it", before, after, OUTPUT_TRANSITIONS)
    else:
        with pytest.raises(IllegalTransition):
            check_transition("it", before, after, OUTPUT_TRANSITIONS)


BAD_VERSIONS = [
    {"state": "published"},
    {"state": "published", "title_id": "Judul", "published_at": timezone.now()},
    {"state": "submitted"},
    {"state": "returned"},
    {"state": "draft", "published_at": timezone.now()},
]


@pytest.mark.django_db
@pytest.mark.parametrize("fields", BAD_VERSIONS)
def test_the_database_refuses_a_version_that_contradicts_itself(fields: dict[str, object], draft: Version) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.filter(pk=draft.pk).update(**fields)


BAD_OUTPUTS = [
    {"state": "published"},
    {"state": "withdrawn", "withdrawal_reason": "Salah"},
    {"public_id": "ABCDEFG"},
    {"first_published_at": timezone.now()},
]


@pytest.mark.django_db
@pytest.mark.parametrize("fields", BAD_OUTPUTS)
def test_the_database_refuses_an_output_that_contradicts_itself(fields: dict[str, object], draft: Version) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Output.objects.filter(pk=draft.output_id).update(**fields)


@pytest.mark.django_db
def test_two_open_versions_of_one_output_are_refused(draft: Version) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.create(output=draft.output, number=2)
