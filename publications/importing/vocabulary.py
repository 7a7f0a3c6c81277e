"""The words of a source and the terms of this repository: types, PMKS, provinces, methods, licences."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from taxonomy.models import Licence, Method, OutputType, Pmks, Province, Psks

# COAR codes for the types of other formats, where the vocabulary's own columns would be ambiguous.
_TYPES = {
    "article": "c_6501", "journal": "c_6501", "jurnal": "c_6501", "artikel": "c_6501", "article journal": "c_6501",
    "journal article": "c_6501",
    "conference paper": "c_5794", "makalah": "c_5794", "makalah konferensi": "c_5794", "prosiding": "c_5794",
    "proceedings article": "c_5794",
    "review": "c_dcae04bc", "editorial": "c_6501", "letter": "c_6501", "note": "c_6501", "short survey": "c_dcae04bc",
    "erratum": "c_6501",
    "book": "c_2f33", "book chapter": "c_3248", "bab buku": "c_3248", "chapter": "c_3248",
    "conference review": "c_f744",
    "thesis": "c_bdcc", "tesis": "c_bdcc", "skripsi": "c_7a1f", "disertasi": "c_db06", "dissertation": "c_db06",
    "tugas akhir": "c_7a1f",
    "laporan": "c_93fc", "laporan penelitian": "c_18ws", "policy brief": "c_186u", "naskah kebijakan": "c_186u",
    "ringkasan kebijakan": "c_186u",
    "kertas kerja": "c_8042", "working paper": "c_8042", "data": "c_ddb1", "dataset": "c_ddb1", "poster": "c_6670",
    "bibtex:article": "c_6501", "bibtex:inproceedings": "c_5794", "bibtex:conference": "c_5794",
    "bibtex:proceedings": "c_f744",
    "bibtex:book": "c_2f33", "bibtex:booklet": "c_2f33", "bibtex:inbook": "c_3248", "bibtex:incollection": "c_3248",
    "bibtex:mastersthesis": "c_bdcc", "bibtex:phdthesis": "c_db06", "bibtex:thesis": "c_bdcc",
    "bibtex:techreport": "c_93fc",
    "bibtex:report": "c_93fc", "bibtex:manual": "c_71bd", "bibtex:unpublished": "c_18cp", "bibtex:dataset": "c_ddb1",
    "ris:jour": "c_6501", "ris:ejour": "c_6501", "ris:mgzn": "c_6501", "ris:cpaper": "c_5794", "ris:conf": "c_5794",
    "ris:book": "c_2f33",
    "ris:ebook": "c_2f33", "ris:edbook": "c_2f33", "ris:chap": "c_3248", "ris:echap": "c_3248", "ris:thes": "c_bdcc",
    "ris:rprt": "c_93fc",
    "ris:govdoc": "c_93fc", "ris:stand": "c_71bd", "ris:data": "c_ddb1", "ris:slide": "R60J-J5BD",
    "ris:unpb": "c_816b", "ris:gen": "c_1843",
    "csl:article-journal": "c_6501", "csl:journal-article": "c_6501", "csl:article": "c_6501",
    "csl:article-magazine": "c_6501",
    "csl:paper-conference": "c_5794", "csl:proceedings-article": "c_5794", "csl:proceedings": "c_f744",
    "csl:book": "c_2f33", "csl:monograph": "c_2f33",
    "csl:edited-book": "c_2f33", "csl:chapter": "c_3248", "csl:book-chapter": "c_3248", "csl:thesis": "c_bdcc",
    "csl:dissertation": "c_db06",
    "csl:report": "c_93fc", "csl:posted-content": "c_816b", "csl:dataset": "c_ddb1", "csl:speech": "R60J-J5BD",
    "csl:standard": "c_71bd",
    "csl:manuscript": "c_18cp", "csl:document": "c_1843",
}  # fmt: skip
_PROCEEDINGS = re.compile(r"\b(prosiding|proceedings|seminar|konferensi|conference|workshop)\b", re.I)
_JOURNAL = re.compile(r"\b(jurnal|journal)\b", re.I)
_WORDS = re.compile(r"[\W_]+")
_LICENCE_URL = re.compile(r"creativecommons\.org/(?:licenses|publicdomain)/([a-z-]+)/(\d\.\d)")


def plain(text: str) -> str:
    return _WORDS.sub(" ", text.casefold()).strip()


@dataclass
class Vocabulary:
    """Every way of naming a term, in lower case without punctuation, to its primary key; retired ones to successors."""

    types: dict[str, int] = field(default_factory=dict)
    pmks: dict[str, int] = field(default_factory=dict)
    psks: dict[str, int] = field(default_factory=dict)
    provinces: dict[str, int] = field(default_factory=dict)
    methods: dict[str, int] = field(default_factory=dict)
    licences: dict[str, int] = field(default_factory=dict)
    codes: dict[tuple[str, int], str] = field(default_factory=dict)  # (kind, pk): code

    @classmethod
    def load(cls) -> Self:
        """Six statements, once an import."""
        made = cls()
        made._add("types", OutputType.objects.all())
        for term in made._add("pmks", Pmks.objects.all()):
            made._also("pmks", term, [term.code.replace("PMKS", name) for name in ("PPKS", "PAS")])
            made._also("pmks", term, [str(term.number), *re.split(r"[;,/]", term.abbreviations)])
        for psks in made._add("psks", Psks.objects.all()):
            made._also("psks", psks, re.split(r"[;,/]", psks.abbreviation))
        for province in made._add("provinces", Province.objects.all()):
            names = [*province.aliases, f"provinsi {province.label_id}", f"prov {province.label_id}"]
            made._also("provinces", province, names)
        for method in made._add("methods", Method.objects.all()):
            made._also("methods", method, method.aliases)
        for licence in made._add("licences", Licence.objects.all()):
            made._also("licences", licence, [licence.url, licence.code.removeprefix("LicenseRef-")])
        made._type_names()
        return made

    def _add(self, kind: str, terms: Iterable[Any]) -> list[Any]:
        found = list(terms)
        for term in found:
            self._also(kind, term, [term.code, term.slug, term.label_id, term.label_en])
        return found

    def _also(self, kind: str, term: Any, names: Iterable[str]) -> None:
        known, pk = getattr(self, kind), term.replaced_by_id or term.pk
        self.codes[kind, term.pk] = term.code
        for name in names:
            if key := plain(name):
                known.setdefault(key, pk)

    def _type_names(self) -> None:
        by_code = {code: pk for (kind, pk), code in self.codes.items() if kind == "types"}
        for name, code in _TYPES.items():
            if code in by_code:
                self.types.setdefault(plain(name), by_code[code])

    def type_of(self, text: str, container: str) -> int | None:
        """The first of several names that is known; without any, what the container's name gives away."""
        for part in text.split(";"):
            if pk := self.types.get(plain(part)):
                return pk
        if text.strip(" ;") or not container:
            return None
        if _PROCEEDINGS.search(container):
            return self.types.get("conference paper")
        return self.types.get("journal article") if _JOURNAL.search(container) else None

    def licence_of(self, text: str) -> int | None:
        if match := _LICENCE_URL.search(text.casefold()):
            kind = {"zero": "cc0", "mark": "pdm"}.get(match[1], f"cc {match[1]}")
            return self.licences.get(plain(f"{kind} {match[2]}")) or self.licences.get(plain(kind))
        name = plain(text)
        return self.licences.get(name) or self.licences.get(f"{name} 4 0")

    def province_of(self, text: str) -> int | None:
        name = plain(text)
        return self.provinces.get(name) or self.provinces.get(re.sub(r"^(provinsi|prov|propinsi) ", "", name))

    def find(self, kind: str, text: str) -> int | None:
        if kind == "provinces":
            return self.province_of(text)
        known: Mapping[str, int] = getattr(self, kind)
        return known.get(plain(text))


__all__ = ["Vocabulary", "plain"]
