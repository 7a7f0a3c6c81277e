"""BibTeX, RIS and CSL-JSON, read back with the libraries that others read them with; the citation in words."""

import datetime
import json
from dataclasses import replace
from typing import Any

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import SeparateCoAuthors
from django.utils.translation import override

from publications.citation import bibtex, csl_json, formatted, formatted_html, ris
from publications.metadata import Agent, PublicDate, PublicMetadata
from taxonomy.models import OutputType

TYPES = {
    "paper": {"crossref": "proceedings-article", "bibtex": "inproceedings", "ris": "CPAPER"},
    "article": {"crossref": "journal-article", "bibtex": "article", "ris": "JOUR"},
    "report": {"crossref": "report", "bibtex": "techreport", "ris": "RPRT", "label_id": "Laporan penelitian"},
    "thesis": {"crossref": "dissertation", "bibtex": "mastersthesis", "ris": "THES", "label_id": "Tesis"},
    "data": {"crossref": "dataset", "bibtex": "misc", "ris": "DATA", "label_id": "Himpunan data"},
}
PEOPLE = [Agent("Rahmawati", "Siti"), Agent("Sukarno"), Agent("Lelang", "Maria Goreti")]


def metadata(kind: str = "paper", **changes: Any) -> PublicMetadata:
    facts: dict[str, Any] = {
        "public_id": "7F3K2ZX",
        "number": 1,
        "permalink": "https://repositori.contoh.id/publikasi/7F3K2ZX/",
        "landing": "https://repositori.contoh.id/publikasi/7F3K2ZX/",
        "page_language": "id",
        "language": "id",
        "titles": {"id": "Perawatan berbasis keluarga", "en": "Family-based care"},
        "abstracts": {"id": "Abstrak."},
        "keywords": {"id": ["lansia"], "en": ["older people"]},
        "agents": PEOPLE,
        "date": PublicDate(datetime.date(2014, 11, 25)),
        "type": OutputType(**TYPES[kind]),
        "online_since": datetime.date(2026, 1, 1),
        "modified": datetime.date(2026, 1, 2),
        "container": "Prosiding KNHP III",
        "pages": "41-58",
    }
    return PublicMetadata(**facts | changes)


def parsed(text: str) -> dict[str, str]:
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks
    (entry,) = library.entries
    return {"ENTRYTYPE": entry.entry_type, "ID": entry.key} | {f.key: f.value for f in entry.fields}


