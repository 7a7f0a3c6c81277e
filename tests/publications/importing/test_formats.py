"""JSON Lines, BibTeX, RIS, CSL-JSON, and whatever else may come."""

import gzip
import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publications.importing import limits
from publications.importing.readers import FORMATS, format_of

from .conftest import codes, read, records

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
real_files = pytest.mark.skipif(
    not SHARED.exists(), reason="the real files stand beside the project only where it is built"
)

BIBTEX = r"""
@string{jks = "Jurnal Kesejahteraan Sosial"}
@article{aminah2020,
  author = {Aminah, Siti and {Kementerian Sosial} and Sukarno and van der Berg, Jan},
  title = {Anak {Jalanan} di Kota: Pel{\'e} \& 50\% lainnya},
  journal = jks, year = 2020, month = may, volume = 3, number = {2}, pages = {1--20},
  doi = {10.1234/Jks.3}, keywords = {anak, kota}, abstract = "Penelitian ini tentang anak jalanan.",
  file = {Full Text:files/12/aminah.pdf:application/pdf}
}
@phdthesis{hatta, author = "Hatta", title = {Koperasi}, school = {Universitas Contoh}, year = 1999}
"""
RIS = """TY  - JOUR
TI  - Anak Jalanan di Kota
AU  - Aminah, Siti
AU  - Sukarno
JO  - Jurnal Contoh
PY  - 2020/05/17/
SN  - 0024-9521
DO  - 10.1234/x
KW  - anak
KW  - kota
AB  - Penelitian ini tentang
anak jalanan.
ER  -

TY - THES
T1  - Koperasi
A1  - Hatta
Y1  - 1999
M3  - Skripsi
"""


def test_bibtex() -> None:
    article, thesis = records(BIBTEX, "bibtex")
    assert article.source_id == "aminah2020"
    assert article.title == "Anak Jalanan di Kota: Pelé & 50% lainnya"
    assert [(p.given, p.family) for p in article.contributors] == [
        ("Siti", "Aminah"), ("", "Kementerian Sosial"), ("", "Sukarno"), ("Jan", "van der Berg"),
    ]  # fmt: skip
    assert article.container == "Jurnal Kesejahteraan Sosial"
    assert (article.date.year, article.date.month) == (2020, 5) if article.date else False
    assert (article.volume, article.issue, article.pages, article.doi) == ("3", "2", "1–20", "10.1234/jks.3")
    assert article.keywords == {"id": ("anak", "kota")}
    assert article.file == "aminah.pdf"
    assert thesis.type == "bibtex:phdthesis" and thesis.publisher == "Universitas Contoh"


def test_a_broken_entry_does_not_take_the_next_one_with_it() -> None:
    content = "@article{a, title = {Tak selesai\n\n@article{b, title = {Utuh}, year = 2020}\n"
    assert "broken_bibtex" in codes(content, "bibtex")
    assert [record.title for record in records(content, "bibtex")] == ["Utuh"]


@pytest.mark.parametrize(
    "bomb",
    [
        "@article{a, title = " + "{" * 50_000 + "x" + "}" * 50_000 + "}",
        "@article{a, title = {" + "\\textbf{" * 5_000 + "x" + "}" * 5_000 + "}}",
        "@article{a, title = {" + "$" * 20_001 + "}}",
        "".join(f"@string{{s{i} = s{i - 1} # s{i - 1} # s{i - 1} # s{i - 1}}}\n" for i in range(1, 40))
        + "@article{a, title = s39 # s39}",
        '@string{s0 = "'
        + "x" * 1000
        + '"}\n'
        + "".join(f"@string{{s{i} = s{i - 1} # s{i - 1} # s{i - 1} # s{i - 1}}}\n" for i in range(1, 40))
        + "@article{a, title = s39 # s39}",
        "@" * 100_000,
        "@article{" * 20_000,
        "@article{a, author = {" + "x and " * 20_000 + "x}, title = {A}}",
    ],
)
def test_bibtex_bombs_are_read_in_no_time(bomb: str) -> None:
    started = time.process_time()
    rows = read(bomb, "bibtex")
    assert time.process_time() - started < 10
    for row in rows:
        assert row.record is None or len(row.record.title) <= limits.MAX_TITLE


def test_ris() -> None:
    article, thesis = records(RIS, "ris")
    assert article.title == "Anak Jalanan di Kota"
    assert [(p.given, p.family) for p in article.contributors] == [("Siti", "Aminah"), ("", "Sukarno")]
    assert article.date is not None and article.date.day == 17
    assert article.issn == ("0024-9521",) and article.keywords == {"id": ("anak", "kota")}
    assert article.abstracts == {"id": "Penelitian ini tentang anak jalanan."}
    assert thesis.type == "Skripsi; ris:THES"


def test_csl_json() -> None:
    item = {
        "id": "x", "type": "article-journal", "title": "Street <i>children</i> in the city",
        "author": [
            {"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"}, {"literal": "Kementerian Sosial"},
        ],
        "issued": {"date-parts": [[2020, 5]]}, "container-title": ["Journal of Examples"], "DOI": "10.1234/X",
        "abstract": "<jats:title>Abstract</jats:title><jats:p>The aim &amp; the way.</jats:p>", "ISSN": ["0024-9521"],
    }  # fmt: skip
    (record,) = records(json.dumps(item), "csl")
    assert record.title == "Street children in the city"
    assert [p.family for p in record.contributors] == ["van der Berg", "Kementerian Sosial"]
    assert record.abstracts == {"en": "The aim & the way."}
    assert record.date is not None and (record.date.year, record.date.month) == (2020, 5)
    assert records(json.dumps([item, item]), "csl")[1] == record


