"""Where a paper is after it was sent: timeline, thread with the curators, what can be done next."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.signed_in import person
from publications.actions import review
from publications.forms.deposit.blocks import block_of
from publications.forms.deposit.small import ReplyForm
from publications.models import Comment, Output, Version
from publications.queries import deposits
from publications.rules import editing

from .common import for_version
from .page import address_of


@for_version
@require_http_methods(["GET", "HEAD", "POST"])
def status(request: HttpRequest, version: Version) -> HttpResponseBase:
    """GET: the status. POST: a message in the thread."""
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        review.comment(version, form.cleaned_data["text"], by=person(request))
        messages.success(request, _("Your message is sent."))
        return redirect("publications:deposit_status", version.pk)
    return _show(request, version, form, 422 if request.method == "POST" else 200)


def _show(request: HttpRequest, version: Version, form: ReplyForm, code: int) -> HttpResponse:
    user, output = person(request), version.output
    main, others = deposits.files_of(version)
    context = {
        "version": version,
        "output": output,
        "main": main,
        "other_files": others,
        "events": deposits.history(output),
        "thread": [_shown(comment, version, user.pk) for comment in deposits.comments_of(version)],
        "reply_form": form,
        "reason": deposits.last_return_reason(version),
        "newer": deposits.open_version(output) if version.state == "published" else None,
        **_rights(request, version, output),
    }
    response = render(request, "publications/deposit/status.html", context, status=code)
    response["Cache-Control"] = "private, no-store"
    return response


def _rights(request: HttpRequest, version: Version, output: Output) -> dict[str, bool]:
    user = person(request)
    return {
        "may_edit": editing.may_edit(user, version),
        "may_discard": editing.may_discard(user, version),
        "may_start_version": editing.may_start_version(user, output),
        "may_share": editing.may_share(user, output),
        "is_owner": editing.is_owner(user, output),
    }


def _shown(comment: Comment, version: Version, reader: int) -> dict[str, Any]:
    """A comment as the thread component takes it; curators speak as curators."""
    block = block_of(comment.field) if comment.field else None
    is_curator = comment.author.is_curator and comment.author_id != version.output.owner_id
    return {
        "author": _("Curator") if is_curator and comment.author_id != reader else str(comment.author),
        "text": comment.text,
        "created_at": comment.created_at,
        "field_label": block.label if block else (_("File") if comment.field else ""),
        "is_return_reason": comment.is_return_reason,
        "resolved_at": comment.resolved_at,
        "is_own": comment.author_id == reader,
    }


@for_version
@require_POST
def resolve(request: HttpRequest, version: Version, comment_pk: int) -> HttpResponse:
    """The author says that a remark about a field is dealt with."""
    comment = version.comments.select_related("version__output").filter(pk=comment_pk).first()
    if comment is None or not editing.may_edit(person(request), version):
        raise Http404
    if comment.resolved_at is None:
        review.resolve_comment(comment, by=person(request))
        messages.success(request, _("Marked as done."))
    if comment.field:
        return redirect(address_of(version, comment.field))
    return redirect("publications:deposit_status", version.pk)