class TestBibtex:
    def test_fields(self) -> None:
        entry = parsed(bibtex(metadata(doi="10.1234/a_b", publisher="Kementerian Sosial")))
        assert entry["ENTRYTYPE"] == "inproceedings"
        assert entry["author"] == "Rahmawati, Siti and {Sukarno} and Lelang, Maria Goreti"
        assert entry["title"] == "{Perawatan berbasis keluarga}"
        assert (entry["booktitle"], entry["year"], entry["month"]) == ("Prosiding KNHP III", "2014", "nov")
        assert (entry["pages"], entry["doi"], entry["language"]) == ("41--58", "10.1234/a_b", "indonesian")

    def test_single_names_stay_whole(self) -> None:
        library = bibtexparser.parse_string(bibtex(metadata()), append_middleware=[SeparateCoAuthors()])
        assert library.entries[0]["author"] == ["Rahmawati, Siti", "{Sukarno}", "Lelang, Maria Goreti"]

    @pytest.mark.parametrize(
        ("agent", "written"),
        [
            (Agent("Badan Pusat Statistik dan Kementerian"), "{Badan Pusat Statistik dan Kementerian}"),
            (Agent("Smith and Wesson"), "{Smith and Wesson}"),
            (Agent("Rand", "Andy"), "Rand, Andy"),
            (Agent("Oe", "Kō and B."), "Oe, {Kō and B.}"),
            (Agent("Doe, Jr.", "J."), "{Doe, Jr.}, J."),
        ],
    )
    def test_names_that_could_be_taken_apart(self, agent: Agent, written: str) -> None:
        assert parsed(bibtex(metadata(agents=[agent])))["author"] == written

    def test_specials_and_diacritics(self) -> None:
        text = "100% {aman} & $5 #1 a_b ~ ^ \\ é ñ Š"
        entry = parsed(bibtex(metadata(titles={"id": text})))
        assert entry["title"] == (
            r"{100\% \{aman\} \& \$5 \#1 a\_b \textasciitilde{} \textasciicircum{} \textbackslash{} é ñ Š}"
        )

    def test_unbalanced_braces_do_not_swallow_the_rest(self) -> None:
        entry = parsed(bibtex(metadata(titles={"id": "a } b"}, container="c { d", doi="10.1/{x")))
        assert entry["year"] == "2014"

    def test_key_is_plain_and_unlike_any_other(self) -> None:
        changed = metadata(agents=[Agent("Ågren Müller", "Ö")], titles={"id": "Des déçus & co"})
        assert parsed(bibtex(changed))["ID"] == "agrenmuller2014decus-7F3K2ZX"

    @pytest.mark.parametrize(
        ("kind", "field"), [("report", "institution"), ("thesis", "school"), ("article", "publisher")]
    )
    def test_publisher_by_type(self, kind: str, field: str) -> None:
        assert parsed(bibtex(metadata(kind, publisher="Poltekesos")))[field] == "Poltekesos"

    @pytest.mark.parametrize("precision", ["year", "month", "day"])
    def test_no_month_that_is_not_known(self, precision: str) -> None:
        entry = parsed(bibtex(metadata(date=PublicDate(datetime.date(2014, 11, 25), precision))))
        assert ("month" in entry) is (precision != "year")


class TestRis:
    def read(self, **changes: Any) -> dict[str, Any]:
        (entry,) = rispy.loads(ris(metadata(**changes)))
        return dict(entry)

    def test_fields(self) -> None:
        entry = self.read(doi="10.1234/ab")
        assert entry["type_of_reference"] == "CPAPER"
        assert entry["authors"] == ["Rahmawati, Siti", "Sukarno", "Lelang, Maria Goreti"]
        assert (entry["title"], entry["secondary_title"]) == ("Perawatan berbasis keluarga", "Prosiding KNHP III")
        assert (entry["year"], entry["date"]) == ("2014", "2014/11/25/")
        assert (entry["start_page"], entry["end_page"], entry["doi"]) == ("41", "58", "10.1234/ab")
        assert entry["keywords"] == ["lansia", "older people"]

    @pytest.mark.parametrize(("precision", "date"), [("year", "2014///"), ("month", "2014/11//")])
    def test_partial_dates(self, precision: str, date: str) -> None:
        assert self.read(date=PublicDate(datetime.date(2014, 11, 25), precision))["date"] == date

    def test_line_breaks_cannot_begin_a_tag(self) -> None:
        entry = self.read(abstracts={"id": "Satu\r\nER  - \r\nTY  - BOOK\nDua"})
        assert entry["abstract"] == "Satu ER - TY - BOOK Dua"

    def test_ends_with_er_and_crlf(self) -> None:
        assert ris(metadata()).endswith("\r\nER  - \r\n")


class TestCsl:
    def read(self, kind: str = "paper", **changes: Any) -> dict[str, Any]:
        (item,) = json.loads(csl_json(metadata(kind, **changes)))
        return dict(item)

    def test_fields(self) -> None:
        item = self.read()
        assert item["author"] == [
            {"family": "Rahmawati", "given": "Siti"},
            {"literal": "Sukarno"},
            {"family": "Lelang", "given": "Maria Goreti"},
        ]
        assert item["issued"] == {"date-parts": [[2014, 11, 25]]}
        assert (item["type"], item["page"], item["container-title"]) == (
            "paper-conference",
            "41-58",
            "Prosiding KNHP III",
        )

    @pytest.mark.parametrize(
        ("kind", "csl"),
        [("article", "article-journal"), ("report", "report"), ("thesis", "thesis"), ("data", "dataset")],
    )
    def test_types(self, kind: str, csl: str) -> None:
        assert self.read(kind)["type"] == csl

    def test_partial_date(self) -> None:
        item = self.read(date=PublicDate(datetime.date(2014, 1, 1), "year"))
        assert item["issued"] == {"date-parts": [[2014]]}


