"""The call's own questions."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.signed_in import person
from conferences.actions import calls
from conferences.actions.editions_common import Conflict, stamp
from conferences.forms.call import QuestionForm
from conferences.models import CallQuestion, Edition
from conferences.views.desk.common import Difference, differences

from .common import for_organising, render_call


@for_organising
@require_http_methods(["GET", "HEAD", "POST"])
def question_list(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    form = QuestionForm(edition, request.POST or None)
    if request.method == "POST" and form.is_valid():
        calls.add_question(edition, form.cleaned_data, by=person(request))
        messages.success(request, _("The question is added."))
        return redirect("conferences:desk_questions", edition.slug)
    questions = edition.questions.select_related("track")
    status = 422 if request.method == "POST" else 200
    return render_call(request, "questions", edition, "desk_questions", form=form, questions=questions, status=status)


def _question(edition: Edition, pk: int) -> CallQuestion:
    question = CallQuestion.objects.filter(edition=edition, pk=pk).select_related("track").first()
    if question is None:
        raise Http404
    question.edition = edition
    return question


@for_organising
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, edition: Edition, pk: int) -> HttpResponseBase:
    question = _question(edition, pk)
    form = QuestionForm(edition, request.POST or None, instance=question)
    base = request.POST.get("base", "") if form.is_bound else stamp(question, calls.QUESTION)
    status, found = 422 if form.is_bound else 200, list[Difference]()
    if request.method == "POST" and form.is_valid():
        try:
            calls.edit_question(question, form.cleaned_data, by=person(request), base=base)
        except Conflict as conflict:
            status, question, base = 409, conflict.fresh, stamp(conflict.fresh, calls.QUESTION)
            found = differences(form, QuestionForm(edition, instance=question))
        except calls.Answered:
            form.add_error("kind", _("Somebody has answered already: the kind of answer and its options stay."))
        else:
            messages.success(request, _("The question is saved."))
            return redirect("conferences:desk_questions", edition.slug)
    context = {
        "form": form,
        "question": question,
        "is_answered": calls.is_answered(question),
        "base": base,
        "differences": found,
    }
    return render_call(request, "question", edition, "desk_questions", status=status, **context)


@for_organising
@require_POST
def change(request: HttpRequest, edition: Edition, pk: int) -> HttpResponseBase:
    """Move it up, or delete it."""
    question = _question(edition, pk)
    if request.POST.get("up"):
        calls.move_up(question, by=person(request))
    elif request.POST.get("delete"):
        try:
            calls.delete_question(question, by=person(request))
        except calls.Answered:
            messages.error(request, _("Somebody has answered it already, so it cannot be deleted."))
        else:
            messages.success(request, _("The question is deleted."))
    return redirect("conferences:desk_questions", edition.slug)
