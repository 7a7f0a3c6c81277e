"""The curators' desk: queue, one paper beside its PDF, decisions, the list of everything."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kesos_repo.access import SignedInRequest, curators
from publications.actions import review
from publications.actions.drafts import Conflict
from publications.checks import Check, Incomplete, Status, checklist
from publications.forms.curation import CommentForm, CorrectionForm, ReasonForm
from publications.models import Output, Version
from publications.queries import curation, duplicates
from publications.rules import editing
from publications.states import IllegalTransition, OutputState, VersionState

from .curation_fields import field_rows

QUEUE_SIZE = 25
TABS = {"menunggu": VersionState.SUBMITTED, "dikembalikan": VersionState.RETURNED}


@curators
def queue(request: SignedInRequest) -> HttpResponse:
    tab = request.GET.get("status", "menunggu")
    versions = curation.queue(TABS.get(tab, VersionState.SUBMITTED))
    page = Paginator(versions, QUEUE_SIZE).get_page(request.GET.get("page"))
    rows = [
        {"version": v, "is_late": curation.is_late(v), "is_own": v.output.owner_id == request.user.pk} for v in page
    ]
    context = {"page": page, "rows": rows, "tab": tab if tab in TABS else "menunggu", "counts": curation.queue_counts()}
    return render(request, "publications/curation/queue.html", context)


@curators
def everything(request: SignedInRequest) -> HttpResponse:
    words = request.GET.get("q", "").replace("\0", " ")[:200]
    state = request.GET.get("status", "")
    page = Paginator(curation.all_outputs(words, state), QUEUE_SIZE).get_page(request.GET.get("page"))
    newest = {v.output_id: v for v in Version.objects.filter(output__in=list(page)).order_by("number")}
    rows = [{"output": output, "version": newest.get(output.pk)} for output in page]
    context = {"page": page, "rows": rows, "q": words, "status": state, "states": OutputState.choices}
    return render(request, "publications/curation/everything.html", context)


@curators
def review_page(request: SignedInRequest, pk: int) -> HttpResponse:
    return _review_page(request, _version(pk))


def _version(pk: int) -> Version:
    version = curation.version_for_review(pk)
    if version is None:
        raise Http404
    return version


def _review_page(request: SignedInRequest, version: Version, status: int = 200, **forms: Any) -> HttpResponse:
    """The page with its forms; one that was refused comes back with what was typed."""
    facts, thread = curation.facts(version), curation.thread(version)
    main = next((file for file in facts["files"] if file.kind == "main"), None)
    context = {
        "version": version,
        "output": version.output,
        "facts": facts,
        "main": main,
        "checks": [_check_item(check) for check in checklist(version)],
        "duplicates": duplicates.find_duplicates(version),
        "thread": thread,
        "fields": field_rows(version, facts, thread),
        "log": curation.log_of(version.output),
        "is_late": curation.is_late(version),
        "may_curate": editing.may_curate(request.user, version),
        "mark": version.content_mark(),
        "comment_form": CommentForm(prefix="comment"),
        "return_form": ReasonForm(prefix="return"),
        "withdraw_form": ReasonForm(prefix="withdraw"),
        **forms,
    }
    return render(request, "publications/curation/review.html", context, status=status)


def _check_item(check: Check) -> dict[str, Any]:
    item = {"state": check.status.value, "text": check.label}
    return item if check.status is Status.OK else item | {"url": f"#field-{check.field}", "action": _("see")}


def _decide(
    request: SignedInRequest,
    version: Version,
    act: Callable[[], Any],
    done: str,
    again: Callable[[], HttpResponse] | None = None,
) -> HttpResponse:
    """Run an action; say what happened, or why it could not. `again`: the page with what was typed, to be read anew."""
    try:
        act()
    except Conflict:
        messages.error(request, _("The paper changed after you opened it, so nothing was decided. Read it again."))
        return again() if again else _review_page(request, _version(version.pk), 409)
    except IllegalTransition:
        messages.error(request, _("This paper has been decided on in the meantime. Nothing was changed."))
    except Incomplete as incomplete:
        missing = ", ".join(str(check.label) for check in incomplete.missing)
        messages.error(request, _("It cannot be published yet. Missing: %(missing)s") % {"missing": missing})
    else:
        messages.success(request, done)
    return redirect("publications:curate", version.pk)


@curators
@require_POST
def claim(request: SignedInRequest, pk: int) -> HttpResponse:
    version = _version(pk)
    return _decide(request, version, lambda: review.claim(version, by=request.user), _("The paper is in your hands."))


@curators
@require_POST
def release(request: SignedInRequest, pk: int) -> HttpResponse:
    version = _version(pk)
    return _decide(request, version, lambda: review.release(version, by=request.user), _("The paper is free again."))


@curators
@require_POST
def comment(request: SignedInRequest, pk: int) -> HttpResponse:
    version = _version(pk)
    form = CommentForm(request.POST, prefix="comment")
    if not form.is_valid():
        return _review_page(request, version, 422, comment_form=form)
    data = form.cleaned_data
    review.comment(version, data["text"], by=request.user, field=data["field"])
    messages.success(request, _("Your comment was sent to the authors."))
    return redirect("publications:curate", pk)


@curators
@require_POST
def return_to_author(request: SignedInRequest, pk: int) -> HttpResponse:
    version = _version(pk)
    form = ReasonForm(request.POST, prefix="return")
    if not form.is_valid():
        return _review_page(request, version, 422, return_form=form)
    reason = form.cleaned_data["reason"]
    done = _("The paper went back to its authors with your reason.")
    seen = _seen(request)
    act: Callable[[], Any] = lambda: review.return_to_author(version, reason, by=request.user, seen=seen)  # noqa: E731
    again = lambda: _review_page(request, _version(pk), 409, return_form=form)  # noqa: E731
    return _decide(request, version, act, done, again)


def _seen(request: SignedInRequest) -> str:
    """The mark of what stood on the page where the curator decided; without it nothing was read."""
    return request.POST.get("seen", "")


@curators
@require_POST
def approve(request: SignedInRequest, pk: int) -> HttpResponse:
    version = _version(pk)
    done, seen = _("The paper is published."), _seen(request)
    return _decide(request, version, lambda: review.publish(version, by=request.user, seen=seen), done)


@curators
@require_POST
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    version = _version(pk)
    form = ReasonForm(request.POST, prefix="withdraw")
    if not form.is_valid():
        return _review_page(request, version, 422, withdraw_form=form)
    reason, output = form.cleaned_data["reason"], version.output
    if request.POST.get("to") == "published":  # said by the form, else a doubled click would bring it back
        done = _("The output is public again.")
        return _decide(request, version, lambda: review.reinstate(output, reason, by=request.user), done)
    done = _("The output is withdrawn. Its page shows the reason.")
    return _decide(request, version, lambda: review.withdraw(output, reason, by=request.user), done)


@curators
@require_http_methods(["GET", "POST"])
def correct(request: SignedInRequest, pk: int) -> HttpResponse:
    """Small corrections of what is public."""
    get_object_or_404(Output.objects.public(), current=pk)
    version = _version(pk)
    form = CorrectionForm(request.POST or None, instance=Version.objects.get(pk=pk))
    if request.method == "POST" and form.is_valid():
        data, note = form.data_for_action(), form.cleaned_data["note"]
        done, seen = _("The correction is public now."), _seen(request)
        act: Callable[[], Any] = lambda: review.correct(version, data, note, by=request.user, seen=seen)  # noqa: E731
        return _decide(request, version, act, done, again=lambda: _correction_page(request, version, form, 409))
    return _correction_page(request, version, form, 422 if request.method == "POST" else 200)


def _correction_page(request: SignedInRequest, version: Version, form: CorrectionForm, status: int) -> HttpResponse:
    mark = Version.objects.get(pk=version.pk).content_mark()
    context = {"form": form, "version": version, "output": version.output, "mark": mark}
    return render(request, "publications/curation/correct.html", context, status=status)
