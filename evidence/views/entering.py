"""Entering findings: by the owners of a paper, at deposit or later, and by curators."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.queries import log_of
from accounts.signed_in import person
from evidence import rules
from evidence.actions import findings as actions
from evidence.checks import unmet_for_check, unmet_for_proposal
from evidence.forms.finding import FindingForm, initial_of
from evidence.forms.stored import stored_instead
from evidence.models import Finding
from evidence.queries import desk
from evidence.views.common import decide, for_entering, private
from kesos_repo.access import signed_in
from publications.models import Version
from publications.views.deposit.common import keeps_typed, take_typed


@for_entering
@require_safe
def entering(request: HttpRequest, version: Version) -> HttpResponse:
    """All that was entered about an output, with its states."""
    user, output = person(request), version.output
    findings = desk.findings_to_edit(output)
    editable = rules.editable(user, output, findings)
    context = {
        "version": version,
        "output": output,
        "rows": [(finding, finding.pk in editable) for finding in findings],
        "recommendations": [(one, one.checked_on is None) for one in desk.recommendations_to_edit(output)],
        "summary": desk.summary_of(output),
    }
    return render(request, "evidence/entering.html", context)


@keeps_typed
@for_entering
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, version: Version) -> HttpResponseBase:
    data = _typed(request)
    form = FindingForm(data, version=version, initial=initial_of(version))
    if request.method == "POST" and form.is_valid():
        finding = actions.enter(version, form.data_for_action(), by=person(request))
        return _saved(request, finding)
    context = {"form": form, "version": version, "output": version.output, "finding": None}
    return render(request, "evidence/edit.html", context, status=422 if request.method == "POST" else 200)


@keeps_typed
@signed_in
@private
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    finding = _mine(request, pk)
    if not rules.may_edit(person(request), finding):
        return _closed(request, finding)
    form = FindingForm(_typed(request), version=finding.version, instance=finding)
    status, stored = 422 if request.method == "POST" else 200, None
    if request.method == "POST" and form.is_valid():
        try:
            revision = _number(request.POST.get("revision", ""))
            saved = actions.edit(finding, form.data_for_action(), by=person(request), base_revision=revision)
        except actions.Conflict:
            form.add_error(
                None, _("Somebody else has saved this finding since you opened it. Compare; saving again keeps yours.")
            )
            status, finding = 409, _mine(request, pk)
            stored = stored_instead(form, FindingForm(version=finding.version, instance=finding))
        else:
            return _saved(request, saved)
    context = {
        "form": form,
        "version": finding.version,
        "output": finding.output,
        "finding": finding,
        "stored": stored,
        "missing": [*unmet_for_proposal(finding)] if finding.state != "withdrawn" else unmet_for_check(finding),
        "may_discard": rules.may_discard(person(request), finding),
        "may_propose": rules.may_propose(person(request), finding),
        "entries": log_of(finding)[:20],
    }
    return render(request, "evidence/edit.html", context, status=status)


def _typed(request: HttpRequest) -> QueryDict | None:
    """What was sent, or what was kept while its author had to sign in again."""
    if request.method == "POST":
        return request.POST
    kept = take_typed(request)
    return QueryDict(kept) if kept else None


def _saved(request: HttpRequest, finding: Finding) -> HttpResponse:
    if request.POST.get("do") != "propose":
        messages.success(request, _("Saved."))
        return redirect("evidence:edit", finding.pk)
    done = _("The finding waits for a curator to check it.")
    if decide(request, lambda: actions.propose(finding, by=person(request)), done):
        return redirect("evidence:entering", finding.version_id)
    return redirect("evidence:edit", finding.pk)


def _closed(request: HttpRequest, finding: Finding) -> HttpResponse:
    """Not open for changes now. What was typed meanwhile cannot be saved, but it is shown to be copied."""
    typed: list[tuple[str, Any]] = [
        (name, text)
        for name, values in request.POST.lists()
        for text in values
        if len(text) > 20 and "csrf" not in name
    ]
    if typed:
        context = {"finding": finding, "typed": typed}
        return render(request, "evidence/closed.html", context, status=409)
    messages.info(request, _("This finding is not open for changes now."))
    return redirect("evidence:finding", finding.pk)


def _mine(request: HttpRequest, pk: int) -> Finding:
    """A finding whose pages for entering the reader may see; others do not exist for her."""
    finding = desk.finding_to_edit(pk)
    user = person(request)
    if finding is None:
        raise Http404
    concerned = finding.entered_by_id == user.pk or rules.may_enter(user, finding.output)
    if not concerned:
        raise Http404
    return finding


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else -1


@signed_in
@require_POST
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    finding = _mine(request, pk)
    done = _("The finding waits for a curator to check it.")
    decide(request, lambda: actions.propose(finding, by=person(request)), done)
    return redirect("evidence:entering", finding.version_id)


@signed_in
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    finding = _mine(request, pk)
    if not rules.may_discard(person(request), finding):
        raise PermissionDenied
    actions.discard(finding, by=person(request))
    messages.success(request, _("The finding is discarded."))
    return redirect("evidence:entering", finding.version_id)
