"""What can be wrong or worth knowing about a PDF. No Django here: the child process reads this too."""

from enum import StrEnum


class Code(StrEnum):
    # The file is refused.
    NOT_PDF = "not_pdf"
    EMPTY_FILE = "empty_file"
    CANNOT_OPEN = "cannot_open"
    NEEDS_PASSWORD = "needs_password"  # noqa: S105
    UNKNOWN_ENCRYPTION = "unknown_encryption"
    NO_PAGES = "no_pages"
    UNREADABLE = "unreadable"
    # The file is taken, and the curator is told.
    JAVASCRIPT = "javascript"
    LAUNCHES_PROGRAM = "launches_program"
    XFA = "xfa"
    ATTACHMENTS = "attachments"
    SIGNED = "signed"
    ENCRYPTED = "encrypted"
    RESTRICTED = "restricted"
    SCAN = "scan"
    NO_TEXT = "no_text"
    GARBLED = "garbled"
    DAMAGED = "damaged"
    HUGE_PAGE = "huge_page"
    HUGE_PICTURE = "huge_picture"
    TOO_MANY_PAGES = "too_many_pages"
    TEXT_CUT = "text_cut"
    STOPPED_TIME = "stopped_time"
    STOPPED_MEMORY = "stopped_memory"
    STOPPED_CRASH = "stopped_crash"
    NO_PICTURE = "no_picture"


REFUSALS: frozenset[Code] = frozenset(
    {
        Code.NOT_PDF,
        Code.EMPTY_FILE,
        Code.CANNOT_OPEN,
        Code.NEEDS_PASSWORD,
        Code.UNKNOWN_ENCRYPTION,
        Code.NO_PAGES,
        Code.UNREADABLE,
    }
)
WARNINGS: frozenset[Code] = frozenset(Code) - REFUSALS


class Refused(Exception):
    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code = code
