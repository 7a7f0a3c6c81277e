"""Joins the small CSS files into one, in the order of static/css/all.css, so that a page needs one request."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

NAME = "css/kesos.css"
_IMPORT = re.compile(r'^@import "(?P<file>[\w./-]+)" layer\((?P<layer>[\w-]+)\);$', re.MULTILINE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BLANK = re.compile(r"\n\s*\n+|^[ \t]+", re.MULTILINE)


def joined_css(folder: Path) -> str:
    """The whole style: each import of all.css replaced by that file inside its layer."""
    entry = (folder / "all.css").read_text()
    layers = list(dict.fromkeys(match["layer"] for match in _IMPORT.finditer(entry)))
    parts = [f"@layer {', '.join(layers)};"]
    for match in _IMPORT.finditer(entry):
        css = _BLANK.sub("\n", _COMMENT.sub("", (folder / match["file"]).read_text())).strip()
        parts.append(f"@layer {match['layer']} {{\n{css}\n}}")
    return "\n".join(parts).replace("\n\n", "\n") + "\n"


class BundleFinder(BaseFinder):
    """Offers the joined file to collectstatic and to the development server; writes it anew when a source changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.source = Path(settings.BASE_DIR) / "static" / "css"
        self.storage = FileSystemStorage(location=settings.VAR_DIR / "bundle")
        super().__init__(*args, **kwargs)

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **_: Any) -> str | list[str]:  # type: ignore[override] # django-stubs says None for nothing, Django wants a list
        if path != NAME:
            return []
        made = str(self._make())
        return [made] if find_all else made

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        self._make()
        yield NAME, self.storage

    def _make(self) -> Path:
        target = Path(self.storage.path(NAME))
        css = joined_css(self.source)
        if not target.exists() or target.read_text() != css:
            target.parent.mkdir(parents=True, exist_ok=True)
            scratch = target.with_suffix(".new")
            scratch.write_text(css)
            scratch.replace(target)
        return target
