"""Who owns an output: co-owners and transfer."""

from django.db import transaction

from accounts.actions import log
from accounts.models import User
from publications.models import Output
from publications.rules import editing

from . import notify
from .common import locked_output, require


@transaction.atomic
def add_co_owner(output: Output, user: User, *, by: User) -> None:
    """Co-owners see and edit like the owner, but cannot hand the output over."""
    fresh = locked_output(output)
    require(editing.may_share(by, fresh))
    if fresh.is_owned_by(user):
        return
    fresh.co_owners.add(user)
    log(by, "output.shared", fresh, {"co_owner": [None, user.email]})
    notify.shared(fresh, user, by)


@transaction.atomic
def remove_co_owner(output: Output, user: User, *, by: User) -> None:
    """By the owner, or by the co-owner herself."""
    fresh = locked_output(output)
    require(editing.may_share(by, fresh) or by.pk == user.pk)
    fresh.co_owners.remove(user)
    log(by, "output.unshared", fresh, {"co_owner": [user.email, None]})


@transaction.atomic
def transfer(output: Output, to: User, *, by: User) -> None:
    """Hand an output over; the former owner stays as co-owner so that nothing is lost by a slip."""
    fresh = locked_output(output)
    require(editing.may_share(by, fresh))
    former = fresh.owner
    if former.pk == to.pk:
        return
    fresh.owner = to
    fresh.save(update_fields=["owner"])
    fresh.co_owners.remove(to)
    fresh.co_owners.add(former)
    log(by, "output.transferred", fresh, {"owner": [former.email, to.email]})
    notify.transferred(fresh, former, to)
