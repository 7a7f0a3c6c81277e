"""Policy briefs in the making: mine, one with its findings in order, its preview, and the output it becomes."""

import datetime
import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.signed_in import person
from evidence import rules
from evidence.actions import briefs as actions
from evidence.agreement import assess
from evidence.briefs.checks import lost_findings, unmet_for_making
from evidence.briefs.content import author_name, paragraphs
from evidence.checks import Incomplete
from evidence.comparing.asked import MOST_READ, Kind, key_of
from evidence.facts import facts_of
from evidence.models import Brief, BriefFinding
from evidence.queries import briefs as queries
from evidence.views.common import private
from kesos_repo.access import signed_in
from publications.typesetting import NotTypeset

logger = logging.getLogger(__name__)
PAGE_SIZE = 25
View = Callable[..., HttpResponseBase]


def for_owner(view: View) -> View:
    """The view gets the brief of its address; what is not the reader's does not exist for her."""

    @signed_in
    @private
    @wraps(view)
    def wrapped(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponseBase:
        brief = queries.brief_of(person(request), pk)
        if brief is None:
            raise Http404
        return view(request, brief, **kwargs)

    return wrapped


@signed_in
@private
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    rows = queries.briefs_of(person(request))
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("halaman"))
    return render(request, "evidence/briefs/mine.html", {"page": page})


@signed_in
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    return redirect("evidence:brief", actions.start(person(request)).pk)


@signed_in
@private
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Findings (`temuan=1,2`) for a brief of one's own, or a new one."""
    user, data = person(request), request.POST if request.method == "POST" else request.GET
    typed = [part.strip() for text in data.getlist("temuan") for part in text[:1000].split(",")][:MOST_READ]
    findings = queries.public_findings([int(key) for part in typed if (key := key_of(Kind.FINDINGS, part))])
    if request.method == "POST" and findings:
        return _add(request, findings)
    context = {
        "findings": findings,
        "numbers": ",".join(str(finding.pk) for finding in findings),
        "briefs": queries.open_briefs_of(user)[:PAGE_SIZE],
    }
    return render(request, "evidence/briefs/add.html", context)


def _add(request: HttpRequest, findings: list[Any]) -> HttpResponse:
    user, chosen = person(request), request.POST.get("risalah", "")
    if chosen in ("", "baru"):
        brief = actions.start(user, findings)
        return redirect("evidence:brief", brief.pk)
    known = queries.brief_of(user, int(chosen)) if key_of(Kind.FINDINGS, chosen) else None
    if known is None:
        raise Http404
    try:
        number = actions.add_findings(known, findings, by=user)
    except actions.TooMany:
        text = _("A brief has at most %(most)d findings. Nothing was added.") % {"most": rules.MOST_BRIEF_FINDINGS}
        messages.error(request, text)
    else:
        text = ngettext("%(number)d finding was added.", "%(number)d findings were added.", number)
        messages.success(request, text % {"number": number})
    return redirect("evidence:brief", known.pk)


@for_owner
@require_safe
def preview(request: HttpRequest, brief: Brief) -> HttpResponse:
    lost = lost_findings(brief)
    items = queries.items_of(brief)
    context = {
        "brief": brief,
        "author": author_name(brief.owner),
        "message": paragraphs(str(brief.message)),
        "rows": [_row(item) for item in items if item.finding_id not in lost],
        "lost": len(lost),
        "recommendations": queries.recommendations_in(brief),
        "citations": queries.sources_of(items),
        "missing": unmet_for_making(brief),
        "may_edit": rules.may_edit_brief(person(request), brief),
        "version": rules.open_version_of(brief),
        "is_sample": any(item.finding.output.is_sample for item in items),
    }
    return render(request, "evidence/briefs/preview.html", context)


def _row(item: BriefFinding) -> dict[str, Any]:
    finding = item.finding
    return {
        "item": item,
        "finding": finding,
        "assessments": assess(finding.ratings.all()),
        "facts": [fact for fact in facts_of(finding) if fact.key in ("size", "cost", "harms", "limits")],
        "note": paragraphs(str(item.note)),
    }


@for_owner
@require_POST
def make(request: HttpRequest, brief: Brief) -> HttpResponse:
    """An output of its own: its draft opens in the deposit."""
    try:
        version = actions.make_output(brief, by=person(request))
    except Incomplete as incomplete:
        missing = ", ".join(map(str, incomplete.missing))
        messages.error(request, _("It cannot go on yet. Missing: %(missing)s") % {"missing": missing})
    except actions.Conflict:
        messages.error(request, _("The brief was changed meanwhile. Look at it again, then make it a publication."))
    except actions.TooManyMade as too_many:
        messages.error(request, _too_many(too_many.again_at))
    except NotTypeset:
        logger.exception("brief %s could not be typeset", brief.pk)
        messages.error(request, _("The document could not be made just now. Please try again in a minute."))
    else:
        text = _("The brief is a draft among your publications now. Look it over and send it to the curators.")
        messages.success(request, text)
        return redirect("publications:deposit_status", version.pk)
    return redirect("evidence:brief", brief.pk)


def _too_many(again_at: datetime.datetime) -> str:
    text = _(
        "One person can make %(most)d documents in an hour, and you have made as many. What you wrote is saved. "
        "Make the next one from %(time)s on."
    )
    first_minute = timezone.localtime(again_at + datetime.timedelta(minutes=1))
    return text % {"most": rules.MOST_MADE_AN_HOUR, "time": time_format(first_minute)}


@for_owner
@require_POST
def delete(request: HttpRequest, brief: Brief) -> HttpResponse:
    actions.delete(brief, by=person(request))
    messages.success(request, _("The brief is deleted."))
    return redirect("evidence:briefs")
