"""What the form understands, and what it says when it does not."""

import datetime
from typing import Any

import pytest
from django.test import Client

from accounts.models import Organisation, User
from publications.actions import drafts
from publications.models import Output, Version

from .conftest import address, blocks

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def terms(vocabularies: None) -> None:
    pass


def save(client: Client, version: Version, step: str = "edit", **typed: Any) -> Any:
    response = client.post(address(step, version), blocks(version, **typed))
    version.refresh_from_db()
    return response


@pytest.mark.parametrize(
    ("typed", "day", "precision"),
    [
        ("2024", (2024, 1, 1), "year"),
        ("2024-05", (2024, 5, 1), "month"),
        ("Mei 2024", (2024, 5, 1), "month"),
        ("12 Mei 2024", (2024, 5, 12), "day"),
        ("12 May 2024", (2024, 5, 12), "day"),
        ("12/5/2024", (2024, 5, 12), "day"),
        (" 2024-05-12 ", (2024, 5, 12), "day"),
    ],
)
def test_partial_dates(as_owner: Client, draft: Version, typed: str, day: tuple[int, int, int], precision: str) -> None:
    save(as_owner, draft, date=typed)
    assert (draft.date, draft.date_precision) == (datetime.date(*day), precision)
    again = as_owner.get(address("edit", draft)).context["form"]["date"].value()
    save(as_owner, draft, date=again)
    assert (draft.date, draft.date_precision) == (datetime.date(*day), precision), "as the form shows it again"


@pytest.mark.parametrize("typed", ["30 Februari 2024", "besok", "2024-13", "9999", "2024-00-01", "²⁰²⁴"])
def test_what_is_no_date_is_explained(as_owner: Client, draft: Version, typed: str) -> None:
    response = save(as_owner, draft, date=typed)
    assert response.status_code == 422
    assert draft.date is None
    assert typed in response.content.decode()


def people(*rows: dict[str, str]) -> dict[str, Any]:
    typed: dict[str, Any] = {"contributors-row": [str(n) for n in range(len(rows))]}
    for number, row in enumerate(rows):
        typed |= {f"contributors-{number}-{name}": value for name, value in row.items()}
    return typed


def test_single_names_order_and_roles(as_owner: Client, draft: Version) -> None:
    typed = people(
        {"given_name": "Siti", "family_name": "Rahmawati", "orcid": "https://orcid.org/0000-0002-1825-0097"},
        {"given_name": "Sukarno", "family_name": ""},
        {"family_name": "Tukiran", "role": "editor", "credit": ["methodology", "software"]},  # type: ignore[dict-item]
        {"given_name": " ", "family_name": ""},
    )
    save(as_owner, draft, **typed)
    found = list(draft.contributors.all())
    assert [(c.given_name, c.family_name, c.role) for c in found] == [
        ("Siti", "Rahmawati", "author"),
        ("", "Sukarno", "author"),
        ("", "Tukiran", "editor"),
    ]
    assert found[0].orcid == "0000-0002-1825-0097"
    assert found[2].credit == ["methodology", "software"]


def test_a_wrong_orcid_is_told_and_kept(as_owner: Client, draft: Version) -> None:
    response = save(as_owner, draft, **people({"family_name": "Sukarno", "orcid": "0000-0002-1825-0098"}))
    page = response.content.decode()
    assert response.status_code == 422
    assert "0000-0002-1825-0098" in page
    assert "ORCID" in page
    assert not draft.contributors.exists()


def test_a_changed_split_of_the_name_is_saved(as_owner: Client, draft: Version) -> None:
    save(as_owner, draft, **people({"given_name": "", "family_name": "Siti Rahmawati"}))
    save(as_owner, draft, **people({"given_name": "Siti", "family_name": "Rahmawati"}))
    assert draft.contributors.get().given_name == "Siti"


def test_organisations_by_name_else_as_written(as_owner: Client, draft: Version) -> None:
    known = Organisation.objects.create(name="Universitas Sejahtera")
    merged = Organisation.objects.create(name="Univ. Sejahtera", merged_into=known)
    assert merged.pk
    save(
        as_owner,
        draft,
        **people(
            {"family_name": "A", "affiliation": "universitas SEJAHTERA"},
            {"family_name": "B", "affiliation": "Univ. Sejahtera"},
            {"family_name": "C", "affiliation": "Yayasan Baru"},
        ),
    )
    places = [(c.affiliation, c.affiliation_name) for c in draft.contributors.select_related("affiliation")]
    assert places == [(known, ""), (known, ""), (None, "Yayasan Baru")]


