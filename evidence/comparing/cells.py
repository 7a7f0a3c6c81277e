"""A comparison as rows of text, for files."""

import re
from collections.abc import Iterator

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from evidence.comparing.table import Comparison, Row
from evidence.facts import Value

# What XML cannot say; somebody's text may hold it all the same.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def plain(text: str) -> str:
    return _NOT_XML.sub("", text)


def lines_of(row: Row, cell: tuple[Value, ...]) -> list[str]:
    return [plain(value.text) for value in cell] or [plain(row.empty)]


def heading() -> str:
    return str(_("Comparison"))


def remarks(comparison: Comparison, address: str) -> Iterator[str]:
    """Where it is from, and when."""
    yield (
        _("Made on %(date)s from what was public in Repositori Kesos. The newest state:")
        % {"date": date_format(timezone.localdate(), "DATE_FORMAT")}
        + f" {settings.SITE_URL}{address}"
    )
    if comparison.has_sample:
        yield _("Contains sample data.")


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
