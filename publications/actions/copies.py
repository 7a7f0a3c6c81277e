"""Copies of restricted outputs: ask, answer, and the signed link that expires."""

import datetime

from django.db import transaction
from django.utils import timezone

from accounts.actions import log
from accounts.models import User
from publications.copy_links import make_token
from publications.models import CopyRequest, Output
from publications.models.curation import CopyRequestState
from publications.rules import editing
from publications.states import IllegalTransition

from . import notify
from .common import require

VALID_DAYS = 14


@transaction.atomic
def request_copy(output: Output, *, name: str, email: str, purpose: str, language: str) -> CopyRequest:
    request = CopyRequest.objects.create(output=output, name=name, email=email, purpose=purpose, language=language)
    notify.copy_requested(request)
    return request


@transaction.atomic
def answer_request(request: CopyRequest, *, grant: bool, by: User, message: str = "") -> CopyRequest:
    """Grant (the asker gets a link valid for 14 days) or decline, once."""
    fresh = CopyRequest.objects.select_for_update().select_related("output").get(pk=request.pk)
    require(editing.may_answer_requests(by, fresh.output))
    after = CopyRequestState.GRANTED if grant else CopyRequestState.DECLINED
    if fresh.state != CopyRequestState.OPEN:
        raise IllegalTransition(fresh, fresh.state, after)
    fresh.state, fresh.answered_at, fresh.answered_by = after, timezone.now(), by
    fresh.expires_at = fresh.answered_at + datetime.timedelta(days=VALID_DAYS) if grant else None
    fresh.save(update_fields=["state", "answered_at", "answered_by", "expires_at"])
    log(by, "copy.granted" if grant else "copy.declined", fresh.output)
    notify.copy_answered(fresh, message, token=make_token(fresh) if grant else "")
    return fresh
