"""One brief with its findings in order. Saving keeps everything in the form, whatever button was pressed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.signed_in import person
from evidence import rules
from evidence.actions import briefs as actions
from evidence.agreement import assess
from evidence.briefs.checks import lost_findings, unmet_for_making
from evidence.briefs.merging import Merged, merged, orphans
from evidence.comparing.asked import Kind, key_of
from evidence.forms.briefs import BriefForm, NoteForm, TextsForm
from evidence.models import Brief, BriefFinding
from evidence.queries import briefs as queries
from evidence.views.briefs import for_owner

STEPS = {"up": -1, "down": 1}
ATTEMPTS = 3


class Forms:
    """The form of a brief and one for each of its findings, over what is stored now."""

    def __init__(self, brief: Brief, data: QueryDict | None) -> None:
        self.brief, self.data = brief, data
        self.form = BriefForm(data, brief=brief)
        self.notes: list[tuple[BriefFinding, NoteForm]] = [
            (item, NoteForm(data, item=item)) for item in queries.items_of(brief)
        ]

    @property
    def all(self) -> list[TextsForm]:
        return [self.form, *(note for _item, note in self.notes)]

    def is_valid(self) -> bool:
        return all([form.is_valid() for form in self.all])  # noqa: C419 all show their errors

    @property
    def orphans(self) -> list[str]:
        return orphans(self.data or {}, [str(note.prefix) for _item, note in self.notes])

    def merged(self, data: QueryDict) -> Merged:
        is_current = data.get("revision", "") == str(self.brief.revision)
        texts = [text for form in self.all for text in form.typed()]
        return merged(texts, is_current=is_current, taken=data.getlist("take"))

    def save(self, found: Merged, *, by: Any) -> Brief:
        """Raises `Conflict` if somebody saved since this was read."""
        notes = {item.finding_id: note.chosen(found.texts) for item, note in self.notes}
        revision = self.brief.revision
        return actions.save(self.brief, self.form.chosen(found.texts), notes, by=by, base_revision=revision)


@for_owner
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, brief: Brief) -> HttpResponseBase:
    """What another tab changed meanwhile stays; where both changed the same text, both are shown (409)."""
    if not rules.may_edit_brief(person(request), brief):
        return redirect("evidence:brief_preview", brief.pk)
    if request.method != "POST":
        return _page(request, Forms(brief, None))
    for _attempt in range(ATTEMPTS):
        forms = Forms(brief, request.POST)
        if not forms.is_valid():
            return _page(request, forms, 422)
        found = forms.merged(request.POST)
        if found.conflicts or forms.orphans:
            break
        try:
            return _then(request, forms.save(found, by=person(request)), found)
        except actions.Conflict:
            brief = queries.brief_of(person(request), brief.pk) or brief
    return _with_both(request, brief, found)


def _with_both(request: HttpRequest, brief: Brief, found: Merged) -> HttpResponse:
    """Mine in the fields, theirs beside them; what only they changed is in the fields already."""
    data = request.POST.copy()
    for name, stored in (found.elsewhere | found.texts).items():
        data[name] = stored
    forms = Forms(brief, data)
    forms.is_valid()
    for form in forms.all:
        form.theirs = form.chosen(found.conflicts)
    forms.form.add_error(
        None,
        _(
            "This brief was saved in another tab since you opened it. Where both tabs changed a text, both stand here: "
            "yours in the field, the other one below it. Nothing of yours is saved yet."
        ),
    )
    return _page(request, forms, 409)


def _page(request: HttpRequest, forms: Forms, status: int = 200) -> HttpResponse:
    brief, lost, last = forms.brief, lost_findings(forms.brief), len(forms.notes) - 1
    context = {
        "brief": brief,
        "form": forms.form,
        "rows": [
            _row(item, note, is_lost=item.finding_id in lost, is_first=place == 0, is_last=place == last)
            for place, (item, note) in enumerate(forms.notes)
        ],
        "lost": len(lost),
        "missing": unmet_for_making(brief),
        "version": rules.open_version_of(brief),
        "orphans": forms.orphans,
    }
    return render(request, "evidence/briefs/edit.html", context, status=status)


def _row(item: BriefFinding, note: NoteForm, **place: bool) -> dict[str, Any]:
    finding = item.finding
    return {"item": item, "finding": finding, "form": note, "assessments": assess(finding.ratings.all()), **place}


def _then(request: HttpRequest, brief: Brief, found: Merged) -> HttpResponse:
    """What the button says, after everything is saved."""
    if found.elsewhere:
        messages.info(request, _("Another tab had changed other texts of this brief; they were kept as saved there."))
    user = person(request)
    do, _colon, number = request.POST.get("do", "").partition(":")
    finding = int(key_of(Kind.FINDINGS, number) or 0)
    here = reverse("evidence:brief", args=[brief.pk])
    if do in STEPS:
        actions.move(brief, finding, STEPS[do], by=user)
        return redirect(f"{here}#temuan-{finding}")
    if do == "remove":
        actions.remove(brief, finding, by=user)
        messages.success(request, _("The finding is no longer in the brief."))
        return redirect(f"{here}#temuan")
    if do == "preview":
        return redirect("evidence:brief_preview", brief.pk)
    messages.success(request, _("Saved."))
    return redirect(here)
