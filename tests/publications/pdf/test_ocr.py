"""Scanned pages become text, where Tesseract with Indonesian is installed."""

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from publications.pdf import ocr
from publications.pdf.codes import Code
from publications.pdf.limits import DEFAULT
from publications.pdf.ocr import ocr_available, recognise, with_recognised
from publications.pdf.reader import read_pdf
from publications.pdf.suggest import suggest
from tests.publications.pdf import papers, samples

needs_tesseract = pytest.mark.skipif(not ocr_available(), reason="tesseract with its Indonesian data is not installed")


@pytest.fixture(scope="module")
def scan(tmp_path_factory) -> Path:
    """The pages of a paper as pictures: what a scanner makes."""
    folder = tmp_path_factory.mktemp("scan")
    document = pypdfium2.PdfDocument(samples.paper(papers.MASTHEAD, folder))
    pictures = [page.render(scale=150 / 72, grayscale=True).to_pil() for page in document]
    document.close()
    file = folder / "scan.pdf"
    pictures[0].save(file, "PDF", resolution=150, save_all=True, append_images=[*pictures[1:], pictures[0]])
    return file


@needs_tesseract
def test_scan_is_recognised_and_suggested_from(scan):
    reading = read_pdf(scan)
    assert reading.is_scan and reading.pages_without_text == (1, 2)
    assert suggest(reading).title is None
    (first,) = recognise(scan, [1])
    assert first.error is None and "lanjut usia terlantar di enam desa" in " ".join(first.text.split())
    found = suggest(with_recognised(reading, [first]))
    assert found.title.value.startswith("Ketahanan Keluarga Penerima Manfaat Program Keluarga Harapan")
    assert found.abstract_id.value.startswith("Penelitian ini menilai perawatan berbasis keluarga")
    assert found.language.value == "id"


@needs_tesseract
def test_page_that_takes_too_long_is_left_out(scan):
    (page,) = recognise(scan, [1], page_seconds=0.02)
    assert page.text == "" and page.error in (Code.STOPPED_TIME, Code.STOPPED_CRASH)


def test_job_stops_when_its_time_is_over(scan):
    pages = list(recognise(scan, [1, 2], total_seconds=0))
    assert [(page.number, page.error) for page in pages] == [(1, Code.STOPPED_TIME)]


def test_page_that_cannot_be_drawn_has_an_error(scan):
    (page,) = recognise(scan, [99])
    assert page.error is Code.STOPPED_CRASH


def test_drawing_is_bounded_in_time(scan):
    (page,) = recognise(scan, [1], limits=replace(DEFAULT, render_seconds=0.01))
    assert page.error is Code.STOPPED_TIME


def test_without_tesseract_nothing_is_available(monkeypatch):
    monkeypatch.setattr(ocr.shutil, "which", lambda _name: None)
    ocr_available.cache_clear()
    assert not ocr_available()
    monkeypatch.undo()
    ocr_available.cache_clear()
