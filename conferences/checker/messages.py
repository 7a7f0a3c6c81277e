"""What the checker refuses, takes away and warns of, in sentences for a person."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from conferences.checker.codes import Refusal, Stripped

REFUSALS: dict[str, Promise] = {
    Refusal.NOT_ACCEPTED: _("A manuscript is a PDF or a Word file (.docx). Save it as one of these and upload it."),
    Refusal.TOO_LARGE: _("The manuscript is larger than 25 MB. Save its pictures with less detail and upload it."),
    Refusal.CANNOT_OPEN: _(
        "The file is damaged and its hidden data could not be taken out. Save it again and upload the new file."
    ),
    Refusal.NEEDS_PASSWORD: _("The file is locked with a password. Save it without a password and upload it again."),
    Refusal.NO_PAGES: _("The file has no pages. Save it again and upload the new file."),
    Refusal.HOSTILE: _("The file holds instructions that do not belong into a manuscript. Save it again as PDF."),
    Refusal.TOO_COSTLY: _(
        "The file is too complicated to be checked within the time allowed. Save it again as an ordinary PDF."
    ),
}
# Where slides and posters are refused for the same reasons.
OF_MATERIALS: dict[str, Promise] = {
    Refusal.NOT_ACCEPTED: _("Slides and posters are taken as PDF. Save the file as PDF and upload it."),
    Refusal.TOO_LARGE: _("The file is larger than 25 MB. Save its pictures with less detail and upload it."),
    Refusal.HOSTILE: _("The file holds instructions that do not belong into slides. Save it again as PDF."),
}
STRIPPED: dict[str, Promise] = {
    Stripped.INFO: _("title, author and program in the document’s properties"),
    Stripped.XMP: _("hidden descriptions (XMP)"),
    Stripped.ATTACHMENTS: _("attached files"),
    Stripped.SCRIPTS: _("scripts and actions"),
    Stripped.ANNOTATIONS: _("notes, highlights and links on the pages"),
    Stripped.FORM: _("form fields"),
    Stripped.THUMBNAILS: _("small preview pictures"),
    Stripped.OUTLINE: _("bookmarks"),
    Stripped.PICTURE_DATA: _("data of cameras and programs in pictures"),
    Stripped.CHANGES: _("tracked changes (accepted)"),
    Stripped.COMMENTS: _("comments"),
    Stripped.LINKS: _("addresses behind links"),
    Stripped.FIELDS: _("fields such as author and file name (their text stays)"),
    Stripped.EMBEDDED: _("embedded files"),
    Stripped.PROPERTIES: _("properties, custom data and lists of people"),
}
WARNINGS: dict[str, Promise] = {
    "name": _("name of an author"),
    "affiliation": _("organisation of an author"),
    "email": _("e-mail address"),
    "orcid": _("ORCID"),
    "thanks": _("thanks, funding or lines about the authors"),
    "no_text": _("no text could be read: look at each page yourself"),
    "own_work": _("own earlier work named as such"),
}
