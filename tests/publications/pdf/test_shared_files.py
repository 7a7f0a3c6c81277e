"""Every real file, good and hostile: an answer in time, within memory, and never an exception."""

import pytest

from publications.pdf.codes import REFUSALS, WARNINGS
from publications.pdf.limits import DEFAULT
from publications.pdf.messages import message
from publications.pdf.reader import read_pdf
from tests.publications.pdf.shared import FOLDER, files, needs_shared

pytestmark = needs_shared


@pytest.mark.parametrize("file", files(), ids=lambda file: file.relative_to(FOLDER).as_posix())
def test_file_is_refused_or_accepted_in_time(file):
    reading = read_pdf(file)
    assert reading.seconds < 20
    assert reading.peak_kib * 1024 < DEFAULT.memory_bytes
    if reading.error:
        assert reading.error in REFUSALS and str(message(reading.error))
        assert file.parent.name == "hostile"
    else:
        assert reading.pages and set(reading.warnings) <= WARNINGS
        assert reading.thumbnail and max(reading.thumbnail_size) <= 800
        assert reading.warnings or file.parent.name == "good", "a hostile file goes with a warning"
