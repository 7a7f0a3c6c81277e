"""The blocks of the form for a submission: what is saved and compared as one thing."""

from django.utils.translation import gettext_lazy as _

from conferences.models import AnswerKind, CallQuestion
from publications.forms.deposit.blocks import Block, umbrella

STEP = "isian"
ROWS = ("authors", "named")


def _block(name: str, label: object) -> Block:
    return Block(name, label, STEP, () if name in ROWS else (name,), name in ROWS)  # type: ignore[arg-type]


FIXED = {
    block.name: block
    for block in (
        _block("track", _("Track")),
        _block("wishes", _("How you would like to present it")),
        _block("theme", _("Theme of the call")),
        _block("language", _("Language of the paper")),
        _block("title_id", _("Title in Indonesian")),
        _block("title_en", _("Title in English")),
        _block("authors", _("Authors, in order")),
        _block("abstract_id", _("Abstract in Indonesian")),
        _block("abstract_en", _("Abstract in English")),
        _block("keywords", _("Keywords")),
        _block("pmks", umbrella()),
        _block("methods", _("Method")),
        _block("provinces", _("Where the research took place")),
        _block("named", _("People who should not review it")),
        _block("note", _("Note to the committee")),
    )
}


def question_name(question: CallQuestion) -> str:
    return f"q-{question.pk}"


def blocks_with(questions: list[CallQuestion]) -> dict[str, Block]:
    """Questions come before what is for the committee alone."""
    asked = {
        question_name(q): Block(question_name(q), str(q.label), STEP, (question_name(q),), False) for q in questions
    }
    last = {name: FIXED[name] for name in ("named", "note")}
    return {**{name: block for name, block in FIXED.items() if name not in last}, **asked, **last}


def is_choice(question: CallQuestion) -> bool:
    return question.kind in (AnswerKind.ONE, AnswerKind.SOME)
