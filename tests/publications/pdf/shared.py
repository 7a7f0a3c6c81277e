"""The real PDF files beside the project, where they are."""

import csv
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "data" / "pdfs"
needs_shared = pytest.mark.skipif(not FOLDER.is_dir(), reason="the real PDF files (../shared/data/pdfs) are not here")


def files() -> list[Path]:
    return sorted(FOLDER.rglob("*.pdf")) if FOLDER.is_dir() else []


def kinds() -> dict[str, str]:
    manifest = FOLDER / "manifest.csv"
    if not manifest.is_file():
        return {}
    with manifest.open(encoding="utf-8", newline="") as file:
        return {Path(line["file"]).name: line["kind"] for line in csv.DictReader(file)}
