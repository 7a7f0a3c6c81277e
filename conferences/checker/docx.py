"""A Word document made anew from the parts that show something; each is read and written again.

Kept parts are named below, all others stay behind: document data, custom data, comments, lists of people, thumbnails,
embedded files, macros. Tracked changes are accepted, since deleted words would still be readable inside.
"""

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Any

from lxml import etree

from conferences.checker.codes import Refusal, Refused, Stripped
from conferences.checker.pictures import Damaged, without_data

MEMBERS, MEMBER_BYTES, ALL_BYTES = 3_000, 40 * 1024 * 1024, 150 * 1024 * 1024
KEPT = re.compile(
    r"word/(?:document\d*|styles|numbering|settings|fontTable|footnotes\d*|endnotes\d*|header\d*|footer\d*)\.xml"
    r"|word/theme/theme\d*\.xml|word/charts/[a-z]+\d*\.xml|word/diagrams/[a-z]+\d*\.xml|word/fonts/font\d+\.odttf"
)
PICTURE = re.compile(r"word/media/[^/]+\.(png|jpe?g|gif|bmp|emf)", re.IGNORECASE)
PICTURE_TYPES = {
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "bmp": "image/bmp", "emf": "image/x-emf",
}  # fmt: skip
DROPPED = {
    Stripped.COMMENTS: re.compile(r"word/comments\w*\.xml"),
    Stripped.PROPERTIES: re.compile(r"docProps/(?!thumb).*|customXml/(?!_rels).*|word/people\d*\.xml"),
    Stripped.THUMBNAILS: re.compile(r"docProps/thumb.*"),
    Stripped.EMBEDDED: re.compile(r"word/(embeddings|activeX|attachedTemplate|printerSettings|afchunk).*"),
}
CONTENT_TYPES = "[Content_Types].xml"
# Elements by their local name, in whatever edition of the format.
ACCEPTED = {"ins", "moveTo"}  # what was put in: its content stays
GONE = {
    "del": Stripped.CHANGES, "moveFrom": Stripped.CHANGES, "rPrChange": Stripped.CHANGES,
    "pPrChange": Stripped.CHANGES, "sectPrChange": Stripped.CHANGES, "tblPrChange": Stripped.CHANGES,
    "tblGridChange": Stripped.CHANGES, "trPrChange": Stripped.CHANGES, "tcPrChange": Stripped.CHANGES,
    "tblPrExChange": Stripped.CHANGES, "numberingChange": Stripped.CHANGES, "cellIns": Stripped.CHANGES,
    "cellDel": Stripped.CHANGES, "cellMerge": Stripped.CHANGES, "delText": Stripped.CHANGES,
    "delInstrText": Stripped.CHANGES, "moveFromRangeStart": None, "moveFromRangeEnd": None, "moveToRangeStart": None,
    "moveToRangeEnd": None, "commentRangeStart": None, "commentRangeEnd": None, "commentReference": Stripped.COMMENTS,
    "rsids": None, "docVars": Stripped.PROPERTIES, "attachedTemplate": Stripped.PROPERTIES, "mailMerge": None,
    "docId": None, "dataBinding": Stripped.PROPERTIES, "alias": None, "tag": None, "placeholder": None,
    "OLEObject": Stripped.EMBEDDED, "object_embed": None, "externalData": Stripped.EMBEDDED, "altChunk": None,
    "control": Stripped.EMBEDDED, "subDoc": Stripped.EMBEDDED, "proofErr": None, "trackRevisions": None,
    "hlinkClick": Stripped.LINKS, "hlinkHover": Stripped.LINKS, "saveThroughXslt": None, "writeProtection": None,
    "documentProtection": None, "lastRenderedPageBreak": None, "userShapes": None, "permStart": None, "permEnd": None,
    "schemaLibrary": None, "attachedSchema": None, "linkedToFile": None, "creationId": None, "webPublishItems": None,
}  # fmt: skip
LOST_ATTRIBUTES = re.compile(
    r"author|initials|date|dateUtc|userId|providerId|rsid\w*|paraId|textId|descr|alt|tooltip|docLocation|gfxdata"
)
RELATIONS = ("officeDocument/2006/relationships", "officeDocument/relationships")
HARMLESS_FIELD = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES|SEQ|TOC|REF|PAGEREF)\b[^\"]*", re.IGNORECASE)
OWN_BOOKMARK = re.compile(r"_(?:Toc|Ref|Hlk|Hlt|GoBack)\w*")
PARAGRAPHS = {"p"}


