"""The outbox at the desk, and the committee's own wording."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.signed_in import person
from conferences.actions import letters
from conferences.forms.reviewing_desk import LANGUAGES, LetterForm, WordingForm
from conferences.letters import KINDS, Wording, fields_of
from conferences.letters.wording import MEANINGS
from conferences.models import Advice, Edition, Letter, LetterKind
from conferences.queries import letters as queries
from conferences.rules.committee import may_lead_programme, may_send_letters
from conferences.rules.reviewing import may_open_outbox, may_open_programme_desk
from conferences.states import LetterState
from conferences.views.common import render_desk
from conferences.views.reviewing.common import attempt, edition_for, number_in, private, seen
from kesos_repo.access import signed_in

OUTBOX = "conferences:desk_outbox"
WORDINGS = "conferences:desk_wordings"
PAGE_SIZE = 25


@signed_in
@private
@require_safe
def outbox(request: HttpRequest, slug: str) -> HttpResponse:
    edition = edition_for(request, slug, may_open_outbox)
    tab = request.GET.get("status", queries.WAITING)
    tab = tab if tab in queries.TABS else queries.WAITING
    rows = queries.letters_of(edition, person(request), tab)
    context = {
        "tab": tab,
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("halaman")),
        "counts": queries.counts_of(edition, person(request)),
        "may_send": may_send_letters(person(request), edition),
        "may_word": may_open_programme_desk(person(request), edition),
        "section": OUTBOX,
    }
    return render_desk(request, "conferences/reviewing/desk/outbox.html", edition, context)


def _letter(request: HttpRequest, slug: str, pk: int) -> tuple[Edition, Letter]:
    """One that the reader is in conflict with is not there."""
    edition = edition_for(request, slug, may_open_outbox)
    letter = queries.letter_of(edition, person(request), pk)
    if letter is None:
        raise Http404
    return edition, letter


@signed_in
@private
@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Look at it and edit it."""
    edition, found = _letter(request, slug, pk)
    form = LetterForm(request.POST or None, initial={"subject": found.subject, "body": found.body})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        act = lambda: letters.edit(found, data["subject"], data["body"], by=person(request), seen=seen(request))  # noqa: E731
        attempt(request, act, _("Saved. It still waits in the outbox."))
        return redirect("conferences:desk_letter", slug, pk)
    waits = found.state == LetterState.WAITING and may_send_letters(person(request), edition)
    context = {"letter": found, "form": form, "may_send": waits, "section": OUTBOX}
    status = 422 if request.method == "POST" else 200
    return render_desk(request, "conferences/reviewing/desk/letter.html", edition, context, status)


@signed_in
@private
@require_POST
def send(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    _edition, found = _letter(request, slug, pk)
    attempt(request, lambda: letters.send(found, by=person(request), seen=seen(request)), _("It is on its way."))
    return redirect(OUTBOX, slug)


@signed_in
@private
@require_POST
def drop(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    _edition, found = _letter(request, slug, pk)
    done = _("It will not be sent.")
    attempt(request, lambda: letters.drop(found, by=person(request), seen=seen(request)), done)
    return redirect(OUTBOX, slug)


@signed_in
@private
@require_POST
def send_several(request: HttpRequest, slug: str) -> HttpResponse:
    """Those that were ticked on a page which showed the whole of each: 'pk:revision'."""
    edition = edition_for(request, slug, may_open_outbox)
    wanted: dict[int, int] = {}
    for value in request.POST.getlist("letter")[:PAGE_SIZE]:
        pk, _mark, revision = value.partition(":")
        if (number := number_in(pk)) is not None and (looked_at := number_in(revision)) is not None:
            wanted[number] = looked_at
    found = queries.letters_of(edition, person(request), queries.WAITING).select_related("edition", "submission")
    chosen = [(row, wanted[row.pk]) for row in found.filter(pk__in=wanted)]
    sent, left = letters.send_several(chosen, by=person(request))
    if sent:
        text = ngettext("%(n)s letter is on its way.", "%(n)s letters are on their way.", sent) % {"n": sent}
        messages.success(request, text)
    if left or not sent:
        text = _("Not sent, since it was changed or what it says is no longer so: %(letters)s")
        subjects = "; ".join(row.subject for row in left) or _("nothing was chosen")
        messages.error(request, text % {"letters": subjects})
    return redirect(OUTBOX, slug)


@signed_in
@private
@require_safe
def wordings(request: HttpRequest, slug: str) -> HttpResponse:
    edition = edition_for(request, slug, may_open_programme_desk)
    words = queries.Wordings(edition)
    rows = [
        {"kind": kind, "variant": variant, "label": _label(kind, variant), "own": _own(words, kind, variant)}
        for kind, variant in KINDS
    ]
    context = {"rows": rows, "section": OUTBOX}
    return render_desk(request, "conferences/reviewing/desk/wordings.html", edition, context)


def _label(kind: str, variant: str) -> str:
    label = str(LetterKind(kind).label)
    return f"{label}: {Advice(variant).label}" if variant else label


def _own(words: queries.Wordings, kind: str, variant: str) -> list[tuple[str, str, bool]]:
    return [(code, str(name), words.is_own(kind, variant, code)) for code, name in LANGUAGES.items()]


@signed_in
@private
@require_http_methods(["GET", "HEAD", "POST"])
def wording(request: HttpRequest, slug: str, kind: str, language: str, variant: str = "") -> HttpResponse:
    rule = may_lead_programme if request.method == "POST" else may_open_programme_desk
    edition = edition_for(request, slug, rule)
    if (kind, variant) not in KINDS or language not in LANGUAGES:
        raise Http404
    words = queries.Wordings(edition).get(kind, variant, language)
    form = WordingForm(request.POST or None, kind=kind, initial={"subject": words.subject, "body": words.body})
    if request.method == "POST" and form.is_valid():
        own = Wording(form.cleaned_data["subject"], form.cleaned_data["body"])
        letters.write_wording(edition, kind, variant, language, own, by=person(request))
        messages.success(request, _("Saved. Letters that wait already stay as they are."))
        return redirect(WORDINGS, slug)
    context: dict[str, Any] = {
        "form": form,
        "label": _label(kind, variant),
        "language_name": LANGUAGES[language],
        "fields": [(f"{{{name}}}", MEANINGS[name]) for name in fields_of(kind)],
        "may_change": may_lead_programme(person(request), edition),
        "section": OUTBOX,
    }
    status = 422 if request.method == "POST" else 200
    return render_desk(request, "conferences/reviewing/desk/wording.html", edition, context, status)