def test_jsonl_own_and_foreign_keys() -> None:
    own = {
        "id": "1",
        "judul": "Anak di kota",
        "penulis": ["Sukarno", "Santoso, Budi"],
        "tahun": 2020,
        "pmks": ["PMKS-04"],
    }
    foreign = {
        "id": "2", "title": "On words",
        "authors": [{"given": "Ada", "family": "Lovelace", "orcid": None, "affiliation": "X"}],
        "editors": [{"given": "E", "family": "Editor"}], "venue": "Proceedings of Examples",
        "year": 1999, "month": "June",
        "language": "en", "retracted": True,
    }  # fmt: skip
    first, second = records(json.dumps(own) + "\n" + json.dumps(foreign), "jsonl")
    assert [p.family for p in first.contributors] == ["Sukarno", "Santoso"] and first.pmks == ("PMKS-04",)
    assert [p.family for p in second.contributors] == ["Lovelace"] and second.is_retracted
    assert second.container == "Proceedings of Examples"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{", "broken_json"), ("[1]", "not_a_record"), ('"x"', "not_a_record"), ("{}", "no_title"),
        ("[" * 100_000, "broken_json"), ('{"title": {"a": 1}}', "no_title"), ('{"title": "\\ud800"}', "no_title"),
        ('{"title": "A", "year": 1e999}', "bad_date"), ("1" * 5000, "broken_json"),
    ],
)  # fmt: skip
def test_broken_lines(line: str, code: str) -> None:
    good = '{"title": "Utuh", "authors": ["Sukarno"]}'
    content = f"{line}\n{good}\n"
    assert code in codes(content, "jsonl")
    assert records(content, "jsonl")[-1].title == "Utuh"


def test_broken_json_shows_the_place_and_no_word_of_python() -> None:
    (row,) = read('{"title": "A", \x00 year: 2020}\n', "jsonl")
    message = row.problems[0].message
    assert "year: 2020}" in message and "Expecting" not in message and "\x00" not in str(row.problems[0].params)


def test_a_line_without_end() -> None:
    content = b'{"title": "' + b"a" * (limits.MAX_LINE_BYTES * 3) + b'"}\n{"title": "Utuh"}\n'
    assert [record.title for record in records(content, "jsonl")] == ["Utuh"]


def test_gzip_and_gzip_bombs(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = gzip.compress(b'{"title": "Utuh"}\n')
    assert [record.title for record in records(packed, "jsonl")] == ["Utuh"]
    assert "broken_archive" in codes(packed[:-12], "jsonl")
    from publications.importing import texts

    monkeypatch.setattr(texts.unpacked, "__defaults__", (1_000_000,))
    assert codes(gzip.compress(b" " * 5_000_000), "jsonl")[-1:] == ["file_too_large"]


@pytest.mark.parametrize("format", FORMATS)
@given(content=st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda t: t.encode("utf-8", "replace"))))
@settings(max_examples=60, deadline=None)
def test_nothing_raises(format: str, content: bytes) -> None:
    for row in read(content, format):
        for problem in row.problems:
            assert problem.message


BIBTEX_PIECES = [
    "@article", "@string", "{", "}", "\"", ",", "=", "\n", "a", "title", "author", " and ", "#", "(", ")", "\\", "$",
    "%",
]  # fmt: skip
RIS_PIECES = ["TY  - JOUR", "ER  - ", "AU  - x", "x", "", "UR  - a;b", "T1 - t", "AB  -", "  - "]


@given(content=st.lists(st.sampled_from(BIBTEX_PIECES), max_size=60).map("".join))
@settings(max_examples=150, deadline=None)
def test_no_bibtex_raises(content: str) -> None:
    read(content, "bibtex")


@given(content=st.lists(st.sampled_from(RIS_PIECES), max_size=30).map("\n".join))
@settings(max_examples=150, deadline=None)
def test_no_ris_raises(content: str) -> None:
    read(content, "ris")


def test_formats_by_name() -> None:
    names = ["a.CSV", "a.tsv", "b.xlsx", "c.jsonl.gz", "d.bib", "e.ris", "f.json", "g.docx", "h"]
    assert [format_of(name) for name in names] == ["csv", "csv", "xlsx", "jsonl", "bibtex", "ris", "csl", "", ""]


@real_files
@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("real/scopus_indonesian_j_geography.csv", 188), ("real/scopus_indonesian_j_geography.ris", 188),
        ("real/scopus_jpii_indonesian.csv", 217), ("real/real_social_welfare_biblio.csv", 18),
        ("real/trunojoyo_bilingual_15.csv", 15), ("real/trunojoyo_manajemen_abstracts.csv", 120),
        ("proceedings/acl_sample.jsonl", 1927), ("proceedings/jose.jsonl", 90),
    ],
)  # fmt: skip
def test_real_files_are_read_whole(name: str, count: int) -> None:
    path = SHARED / name
    rows = read(path.read_bytes(), format_of(path.name))
    assert sum(row.is_usable for row in rows) == count
    assert not [problem for row in rows for problem in row.problems if problem.is_error]


@real_files
def test_scopus_as_csv_and_as_ris_say_the_same() -> None:
    csv, ris = (
        records((SHARED / f"real/scopus_indonesian_j_geography.{suffix}").read_bytes(), suffix)
        for suffix in ("csv", "ris")
    )
    both = list(zip(csv, ris, strict=True))
    same = [a for a, b in both if (a.title, a.date, len(a.contributors)) == (b.title, b.date, len(b.contributors))]
    assert len(same) >= 0.95 * len(both)
