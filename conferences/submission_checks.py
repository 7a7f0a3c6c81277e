"""What a submission needs before it can be handed in, as a checklist."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conferences.models import CallQuestion, Slot, Submission, SubmissionFile, Track, Wanted
from conferences.rules.submissions import working_round
from conferences.states import SubmissionState
from conferences.words import count_words
from publications.checks import Status

KEYWORDS = (3, 6)


@dataclass(frozen=True, slots=True)
class Check:
    """`field`: the block of the form or "files"."""

    field: str
    status: Status
    label: "str | Promise"


def _check(field: str, is_met: bool, label: str) -> Check:
    return Check(field, Status.OK if is_met else Status.TODO, label)


def unmet(submission: Submission) -> list[Check]:
    return [check for check in checklist(submission) if check.status is Status.TODO]


def checklist(submission: Submission) -> list[Check]:
    """In the order of the form; a fixed number of queries."""
    return [
        _check("title_id", bool(submission.title), _("Title")),
        *_abstract(submission),
        _keywords(submission),
        _check("pmks", submission.pmks.exists(), "PMKS"),
        *_authors(submission),
        *_questions(submission),
        *_files(submission),
    ]


def _abstract(submission: Submission) -> Iterator[Check]:
    """Each one that is written keeps the limits, and there is one."""
    track = submission.track
    written = {code: text for code in ("id", "en") if (text := getattr(submission, f"abstract_{code}"))}
    if track.wants == Wanted.PAPER and not written:
        return
    if not written:
        yield _check(f"abstract_{submission.language}", False, _("Abstract"))
    for code, text in written.items():
        label = {"id": _("Abstract in Indonesian"), "en": _("Abstract in English")}[code]
        count = count_words(text)
        fits = track.words_min <= count <= track.words_max
        yield _check(f"abstract_{code}", fits, f"{label}: {_words(track, count)}")


def _words(track: Track, count: int) -> str:
    text = ngettext(
        "%(count)d word, %(least)d–%(most)d are asked for",
        "%(count)d words, %(least)d–%(most)d are asked for",
        count,
    )
    return text % {"count": count, "least": track.words_min, "most": track.words_max}


def _keywords(submission: Submission) -> Check:
    least, most = KEYWORDS
    fits = least <= len(submission.keywords) <= most
    return _check("keywords", fits, _("Keywords: %(least)d to %(most)d") % {"least": least, "most": most})


def _authors(submission: Submission) -> Iterator[Check]:
    authors = list(submission.authors.all())
    yield _check("authors", bool(authors) and all(author.family_name for author in authors), _("Authors"))
    yield _check("authors", any(author.is_presenter for author in authors), _("Who presents"))


def questions_of(track: Track) -> list[CallQuestion]:
    """Those of all tracks and of this one."""
    asked = CallQuestion.objects.filter(edition=track.edition_id)
    return [question for question in asked if question.track_id in (None, track.pk)]


def _questions(submission: Submission) -> Iterator[Check]:
    given = dict(submission.answers.values_list("question", "value"))
    for question in questions_of(submission.track):
        if question.is_required:
            yield _check(f"q-{question.pk}", question.pk in given, str(question.label))


def _files(submission: Submission) -> Iterator[Check]:
    is_revision = submission.state == SubmissionState.REVISION
    if not (submission.track.wants_paper or is_revision):
        return
    working = working_round(submission)
    files = {file.slot: file for file in submission.files.filter(round=working).select_related("blob")}
    manuscript = files.get(Slot.ANONYMOUS)
    if submission.track.wants_paper:
        yield _check("files", manuscript is not None, _("Manuscript without names"))
    if manuscript is not None:
        yield from _manuscript(manuscript, submission.track)
    if is_revision:
        yield _check("files", Slot.ANSWER in files, _("Answer to the reviewers"))
        if answer := files.get(Slot.ANSWER):
            yield from _looked_at(answer, _("Warnings about the answer looked at"))


def _manuscript(file: SubmissionFile, track: Track) -> Iterator[Check]:
    pages = file.blob.page_count
    if pages is not None:
        text = _("Pages of the manuscript: %(pages)d, at most %(most)d")
        yield _check("files", pages <= track.pages_max, text % {"pages": pages, "most": track.pages_max})
    yield from _looked_at(file, _("Warnings about the manuscript looked at"))


def _looked_at(file: SubmissionFile, label: str) -> Iterator[Check]:
    if file.findings.get("warnings"):
        yield _check("files", file.accepted_warnings, label)
