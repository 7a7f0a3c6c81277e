"""A PDF opened in a confined child, if it is not too much to look at."""

import pikepdf

from conferences.checker.codes import Refusal, Refused

OBJECTS, PAGES = 200_000, 500


def opened(path: str) -> pikepdf.Pdf:
    try:
        document = pikepdf.open(path, suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise Refused(Refusal.NEEDS_PASSWORD) from error
    except pikepdf.PdfError as error:
        raise Refused(Refusal.CANNOT_OPEN) from error
    if len(document.objects) > OBJECTS or len(document.pages) > PAGES:
        raise Refused(Refusal.TOO_COSTLY)
    if not len(document.pages):
        raise Refused(Refusal.NO_PAGES)
    return document
