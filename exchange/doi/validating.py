"""A file against its agency's schema, which an administrator has put into `settings.DOI_SCHEMAS`.

Nothing is fetched: what a schema imports from elsewhere is looked for beside it, by its file name.
"""

import functools
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from lxml import etree

from exchange.doi import crossref, datacite
from exchange.models import Agency

MOST_ERRORS = 20
SCHEMAS: dict[str, str] = {
    Agency.CROSSREF: f"crossref/crossref{crossref.VERSION}.xsd",
    Agency.DATACITE: "datacite/metadata.xsd",
}
_DOI_OF = {
    Agency.CROSSREF: ("conference_paper", f"{{{crossref.NAMESPACE}}}doi_data/{{{crossref.NAMESPACE}}}doi"),
    Agency.DATACITE: ("resource", f"{{{datacite.NAMESPACE}}}identifier"),
}


class NoSchema(Exception):
    """It is not installed here, or cannot be read."""


class _Local(etree.Resolver):  # type: ignore[misc]  # lxml has no types
    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    def resolve(self, address: str, public_id: str, context: Any) -> Any:
        path = Path(urlsplit(address).path)
        if path.is_file() and path.is_relative_to(self.folder):
            return None  # as it stands
        beside = next(self.folder.rglob(path.name), None)
        if beside is None:
            raise NoSchema(path.name)
        return self.resolve_filename(str(beside), context)


def schema_of(agency: str) -> Any:
    path = Path(settings.DOI_SCHEMAS) / SCHEMAS[agency]
    if not path.is_file():
        raise NoSchema(path.name)
    return _read(path, path.stat().st_mtime)


@functools.lru_cache(maxsize=8)
def _read(path: Path, _changed: float) -> Any:
    parser = etree.XMLParser(no_network=True, resolve_entities=False)
    parser.resolvers.add(_Local(path.parent))
    try:
        return etree.XMLSchema(etree.parse(str(path), parser))
    except (etree.XMLSchemaParseError, etree.XMLSyntaxError, OSError) as error:
        raise NoSchema(path.name) from error


def errors_in(content: bytes, agency: str) -> dict[str, list[str]]:
    """{DOI: what is wrong}; "" for what stands outside of every paper. Raises `NoSchema`."""
    schema = schema_of(agency)
    document = etree.fromstring(content, etree.XMLParser(no_network=True, resolve_entities=False))
    if schema.validate(document):
        return {}
    found: dict[str, list[str]] = {}
    for error in list(schema.error_log)[:MOST_ERRORS]:
        found.setdefault(_doi_at(document, error.line, agency), []).append(error.message)
    return found


def _doi_at(document: Any, line: int, agency: str) -> str:
    """Of the paper in which a line stands."""
    name, path = _DOI_OF[Agency(agency)]
    before = [one for one in document.iter(f"{{*}}{name}") if one.sourceline <= line]
    return str(before[-1].findtext(path) or "") if before else ""
