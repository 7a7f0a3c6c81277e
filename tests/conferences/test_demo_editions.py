"""The sample conferences: loaded once, one archived with the facts known of it, one in review today."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from conferences import phases
from conferences.demo import accounts, loading
from conferences.demo.editions import archive, current
from conferences.models import CommitteeRole, DateKind, Edition
from conferences.rules.committee import has_role
from conferences.states import EditionState
from publications.demo.accounts import create_accounts
from tests.factories.conference_site import paths_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]


def test_everything_as_it_should_be(client: Client) -> None:
    """One load is slow, so that its many sides are looked at together."""
    create_accounts()
    assert loading.load(lambda text: None) == 2
    once_only()
    the_third_says_what_is_known_and_marks_the_rest()
    the_other_is_in_review_today()
    its_people_have_their_roles()
    every_page_of_both_is_there(client)


def once_only() -> None:
    assert loading.load(lambda text: None) == 0 and not loading.wanted()
    assert Edition.objects.count() == 2


def the_third_says_what_is_known_and_marks_the_rest() -> None:
    third = archive()
    assert (third.number, third.starts_on, third.city) == (3, datetime.date(2014, 11, 25), "Jakarta Selatan")
    assert third.state == EditionState.ARCHIVED and third.is_sample and "150 peserta" in third.summary_id
    assert "data contoh" in third.pages.get().body_id
    assert all("data contoh" in member.name for member in third.committee.all())


def the_other_is_in_review_today() -> None:
    edition = current()
    assert phases.is_past(edition, DateKind.SUBMISSIONS_CLOSE) and not phases.is_past(edition, DateKind.REVIEWS_DUE)
    assert edition.starts_on > timezone.localdate() and edition.is_sample
    moments = [date.at for date in edition.dates.all()]
    assert moments == sorted(moments) and max(moments).date() < edition.starts_on
    assert edition.number - 3 == edition.starts_on.year - 2014


def its_people_have_their_roles() -> None:
    roles = (CommitteeRole.CHAIR, CommitteeRole.PROGRAMME_CHAIR, CommitteeRole.TRACK_CHAIR, CommitteeRole.SECRETARY)
    for (account, _what), role in zip(accounts.ACCOUNTS, roles, strict=False):
        assert has_role(accounts.user_of(account), current(), {role})


def every_page_of_both_is_there(client: Client) -> None:
    for edition in (archive(), current()):
        for path in paths_of(edition):
            response = client.get(path)
            assert response.status_code == 200, path
            b"".join(response)