def strip(path: str) -> tuple[bytes, dict[str, int], str]:
    """The new file, how often each kind of thing was taken away, and the text for the one who looks for names."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _Document(archive).made_anew()
    except (zipfile.BadZipFile, NotImplementedError, KeyError, etree.XMLSyntaxError, Damaged) as error:
        raise Refused(Refusal.CANNOT_OPEN) from error
    except RuntimeError as error:  # what zipfile says of a part locked with a password
        raise Refused(Refusal.NEEDS_PASSWORD) from error


class _Document:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.stripped: Counter[str] = Counter()
        self.texts: list[str] = []
        members = [member for member in archive.infolist() if not member.is_dir()]
        self._refuse_costly(members)
        self.names = [member.filename for member in members]
        self.pictures: dict[str, tuple[str, bytes]] = {}

    def _refuse_costly(self, members: list[zipfile.ZipInfo]) -> None:
        sizes = [member.file_size for member in members]
        if len(members) > MEMBERS or max(sizes, default=0) > MEMBER_BYTES or sum(sizes) > ALL_BYTES:
            raise Refused(Refusal.TOO_COSTLY)

    def made_anew(self) -> tuple[bytes, dict[str, int], str]:
        if not any(re.fullmatch(r"word/document\d*\.xml", name) for name in self.names):
            raise Refused(Refusal.CANNOT_OPEN)
        for name in self.names:
            for kind, pattern in DROPPED.items():
                self.stripped[kind] += bool(pattern.fullmatch(name))
        self._take_pictures()
        parts = {name: self._part(name) for name in sorted(self.names) if KEPT.fullmatch(name)}
        parts |= dict(self.pictures.values())
        for name in sorted(self.names):
            if name == "_rels/.rels" or KEPT.fullmatch(_owner(name) or ""):
                parts[name] = self._relations(name)
        parts = {CONTENT_TYPES: self._types(set(parts)), **parts}
        counted = {str(kind): number for kind, number in self.stripped.items() if number}
        return _packed(parts), counted, "\n".join(self.texts)

    def _take_pictures(self) -> None:
        for number, name in enumerate((name for name in sorted(self.names) if PICTURE.fullmatch(name)), 1):
            before = self.archive.read(name)
            after = without_data(before)
            if after is None:
                raise Damaged
            self.stripped[Stripped.PICTURE_DATA] += after != before
            extension = "png" if after.startswith(b"\x89PNG") else name.rpartition(".")[2].lower()
            self.pictures[name] = (f"word/media/image{number}.{extension}", after)

    def _part(self, name: str) -> bytes:
        content = self.archive.read(name)
        if not name.endswith(".xml"):
            return content
        root = _parsed(content)
        lost = self._lost_relations(name)
        for element in list(root.iter(etree.Element)):
            self._strip_element(element, lost)
        for element in list(root.iter(etree.Element)):
            if _local(element) in ACCEPTED and element.getparent() is not None:
                self.stripped[Stripped.CHANGES] += 1
                _unwrap(element)
        if re.fullmatch(r"word/(document|footnotes|endnotes|header|footer)\d*\.xml", name):
            self.texts.extend(_paragraphs(root))
        return _written(root)

    def _strip_element(self, element: Any, lost: set[str]) -> None:
        name = _local(element)
        for attribute in list(element.attrib):
            space, _brace, local = attribute.rpartition("}")
            is_relation = any(space.endswith(form) for form in RELATIONS)
            if is_relation and element.attrib[attribute] in lost:
                if name not in ("hyperlink", "blip", "imagedata"):
                    return _remove(element)
                self.stripped[Stripped.LINKS] += 1
                del element.attrib[attribute]
            elif LOST_ATTRIBUTES.fullmatch(local) and not is_relation:
                del element.attrib[attribute]
        if name in GONE:
            if kind := GONE[name]:
                self.stripped[kind] += 1
            return _remove(element)
        return self._neutral(element, name)

    def _neutral(self, element: Any, name: str) -> None:
        if name in ("docPr", "cNvPr"):
            element.attrib["name"] = f"{element.attrib.get('id', '0')}"
            element.attrib.pop("title", None)
        elif name in ("imagedata", "shape", "rect", "oval"):
            for attribute in [a for a in element.attrib if a.rpartition("}")[2] in ("title", "href", "src")]:
                del element.attrib[attribute]
        elif name == "theme" and "name" in element.attrib:
            element.attrib["name"] = ""
        elif name == "instrText" and not HARMLESS_FIELD.fullmatch(element.text or ""):
            self.stripped[Stripped.FIELDS] += 1
            element.text = ""
        elif name == "fldSimple" and not HARMLESS_FIELD.fullmatch(_attribute(element, "instr")):
            self.stripped[Stripped.FIELDS] += 1
            _unwrap(element)
        elif name == "bookmarkStart" and not OWN_BOOKMARK.fullmatch(_attribute(element, "name")):
            element.attrib[next(a for a in element.attrib if a.endswith("name"))] = f"_Hlk{_attribute(element, 'id')}"

    def _lost_relations(self, name: str) -> set[str]:
        folder, _slash, file = name.rpartition("/")
        relations = f"{folder}/_rels/{file}.rels"
        if relations not in self.names:
            return set()
        rows = _parsed(self.archive.read(relations))
        return {row.attrib.get("Id", "") for row in rows.iter(etree.Element) if not self._target(relations, row)}

    def _target(self, relations: str, row: Any) -> str:
        """The part that a relation leads to in the new file; empty where it leads out of it or to what is dropped."""
        target = row.attrib.get("Target", "")
        if row.attrib.get("TargetMode") == "External" or not target:
            return ""
        base = "" if target.startswith("/") else posixpath.dirname(_owner(relations) or "")
        whole = posixpath.normpath(posixpath.join(base, target.lstrip("/")))
        if whole in self.pictures:
            return self.pictures[whole][0]
        return whole if KEPT.fullmatch(whole) and whole in self.names else ""

    def _relations(self, name: str) -> bytes:
        root = _parsed(self.archive.read(name))
        for row in list(root):
            target = self._target(name, row) if isinstance(row.tag, str) else ""
            if not target:
                root.remove(row)
                continue
            kept = {key: row.attrib[key] for key in ("Id", "Type")}
            row.attrib.clear()
            row.attrib.update({**kept, "Target": f"/{target}"})
        return _written(root)

    def _types(self, kept: set[str]) -> bytes:
        root = _parsed(self.archive.read(CONTENT_TYPES))
        known = {"rels", "xml", "odttf"}
        for row in list(root):
            extension, part = row.attrib.get("Extension", "").lower(), row.attrib.get("PartName", "").lstrip("/")
            if not (extension in known or part in kept):
                root.remove(row)
        space = root.tag.rpartition("}")[0] + "}"
        for extension, mime in PICTURE_TYPES.items():
            etree.SubElement(root, f"{space}Default", {"Extension": extension, "ContentType": mime})
        return _written(root)


def _owner(relations: str) -> str | None:
    """'word/_rels/document.xml.rels' → 'word/document.xml'; '_rels/.rels' → ''."""
    match = re.fullmatch(r"(.*?)_rels/(.*)\.rels", relations)
    return match[1] + match[2] if match else None


def _parsed(content: bytes) -> Any:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(content, parser)
    if root.getroottree().docinfo.doctype:
        raise Refused(Refusal.HOSTILE)
    return root


def _written(root: Any) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _attribute(element: Any, local: str) -> str:
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == local), "")


def _remove(element: Any) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrap(element: Any) -> None:
    parent = element.getparent()
    if parent is None:
        return
    place = parent.index(element)
    parent[place : place + 1] = list(element)


def _paragraphs(root: Any) -> Iterator[str]:
    for paragraph in root.iter(etree.Element):
        if _local(paragraph) == "p":
            pieces = [_shown(element) for element in paragraph.iter(etree.Element)]
            if text := "".join(pieces).strip():
                yield text


def _shown(element: Any) -> str:
    name = _local(element)
    if name == "t":
        return str(element.text or "")
    return " " if name in ("tab", "br", "cr") else ""


def _packed(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type, member.create_system, member.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            archive.writestr(member, content)
    return target.getvalue()
