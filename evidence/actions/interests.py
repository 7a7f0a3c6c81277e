"""Writing to the owner of an opportunity through the site.

The owner sees the address of who wrote, as where an answer goes; who wrote sees the owner's once the owner answers.
"""

import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.actions import log
from accounts.mail import send_now
from accounts.models import User
from evidence import rules, tasks
from evidence.actions.common import DAY, number_today, require
from evidence.actions.cooperation import locked
from evidence.models import Interest, Opportunity
from publications.states import IllegalTransition

MOST_CHARACTERS = 2000


class WrittenAlready(Exception):
    def __str__(self) -> str:
        return _("You have written to the owner already. One message reaches them; they have your address.")


class TooManyMessages(Exception):
    def __str__(self) -> str:
        return _("You have written to as many owners as one person can in a day. Write again tomorrow.")


@transaction.atomic
def express(opportunity: Opportunity, message: str, *, by: User, at: datetime.datetime | None = None) -> Interest:
    """One message a person. Raises `IllegalTransition` where it is closed, `WrittenAlready`, `TooManyMessages`."""
    require(rules.may_post(by))
    User.objects.select_for_update().get(pk=by.pk)  # so that the limit holds for two windows at once
    fresh = locked(opportunity)
    require(by.pk != fresh.owner_id)
    if not rules.may_write_to_owner(by, fresh):
        raise IllegalTransition(fresh, fresh.state, "written to")
    _refuse_again(fresh, by)
    text = message.strip()[:MOST_CHARACTERS]
    interest = Interest.objects.create(opportunity=fresh, by=by, message=text, sent_at=at or timezone.now())
    log(by, "opportunity.interest_sent", fresh)  # nothing of the message
    tasks.relay.enqueue(interest.pk)
    return interest


def _refuse_again(opportunity: Opportunity, by: User) -> None:
    if Interest.objects.filter(opportunity=opportunity, by=by).exists():
        raise WrittenAlready
    older = Opportunity.objects.filter(interests__by=by, interests__sent_at__lt=timezone.now() - DAY)
    if number_today(by, "opportunity.interest_sent", older) >= rules.MOST_INTERESTS_A_DAY:
        raise TooManyMessages


def relay(interest_id: int) -> bool:
    """Send it to the owner, whose answer goes straight to who wrote. Nothing if one of both has left meanwhile."""
    rows = Interest.objects.select_related("opportunity__owner", "by__person__affiliation")
    interest = rows.filter(pk=interest_id, by__is_active=True, opportunity__owner__is_active=True).first()
    if interest is None:
        return False
    owner = interest.opportunity.owner
    with override(owner.language):
        organisation = organisation_label(interest.by)
        context = {
            "title": str(interest.opportunity.title),
            "name": interest.by.name or _("somebody without a name"),
            "organisation": organisation,
            "message": interest.message,
            "url": settings.SITE_URL + reverse("evidence:opportunity", args=[interest.opportunity_id]),
        }
    send_now(owner.email, "evidence/mail/opportunity_interest", context, owner.language, reply_to=interest.by.email)
    return True


def organisation_label(user: User) -> str:
    person = getattr(user, "person", None)
    return str(person.affiliation.label) if person and person.affiliation else ""
