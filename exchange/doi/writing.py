"""Small helpers for writing XML in the order that a schema wants."""

from typing import Any

from lxml import etree

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
Element = Any  # lxml has no types


class Writer:
    """Elements of one namespace; an empty text makes none."""

    def __init__(self, namespace: str) -> None:
        self.namespace = namespace

    def under(self, parent: Element, name: str, text: object = "", /, **attributes: str) -> Element:
        made = etree.SubElement(parent, f"{{{self.namespace}}}{name}", attributes)
        if text != "":
            made.text = readable(str(text))
        return made

    def known(self, parent: Element, name: str, text: object, /, **attributes: str) -> None:
        if text not in ("", None):
            self.under(parent, name, text, **attributes)


def readable(text: str) -> str:
    """XML has no control characters; a line end is one space."""
    kept = "".join(letter for letter in text if letter >= " " or letter in "\n\t")
    return " ".join(kept.split())


def written(root: Element) -> bytes:
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return made