@pytest.mark.parametrize(
    ("button", "names"),
    [
        ("contributors:up:2", ["A", "C", "B"]),
        ("contributors:down:0", ["B", "A", "C"]),
        ("contributors:remove:1", ["A", "C"]),
        ("contributors:up:0", ["A", "B", "C"]),
        ("contributors:remove:99", ["A", "B", "C"]),
        ("nonsense", ["A", "B", "C"]),
        ("contributors:add", ["A", "B", "C"]),
    ],
)
def test_rows_move_without_scripts(as_owner: Client, draft: Version, button: str, names: list[str]) -> None:
    typed = people({"family_name": "A"}, {"family_name": "B"}, {"family_name": "C"})
    response = save(as_owner, draft, **typed, row=button)
    assert response.status_code in (200, 302)
    assert [c.family_name for c in draft.contributors.all()] == names


def test_hundreds_of_authors(as_owner: Client, draft: Version) -> None:
    rows = [{"given_name": "G", "family_name": f"Penulis {n}", "affiliation": "", "orcid": ""} for n in range(300)]
    save(as_owner, draft, **people(*rows))
    assert draft.contributors.count() == 300
    assert as_owner.get(address("edit", draft)).status_code == 200


def test_add_gives_an_empty_row_and_keeps_half_typed_ones(as_owner: Client, draft: Version) -> None:
    typed = people({"family_name": "", "orcid": "salah"})
    page = save(as_owner, draft, **typed, row="contributors:add").content.decode()
    assert page.count('name="contributors-row"') == 3  # both rows and the template for scripts
    assert 'value="salah"' in page


def test_add_myself(as_owner: Client, draft: Version) -> None:
    page = save(as_owner, draft, **people({"family_name": "A"}), row="contributors:me").content.decode()
    assert 'value="Rahmawati"' in page


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("doi", "https://doi.org/10.1234/ABC.def", "10.1234/abc.def"),
        ("doi", "doi: 10.1234/abc", "10.1234/abc"),
        ("isbn", "979-8-88645-174-0", "9798886451740"),
        ("isbn", "0-306-40615-2", "9780306406157"),
        ("issn", "03785955", "0378-5955"),
        ("url", "contoh.go.id/laporan", "https://contoh.go.id/laporan"),
        ("report", "LHP/12/2024", "LHP/12/2024"),
    ],
)
def test_identifiers_are_kept_in_one_form(as_owner: Client, draft: Version, field: str, typed: str, kept: str) -> None:
    save(as_owner, draft, **{field: typed})
    assert draft.identifiers.get().value == kept


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("doi", "10.1/x"),
        ("isbn", "0-306-40615-3"),
        ("issn", "0378-5954"),
        ("url", "javascript:alert(1)"),
        ("url", "x y"),
    ],
)
def test_wrong_identifiers_are_told(as_owner: Client, draft: Version, field: str, typed: str) -> None:
    response = save(as_owner, draft, **{field: typed})
    assert response.status_code == 422
    assert not draft.identifiers.exists()


def test_keywords_by_semicolon_or_comma(as_owner: Client, draft: Version) -> None:
    save(
        as_owner, draft, keywords_id="anak jalanan, rumah singgah,, anak jalanan.", keywords_en="care, family; shelter"
    )
    assert draft.keywords_id == ["anak jalanan", "rumah singgah"]
    assert draft.keywords_en == ["care, family", "shelter"]
    save(as_owner, draft, keywords_en="care, family;")
    shown = as_owner.get(address("edit", draft)).context["form"]["keywords_en"].value()
    save(as_owner, draft, keywords_en=shown)
    assert draft.keywords_en == ["care, family"]


def test_the_marked_topic_is_primary(as_owner: Client, draft: Version) -> None:
    save(as_owner, draft, "topics", pmks=["PMKS-03", "PMKS-08"], pmks_primary="PMKS-08")
    kinds = [(row.pmks.code, row.is_primary) for row in draft.version_pmks.select_related("pmks")]
    assert kinds == [("PMKS-08", True), ("PMKS-03", False)]
    save(as_owner, draft, "topics", pmks=["PMKS-03"], pmks_primary="PMKS-03")
    assert [row.pmks.code for row in draft.version_pmks.all()] == ["PMKS-03"]
    save(as_owner, draft, "topics", pmks=[])
    assert not draft.version_pmks.exists()