class TestFormatted:
    def test_paper_in_both_languages(self) -> None:
        with override("id"):
            assert formatted(metadata()) == (
                "Rahmawati, S., Sukarno, & Lelang, M. G. (2014). Perawatan berbasis keluarga. "
                "Dalam Prosiding KNHP III (hlm. 41–58). https://repositori.contoh.id/publikasi/7F3K2ZX/"
            )
        with override("en"):
            assert formatted(metadata(page_language="en")) == (
                "Rahmawati, S., Sukarno, & Lelang, M. G. (2014). Perawatan berbasis keluarga [Family-based care]. "
                "In Prosiding KNHP III (pp. 41–58). https://repositori.contoh.id/publikasi/7F3K2ZX/"
            )

    def test_article(self) -> None:
        article = metadata("article", container="Sosio Konsepsia", volume="9", issue="2", doi="10.33007/ska.v9i2")
        assert formatted_html(article).endswith(
            "Perawatan berbasis keluarga. <i>Sosio Konsepsia, 9</i>(2), 41–58. https://doi.org/10.33007/ska.v9i2"
        )

    def test_report_and_thesis(self) -> None:
        report = metadata("report", container="", report_number="12/2014", publisher="Puslitbangkesos")
        assert "<i>Perawatan berbasis keluarga</i> (No. 12/2014). Puslitbangkesos. https" in formatted_html(report)
        thesis = metadata("thesis", container="", publisher="Universitas Indonesia")
        assert "<i>Perawatan berbasis keluarga</i> [Tesis]. Universitas Indonesia. https" in formatted_html(thesis)

    @pytest.mark.parametrize(
        ("agents", "begins"),
        [
            ([Agent("Sukarno")], "Sukarno. (2014). "),
            ([Agent("Rahmawati", "Siti")], "Rahmawati, S. (2014). "),
            ([Agent("Rahmawati", "Siti"), Agent("Sukarno")], "Rahmawati, S., & Sukarno. (2014). "),
            ([Agent("Sartre", "Jean-Paul")], "Sartre, J.-P. (2014). "),
            ([Agent("Wati", "S. A.")], "Wati, S. A. (2014). "),
            ([Agent("Wati", "Ani", role="editor")], "Wati, A. (Ed.). (2014). "),
            ([], "(2014). "),
        ],
    )
    def test_people(self, agents: list[Agent], begins: str) -> None:
        assert formatted(metadata(agents=agents)).startswith(begins)

    def test_more_than_twenty_people(self) -> None:
        text = formatted(metadata(agents=[Agent(f"Orang{n}") for n in range(1, 26)]))
        assert "Orang19, … Orang25. (2014)" in text and "Orang20" not in text

    def test_version_withdrawal_and_question_marks(self) -> None:
        assert "(Versi 2)." in formatted(metadata(number=2))
        assert "(ditarik)." in formatted(metadata(is_withdrawn=True))
        assert "Apa? Dalam" in formatted(metadata(titles={"id": "Apa?"}))

    def test_markup_is_text(self) -> None:
        assert "&lt;b&gt;" in formatted_html(metadata(titles={"id": "<b>"}))

    def test_title_only_in_the_other_language(self) -> None:
        assert (
            formatted(replace(metadata(), titles={"en": "Family-based care"}, language="id")).count("Family-based") == 1
        )
