"""Why a manuscript is refused, and what was taken away from it. No Django here: the child process reads this too."""

from enum import StrEnum


class Refusal(StrEnum):
    NOT_ACCEPTED = "not_accepted"
    TOO_LARGE = "too_large"
    CANNOT_OPEN = "cannot_open"
    NEEDS_PASSWORD = "needs_password"  # noqa: S105
    NO_PAGES = "no_pages"
    HOSTILE = "hostile"
    TOO_COSTLY = "too_costly"


class Stripped(StrEnum):
    """Kinds of what was found and taken away."""

    INFO = "info"
    XMP = "xmp"
    ATTACHMENTS = "attachments"
    SCRIPTS = "scripts"
    ANNOTATIONS = "annotations"
    FORM = "form"
    THUMBNAILS = "thumbnails"
    OUTLINE = "outline"
    PICTURE_DATA = "picture_data"
    CHANGES = "changes"
    COMMENTS = "comments"
    LINKS = "links"
    FIELDS = "fields"
    EMBEDDED = "embedded"
    PROPERTIES = "properties"


class Refused(Exception):
    def __init__(self, code: Refusal) -> None:
        super().__init__(code)
        self.code = code
