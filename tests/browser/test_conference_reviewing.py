"""A review written with the keyboard and saved by itself; axe on the pages of reviewers and chairs."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from conferences.actions import decisions, reviews
from conferences.models import Review
from conferences.queries.values import token_of
from conferences.states import AssignmentState
from tests.factories.conferences import committee, make_file
from tests.factories.reviewing import chair, make_assignment, make_review_round

from .hands import Keyboard
from .test_pages_accessibility import sign_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("vocabularies")]
Contexts = Callable[..., BrowserContext]


def test_a_review_is_taken_on_saved_by_itself_and_handed_over(site: str, new_context: Contexts) -> None:
    _edition, track, (submission,) = make_review_round()
    assignment = make_assignment(submission)
    make_file(submission)
    context = new_context(width=320)
    sign_in(context, site, assignment.reviewer.user)
    page = context.new_page()
    page.goto(reverse("conferences:assignment", args=[assignment.pk]))
    hand = Keyboard(page)
    expect(page.locator("#naskah")).to_have_count(0)  # the abstract alone
    hand.press(page.get_by_role("button", name="Terima", exact=True))
    expect(page.locator("#naskah")).to_be_visible()
    for line in track.criteria.all():
        page.locator(f"input[name=criterion_{line.pk}][value='4']").check()
    page.locator("input[name=advice][value=talk]").check()
    page.locator("input[name=confidence][value='3']").check()
    hand.write(page.locator("#id_to_authors"), "Baik, dengan catatan.")
    expect(page.locator("[data-saved]")).to_contain_text("Tersimpan")
    assert Review.objects.get().to_authors == "Baik, dengan catatan."
    hand.press(page.get_by_role("button", name="Serahkan telaah"))
    expect(page.locator("#diskusi")).to_be_visible()
    assignment.refresh_from_db()
    assert assignment.state == AssignmentState.REVIEWED


def test_the_pages_are_accessible(site: str, new_context: Contexts, accessible: Callable[[Page, str], None]) -> None:
    edition, track, (submission, other) = make_review_round(2)
    me = committee(edition, "programme_chair")
    mine = make_assignment(submission, AssignmentState.REVIEWED)
    make_assignment(submission, AssignmentState.REVIEWED)
    make_assignment(other, AssignmentState.PROPOSED)
    waits = make_assignment(other, reviewer=mine.reviewer)
    reviews.remark(submission, "Setuju?", by=chair(edition))
    decisions.decide(other, "talk", "", by=chair(edition), round_seen=1)
    letter, slug, line = other.letters.get(), edition.slug, track.criteria.first()
    assert line is not None
    at_desk = [
        reverse(f"conferences:{name}", args=[slug])
        for name in ("desk_reviewers", "desk_assignment", "desk_progress", "desk_outbox", "desk_rubrics")
    ]
    at_desk += [
        reverse("conferences:desk_review", args=[slug, submission.number]),
        reverse("conferences:desk_letter", args=[slug, letter.pk]),
        reverse("conferences:desk_wordings", args=[slug]),
        reverse("conferences:desk_wording", args=[slug, "decision", "talk", "id"]),
        reverse("conferences:edit_criterion", args=[slug, track.pk, line.pk]),
    ]
    as_reviewer = [
        reverse("conferences:reviews"),
        reverse("conferences:assignment", args=[mine.pk]),
        reverse("conferences:assignment", args=[waits.pk]),
        reverse("conferences:reviewer_invitation", args=[token_of(mine.reviewer)]),
    ]
    for user, paths in ((me, at_desk), (mine.reviewer.user, as_reviewer)):
        context = new_context()
        sign_in(context, site, user)
        page = context.new_page()
        page.set_default_timeout(30_000)
        for language in ("", "/en"):
            for path in paths:
                accessible(page, language + path)