def test_an_embargo_needs_a_day_to_come(as_owner: Client, draft: Version) -> None:
    later = datetime.date.today() + datetime.timedelta(days=400)
    assert save(as_owner, draft, "topics", access="embargoed", embargo_until="2020-01-01").status_code == 422
    assert save(as_owner, draft, "topics", access="embargoed", embargo_until=str(later.year)).status_code == 422
    assert draft.access == "open"
    save(as_owner, draft, "topics", access="embargoed", embargo_until=later.isoformat())
    assert (draft.access, draft.embargo_until) == ("embargoed", later)
    save(as_owner, draft, "topics", access="open", embargo_until=later.isoformat())
    assert (draft.access, draft.embargo_until) == ("open", None)


def test_relations_inside_and_outside(as_owner: Client, owner: User, published: Output) -> None:
    draft = drafts.start_draft(owner)
    typed = {
        "relations-row": ["0", "1", "2"],
        "relations-0-kind": "Cites",
        "relations-0-target": str(published.public_id).lower(),
        "relations-1-kind": "IsPartOf",
        "relations-1-target": "10.1234/abc",
        "relations-1-label": "Laporan induk",
        "relations-2-target": "",
    }
    save(as_owner, draft, **typed)
    found = [(r.kind, r.target, r.url, r.label) for r in draft.relations.all()]
    assert found == [("Cites", published, "", ""), ("IsPartOf", None, "https://doi.org/10.1234/abc", "Laporan induk")]


def test_a_relation_to_nothing_is_told(as_owner: Client, draft: Version) -> None:
    typed = {"relations-row": ["0"], "relations-0-kind": "Cites", "relations-0-label": "Tanpa alamat"}
    response = save(as_owner, draft, **typed)
    assert response.status_code == 422
    assert "Tanpa alamat" in response.content.decode()


HOSTILE = {
    "control": "a\x00b\x07c\x1b[31m",
    "huge": "x" * 100_000,
    "right to left": "\u202eterbalik\u202c عنوان البحث",
    "emoji": "Anak 👨‍👩‍👧‍👦 dan 🇮🇩",
    "markup": "<script>alert(1)</script>{{ x }}{% y %}",
    "percent": "100% %(x)s %s",
    "surrogate": "\ud800",
    "lines": "\r\n\r\n\r\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_never_breaks_a_page(as_owner: Client, draft: Version, name: str, owner: User) -> None:
    text = HOSTILE[name].encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    fields = ["title_id", "abstract_en", "keywords_id", "publisher", "date", "doi", "isbn", "issn", "report", "url"]
    typed = dict.fromkeys(fields, text) | people(
        {"given_name": text, "family_name": text, "affiliation": text, "orcid": text}
    )
    typed |= {"relations-row": ["0"], "relations-0-target": text, "relations-0-label": text}
    for step in ("edit", "autosave"):
        assert as_owner.post(address(step, draft), blocks(draft, **typed)).status_code in (200, 302, 422)
    odd = {"pmks": [text], "pmks_primary": text, "licence": text, "access": text, "provinces": [text], "type": text}
    assert as_owner.post(address("topics", draft), blocks(draft, **odd)).status_code == 422
    for step in ("edit", "topics", "preview", "status", "file_step"):
        page = as_owner.get(address(step, draft))
        assert page.status_code == 200
        assert "<script>alert" not in page.content.decode()
    draft.refresh_from_db()
    assert "\u202e" not in draft.title_id
    assert as_owner.post(address("paste", draft), {"text": text}).status_code in (200, 422)
    assert as_owner.get("/unggah/lembaga/", {"q": text[:3000]}).status_code == 200
    assert as_owner.post(address("status", draft), {"text": text}).status_code in (302, 422)


def test_a_title_too_long_is_kept_on_the_page(as_owner: Client, draft: Version) -> None:
    long = "kata " * 200
    response = save(as_owner, draft, title_id=long)
    assert response.status_code == 422
    assert long.strip() in response.content.decode()
    assert draft.title_id == ""
