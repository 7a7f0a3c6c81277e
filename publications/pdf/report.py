"""A table of what happens to every PDF of a folder: ``python -m publications.pdf.report FOLDER [--write PAGE.md]``.

With ``--write`` it replaces the part between the two markers of that page; otherwise it prints the table.
"""

import argparse
import csv
import sys
from collections.abc import Iterator
from pathlib import Path

from publications.pdf.reader import read_pdf
from publications.pdf.reading import PdfReading

HEAD = (
    "| file | kind | pages | verdict | warnings | seconds | peak MiB |\n| --- | --- | ---: | --- | --- | ---: | ---: |"
)
BEGIN, END = "<!-- table begins -->", "<!-- table ends -->"


def rows(folder: Path) -> Iterator[str]:
    kinds = _kinds(folder / "manifest.csv")
    for file in sorted(folder.rglob("*.pdf")):
        name = file.relative_to(folder).as_posix()
        yield row(name, kinds.get(name, ""), read_pdf(file))


def _kinds(manifest: Path) -> dict[str, str]:
    if not manifest.exists():
        return {}
    with manifest.open(encoding="utf-8", newline="") as file:
        return {line["file"]: line["kind"] for line in csv.DictReader(file)}


def row(name: str, kind: str, reading: PdfReading) -> str:
    verdict = f"refused: {reading.error}" if reading.error else "accepted"
    warnings = ", ".join(reading.warnings)
    peak = reading.peak_kib / 1024
    return f"| {name} | {kind} | {reading.page_count} | {verdict} | {warnings} | {reading.seconds:.1f} | {peak:.0f} |"


def replaced(page: str, table: str) -> str:
    before, _begin, rest = page.partition(BEGIN)
    _old, _end, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table}\n{END}{after}"


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", type=Path, metavar="PAGE")
    options = parser.parse_args(arguments)
    table = "\n".join([HEAD, *rows(options.folder)])
    if options.write:
        page = options.write.read_text(encoding="utf-8")
        options.write.write_text(replaced(page, table), encoding="utf-8")
    else:
        sys.stdout.write(table + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
