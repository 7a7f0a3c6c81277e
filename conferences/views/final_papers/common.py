"""What the author's page of a final paper and the editors' share."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from accounts.signed_in import person
from conferences.actions import final_papers as actions
from conferences.checker.limits import MOST_BYTES
from conferences.final_checks import has_fault
from conferences.final_wording import told
from conferences.forms.final_papers import FinalPaperForm
from conferences.models import FinalPaper, Submission
from conferences.views.reviewing.common import seen
from publications.downloads import send
from publications.views.deposit.uploading import upload_problem

ACCEPT = ".pdf,application/pdf"


def form_for(request: HttpRequest, paper: FinalPaper | None) -> FinalPaperForm:
    return FinalPaperForm(request.POST or None, initial={"licence": paper.licence if paper else None})


def handed_in(request: HttpRequest, submission: Submission, form: FinalPaperForm) -> tuple[int, str]:
    """(0, "") once it is taken in; else the status of the answer and what is wrong with the file.

    Raises `actions.Closed`.
    """
    problem = upload_problem(request)
    if problem or not form.is_valid():
        return 422, problem
    upload, licence = request.FILES["file"], form.cleaned_data["licence"]
    try:
        actions.hand_in(submission, upload, licence, by=person(request), seen=seen(request))
    except actions.FileRefused as refusal:
        return 422, str(refusal.message)
    except actions.ChangedMeanwhile:
        return 409, _("Meanwhile another file was handed in: it stands above. Nothing was replaced.")
    return 0, ""


def about(paper: FinalPaper | None) -> dict[str, Any]:
    """The paper with what its checks say."""
    checks = paper.checks if paper else []
    rows = told(checks)
    return {
        "paper": paper,
        "to_mend": [row for row in rows if row.level != "ok"],
        "in_order": [{"state": "ok", "text": f"{row.label}: {row.text}"} for row in rows if row.level == "ok"],
        "has_fault": has_fault(checks),
        "accept": ACCEPT,
        "most_bytes": MOST_BYTES,
    }


def answer_with(request: HttpRequest, paper: FinalPaper) -> HttpResponseBase:
    return send(request, paper.blob.content, paper.blob, name_of(paper), private=True)


def name_of(paper: FinalPaper) -> str:
    submission = paper.submission
    return f"{submission.edition.slug}-{submission.number:03d}-makalah-akhir.pdf"
