"""Column headings, in Indonesian and English, Scopus' among them, and what they mean here."""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_HEADINGS: dict[str, str] = {
    "source_id": "id, source id, id sumber, identifier, kode, eid, nomor induk, key",
    "title": "title, judul, judul publikasi, judul penelitian, document title",
    "title_id": "title id, judul id, judul indonesia, judul bahasa indonesia, title indonesian",
    "title_en": "title en, judul en, judul inggris, judul bahasa inggris, title english",
    "abstract": "abstract, abstrak, abstraksi, ringkasan, description",
    "abstract_id": "abstract id, abstrak id, abstrak indonesia, abstrak bahasa indonesia, abstract indonesian",
    "abstract_en": "abstract en, abstrak en, abstrak inggris, abstrak bahasa inggris, abstract english",
    "keywords": "keywords, keyword, kata kunci, author keywords, subject",
    "keywords_id": "keywords id, kata kunci id, kata kunci indonesia",
    "keywords_en": "keywords en, kata kunci en, kata kunci inggris",
    "authors": "authors, author, penulis, pengarang, peneliti, nama penulis, creator",
    "authors_with_affiliations": "authors with affiliations",
    "editors": "editors, editor, penyunting",
    "supervisors": "supervisors, supervisor, pembimbing, pembimbing pertama, dosen pembimbing, advisor",
    "supervisors_2": "pembimbing kedua, co supervisor",
    "affiliations": "affiliations, affiliation, afiliasi, instansi, lembaga, institusi",
    "orcids": "orcid, orcids",
    "date": "date, tanggal, tanggal terbit, tanggal publikasi, publication date, date issued",
    "year": "year, tahun, tahun terbit, publication year",
    "month": "month, bulan",
    "type": "type, jenis, tipe, jenis dokumen, jenis publikasi, document type",
    "language": "language, bahasa, language of original document",
    "container": "container, source title, journal, jurnal, nama jurnal, prosiding, proceedings, venue, book title,"
    " container title, conference name",
    "volume": "volume, vol, jilid",
    "issue": "issue, nomor, no, number, edisi, terbitan",
    "pages": "pages, halaman, hal, page",
    "page_first": "page start, halaman awal, first page",
    "page_last": "page end, halaman akhir, last page",
    "article_number": "art no, article number, nomor artikel",
    "publisher": "publisher, penerbit",
    "doi": "doi",
    "isbn": "isbn",
    "issn": "issn, eissn, e issn, p issn",
    "report": "report number, nomor laporan, report",
    "url": "url, link, tautan, pranala, alamat web",
    "licence": "licence, license, lisensi",
    "pmks": "pmks, ppks, pas, kategori pmks, kind seen, kategori",
    "psks": "psks",
    "provinces": "province, provinces, provinsi, lokasi",
    "methods": "method, methods, metode, metode penelitian",
    "funder": "funder, pendana, penyandang dana, sponsor, sponsors, funding details",
    "award": "award, award number, nomor hibah, grant, grant number, nomor kontrak",
    "file": "file, berkas, nama berkas, pdf, file name, filename",
    "access": "access, akses, hak akses",
    "embargo_until": "embargo until, embargo, embargo sampai, terbuka mulai",
    "retracted": "retracted, ditarik",
}
LABELS: dict[str, str | Promise] = {
    "source_id": _("identifier at the source"),
    "title": _("title"),
    "title_id": _("title in Indonesian"),
    "title_en": _("title in English"),
    "abstract": _("abstract"),
    "abstract_id": _("abstract in Indonesian"),
    "abstract_en": _("abstract in English"),
    "keywords": _("keywords"),
    "keywords_id": _("keywords in Indonesian"),
    "keywords_en": _("keywords in English"),
    "authors": _("authors"),
    "authors_with_affiliations": _("authors with their organisations"),
    "editors": _("editors"),
    "supervisors": _("supervisors"),
    "supervisors_2": _("supervisors"),
    "affiliations": _("organisations of the authors"),
    "orcids": _("ORCIDs of the authors"),
    "date": _("date of publication"),
    "year": _("year"),
    "month": _("month"),
    "type": _("type"),
    "language": _("language of the document"),
    "container": _("journal, proceedings or book"),
    "volume": _("volume"),
    "issue": _("issue"),
    "pages": _("pages"),
    "page_first": _("first page"),
    "page_last": _("last page"),
    "article_number": _("article number"),
    "publisher": _("publisher"),
    "doi": "DOI",
    "isbn": "ISBN",
    "issn": "ISSN",
    "report": _("report number"),
    "url": _("web address"),
    "licence": _("licence"),
    "pmks": "PMKS",
    "psks": "PSKS",
    "provinces": _("provinces"),
    "methods": _("methods"),
    "funder": _("funder"),
    "award": _("grant number"),
    "file": _("file name"),
    "access": _("access"),
    "embargo_until": _("open from"),
    "retracted": _("retracted at the source"),
}
_KEYS = {heading.strip(): key for key, headings in _HEADINGS.items() for heading in headings.split(",")}
# Columns of Scopus' export that say nothing a repository keeps: no notice about them.
IGNORED = frozenset({
    "author s id", "page count", "cited by", "index keywords", "molecular sequence numbers", "chemicals cas",
    "tradenames",
    "manufacturers", "funding text 1", "references", "correspondence address", "conference date", "conference location",
    "conference code", "coden", "pubmed id", "abbreviated source title", "publication stage", "access type", "source",
    "author full names", "open access",
})  # fmt: skip
TITLE_KEYS = ("title", "title_id", "title_en")


def normalise_heading(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


def meaning_of(heading: str) -> str:
    """The key a heading stands for; empty if it is not known."""
    plain = normalise_heading(heading)
    return _KEYS.get(plain) or (plain.replace(" ", "_") if plain.replace(" ", "_") in _HEADINGS else "")


def headings_of(key: str) -> list[str]:
    return [heading.strip() for heading in _HEADINGS[key].split(",")]


def is_scopus(headings: list[str]) -> bool:
    return {"eid", "source title"} <= {normalise_heading(heading) for heading in headings}
