"""What everybody reads: one finding, and the rubrics by which raters judge."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from evidence import rubrics
from evidence.addresses import page_link
from evidence.agreement import assess
from evidence.facts import facts_of
from evidence.models import Finding
from evidence.queries import findings as queries
from evidence.rules import may_decide, may_edit
from evidence.views.common import gone
from kesos_repo.access import public
from kesos_repo.page_cache import cached_for_anonymous
from publications.queries.rows import author_names


@public
@cached_for_anonymous
@require_safe
def finding_page(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    finding = queries.visible_finding(pk, user)
    if finding is None:
        return _tombstone(request, pk)
    context = {
        **described(finding),
        "recommendations": queries.recommendations_of(finding),
        "may_edit": user.is_authenticated and may_edit(user, finding),
        "may_decide": user.is_authenticated and may_decide(user, finding.output),
    }
    return render(request, "evidence/finding.html", context)


def described(finding: Finding) -> dict[str, Any]:
    """What a page about one finding shows, whoever reads it."""
    return {
        "finding": finding,
        "output": finding.output,
        "version": finding.version,
        "names": author_names([finding.version_id])[finding.version_id],
        "facts": facts_of(finding),
        "assessments": assess(finding.ratings.all()),
        "page_url": page_link(finding),
    }


def _tombstone(request: HttpRequest, pk: int) -> HttpResponse:
    """The reason, and no longer what it said."""
    finding = queries.tombstone(pk)
    if finding is None:
        raise Http404
    context = {"finding": finding, "output": finding.output}
    return gone(request, "evidence/tombstone.html", context)


@public
@cached_for_anonymous
@require_safe
def rubric_page(request: HttpRequest) -> HttpResponse:
    editions = [
        (edition, rubrics.PUBLISHED_ON[edition], rubric) for edition, rubric in reversed(rubrics.EDITIONS.items())
    ]
    return render(request, "evidence/rubric.html", {"editions": editions})
