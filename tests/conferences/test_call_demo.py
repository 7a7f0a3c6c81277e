"""The sample submissions: handed in as authors do, with real files, marked as samples."""

import datetime

import pytest
from django.utils import timezone

from conferences.demo.submissions import load_submissions
from conferences.models import DateKind, Slot, Submission, SubmissionFile
from publications.demo.accounts import create_accounts
from tests.factories.conferences import make_edition, make_track

pytestmark = pytest.mark.django_db


def test_all_submissions_of_the_demo_are_handed_in_before_the_deadline() -> None:
    create_accounts()
    edition = make_edition(dates={DateKind.CALL_OPENS: -75, DateKind.SUBMISSIONS_CLOSE: -12})
    for code, wants in (
        ("anak", "both"), ("lansia-disabilitas", "both"), ("kemiskinan", "both"), ("bencana", "abstract"),
        ("rehabilitasi", "paper"),
    ):  # fmt: skip
        make_track(edition, code, wants=wants)
    assert load_submissions(edition) == 24
    handed_in = Submission.objects.handed_in()
    assert sorted(handed_in.values_list("number", flat=True)) == list(range(1, 24))
    assert set(Submission.objects.values_list("is_sample", flat=True)) == {True}
    assert not handed_in.filter(submitted_at__gte=timezone.now() - datetime.timedelta(days=12)).exists()
    blind = SubmissionFile.objects.filter(slot=Slot.ANONYMOUS)
    assert blind.count() == 20 and all(file.blob.page_count == 1 for file in blind)
    assert not any(file.findings["warnings"] for file in blind)
