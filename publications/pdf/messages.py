"""Each code as a sentence for a person: what happened, and what to do next."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from publications.pdf.codes import REFUSALS, WARNINGS, Code

MESSAGES: dict[Code, Promise] = {
    Code.NOT_PDF: _(
        "This is not a PDF file, or something stands before its beginning. "
        "Open the document in the program it was made with, save it as PDF and upload it again."
    ),
    Code.EMPTY_FILE: _("The file is empty. Check it on your computer and upload it again."),
    Code.CANNOT_OPEN: _(
        "The PDF is too damaged to be opened. Make it again from the original document and upload the new file."
    ),
    Code.NEEDS_PASSWORD: _("The PDF is locked with a password. Save it without a password and upload it again."),
    Code.UNKNOWN_ENCRYPTION: _(
        "The PDF is protected in a way that cannot be opened here. Save it without protection and upload it again."
    ),
    Code.NO_PAGES: _("The PDF has no pages. Make it again from the original document and upload the new file."),
    Code.UNREADABLE: _(
        "Not a single page of the PDF could be read within the time and memory allowed. "
        "Save it again as an ordinary PDF (for example by printing it to PDF) and upload the new file."
    ),
    Code.JAVASCRIPT: _("The PDF contains scripts. They never run here; ask for a copy without scripts if in doubt."),
    Code.LAUNCHES_PROGRAM: _(
        "The PDF tries to start another program. Ask the author for a copy without such actions before publishing."
    ),
    Code.XFA: _(
        "The PDF is a dynamic form (XFA) that many readers cannot show. Ask for a copy that was printed to PDF."
    ),
    Code.ATTACHMENTS: _(
        "Other files are attached inside the PDF. Look at them before publishing, or ask for a copy without them."
    ),
    Code.SIGNED: _("The PDF carries a digital signature. It was not verified; the file is kept unchanged."),
    Code.ENCRYPTED: _("The PDF is encrypted, but opens without a password."),
    Code.RESTRICTED: _(
        "The PDF forbids printing or copying. Readers may be hindered; ask for a copy without restrictions."
    ),
    Code.SCAN: _(
        "The pages are pictures without text. The text is recognised automatically where this is installed; "
        "check the title and the abstract."
    ),
    Code.NO_TEXT: _("No text was found in the PDF, so it cannot be searched. Fill in the abstract by hand."),
    Code.GARBLED: _(
        "The text of the PDF cannot be read reliably because its fonts do not say which letters they show. "
        "Check everything that was suggested from it."
    ),
    Code.DAMAGED: _("The PDF is damaged, but could be repaired for reading. Check that every page is shown."),
    Code.HUGE_PAGE: _("A page of the PDF is unusually large. Check that it can be shown and printed."),
    Code.HUGE_PICTURE: _(
        "A picture inside the PDF is so large that it may overwhelm a reader's device. "
        "Ask for a copy with a smaller picture."
    ),
    Code.TOO_MANY_PAGES: _("The PDF has very many pages. Only the first part of it was read for search."),
    Code.TEXT_CUT: _("The PDF has very much text. Only a part of it was read for search."),
    Code.STOPPED_TIME: _("Reading the PDF took too long and was stopped. The pages read until then are kept."),
    Code.STOPPED_MEMORY: _("Reading the PDF needed too much memory and was stopped. What was read is kept."),
    Code.STOPPED_CRASH: _("The PDF contains something that cannot be read. The other pages that were read are kept."),
    Code.NO_PICTURE: _("No picture of the first page could be made. Check that the PDF can be shown."),
}


def message(code: Code | str) -> Promise:
    return MESSAGES[Code(code)]


def refuses(code: Code | str) -> bool:
    return Code(code) in REFUSALS


__all__ = ["MESSAGES", "REFUSALS", "WARNINGS", "Code", "message", "refuses"]
