"""Who is on the committee, and how an account comes to it: by an invitation that its owner accepts.

The mail address is kept only as long as the invitation waits. Nobody at the desk learns from it whether there is an
account of that address.
"""

import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from accounts.actions import log
from accounts.mail import send_mail_to
from accounts.models import LogEntry, User
from conferences.actions.common import require
from conferences.actions.editions_common import locked
from conferences.models import CommitteeMember, Edition
from conferences.rules.desk import has_other_chair, is_acting_chair, may_name

MOST_INVITED_A_DAY = 60
DAY = datetime.timedelta(days=1)


class LastChair(Exception):
    def __str__(self) -> str:
        return _("This is the last chair. Let another chair accept first.")


class TooManyInvited(Exception):
    def __str__(self) -> str:
        return _("You have sent as many invitations as one person can today. Go on tomorrow.")


class NotInvited(Exception):
    def __str__(self) -> str:
        return _("This invitation is no longer open.")


def check(by: User, edition: Edition, before: CommitteeMember | None, data: dict[str, Any] | None) -> None:
    """Before somebody is added (`before` is None), edited, or removed (`data` is None)."""
    roles = {row for row in (before.role if before else None, data.get("role") if data else None) if row}
    for role in roles:
        require(may_name(by, edition, role))
    leaves = before is not None and (data is None or data.get("role", before.role) != before.role)
    if before is not None and leaves and is_acting_chair(before) and not has_other_chair(before):
        raise LastChair


@transaction.atomic
def invite(member: CommitteeMember, email: str, *, by: User) -> CommitteeMember:
    """A new address takes the place of one that has not answered; a place that is taken stays so."""
    edition = locked(member.edition)
    fresh = CommitteeMember.objects.get(pk=member.pk)
    require(may_name(by, edition, fresh.role))
    if fresh.user_id is not None:
        raise NotInvited
    today = LogEntry.objects.filter(actor=by, action="edition.member_invited", at__gte=timezone.now() - DAY)
    if today.count() >= MOST_INVITED_A_DAY:
        raise TooManyInvited
    fresh.invited_email = email.strip().lower()
    fresh.save(update_fields=["invited_email"])
    log(by, "edition.member_invited", edition, _named(fresh))  # without the address: the log is kept for ever
    _mail(fresh, edition, by)
    return fresh


def _named(member: CommitteeMember) -> dict[str, Any]:
    return {"committeemember": [member.name, member.name]}


def _mail(member: CommitteeMember, edition: Edition, by: User) -> None:
    language = (get_language() or "id")[:2]
    with override(language):
        context = {
            "edition": str(edition.title),
            "role": str(member.get_role_display()),
            "name": member.name,
            "inviter": by.name,
            "url": f"{settings.SITE_URL}{reverse('conferences:desks')}",
        }
    send_mail_to(member.invited_email, "conferences/mail/committee_invitation", context, language)


def addresses_of(user: User) -> list[str]:
    """Those that are confirmed to be theirs, as invitations keep them."""
    found = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return [email.lower() for email in found]


def _held(member: CommitteeMember, by: User) -> CommitteeMember:
    edition = locked(member.edition)
    fresh = CommitteeMember.objects.get(pk=member.pk)
    fresh.edition = edition
    if fresh.user_id is not None or not fresh.invited_email or fresh.invited_email not in addresses_of(by):
        raise NotInvited
    return fresh


@transaction.atomic
def accept(member: CommitteeMember, *, by: User) -> CommitteeMember:
    fresh = _held(member, by)
    fresh.user, fresh.invited_email = by, ""
    fresh.save(update_fields=["user", "invited_email"])
    log(by, "edition.member_accepted", fresh.edition, _named(fresh))
    by.__dict__.pop("conference_roles", None)  # what `roles_in` keeps
    return fresh


@transaction.atomic
def decline(member: CommitteeMember, *, by: User) -> CommitteeMember:
    """The name stays until the committee takes it away; the address goes."""
    fresh = _held(member, by)
    fresh.invited_email = ""
    fresh.save(update_fields=["invited_email"])
    log(by, "edition.member_declined", fresh.edition, _named(fresh))
    return fresh


def forget(user: User) -> None:
    """An account is deleted: the name stays on the site, as printed in its programme; rights and invitations go."""
    CommitteeMember.objects.filter(user=user).update(user=None)
    CommitteeMember.objects.filter(user=None, invited_email=user.email.lower()).update(invited_email="")
