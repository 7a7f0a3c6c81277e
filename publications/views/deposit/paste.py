"""A pasted DOI, BibTeX, RIS or CSL-JSON record: field by field, mine or theirs."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from publications.forms.deposit import BLOCKS, VersionForm
from publications.forms.deposit.proposals import proposals_from
from publications.forms.deposit.small import PasteForm
from publications.forms.deposit.version import as_inputs
from publications.importing.pasted import parse_pasted
from publications.importing.records import Record
from publications.models import Version

from .common import for_editing
from .compare import Comparison, comparison_with
from .saving import save


def read_pasted(text: str) -> tuple[Record | None, list[str]]:
    """What was understood, and what to tell about it."""
    pasted = parse_pasted(text)
    return pasted.record, [problem.message for problem in pasted.problems]


def apply_all(version: Version, record: Record, *, by: User) -> None:
    """Write everything the record says into a draft that is still empty."""
    form = VersionForm(version)
    data = QueryDict(mutable=True)
    for name, value in proposals_from(record).items():
        for key, text in as_inputs(BLOCKS[name], {**form.stored, name: value}):
            data.appendlist(key, text)
    save(version, data, by=by)


@for_editing
@require_http_methods(["GET", "HEAD", "POST"])
def paste(request: HttpRequest, version: Version) -> HttpResponseBase:
    form = PasteForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _show(request, version, form, status=422 if request.method == "POST" else 200)
    record, problems = read_pasted(form.cleaned_data["text"])
    if record is None:
        form.add_error("text", problems or _("Nothing was recognised."))
        return _show(request, version, form, status=422)
    stored = VersionForm(version)
    choices = comparison_with(stored, proposals_from(record))
    return _show(request, version, form, comparison=Comparison(choices, []), problems=problems)


def _show(request: HttpRequest, version: Version, form: PasteForm, status: int = 200, **context: Any) -> HttpResponse:
    everything = {"version": version, "form": form, **context}
    return render(request, "publications/deposit/paste.html", everything, status=status)
