"""House rule 1 for the search: a word that stands in title, abstract and PDF of an output in each state comes out of
the search nowhere but where it is public. Mails, feeds and collections: test_following_leaks.py.
"""

import datetime
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

from publications.models import Output, Page, Version
from search.exports import EXPORTS
from tests.factories.publications import (
    attach,
    make_draft,
    make_output,
    make_submitted,
    make_version,
    some_user,
    withdraw,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies", "storage")]

Index = Callable[[], None]
OPENS = datetime.date(2031, 3, 1)
METADATA = ("judulrahasia", "abstrakrahasia", "katarahasia", "Namarahasia")
TEXT = "isirahasia"
PAGES = ("/cari/", "/publikasi/", "/topik/lanjut-usia-terlantar/", "/cari/saran/")
# What of an output in each state may be found.
PUBLIC = {
    "draft": (),
    "submitted": (),
    "withdrawn": (),
    "former version": (),
    "embargoed": METADATA,
    "restricted": METADATA,
    "metadata_only": METADATA,
    "open": (*METADATA, TEXT),
}


@pytest.fixture
def storage(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


def fields(word: str = "rahasia", **data: Any) -> dict[str, Any]:
    names = {
        "title_id": f"Judul{word} rumah",
        "abstract_id": f"Abstrak{word} rumah.",
        "keywords_id": [f"kata{word}"],
        "contributors": [{"family_name": f"Nama{word}"}],
    }
    return {"title_en": "", "abstract_en": "", "keywords_en": [], **names, **data}


def with_text(version: Version, text: str) -> Version:
    version.files.all().delete()
    file = attach(version, content=f"%PDF-1.4 {text}".encode())
    Page.objects.create(blob=file.blob, number=1, text=f"Halaman dengan {text} tentang desa.")
    return version


def made(state: str) -> Output:
    """With the words in its title, abstract, keywords, people and PDF."""
    if state in ("draft", "submitted"):
        version = (make_draft if state == "draft" else make_submitted)(**fields())
        return with_text(version, TEXT).output
    access = {"embargoed": "embargoed", "restricted": "restricted", "metadata_only": "metadata_only"}.get(state, "open")
    until = {"embargo_until": OPENS} if access == "embargoed" else {}
    output = make_output(**fields(access=access, **until))
    assert output.current
    with_text(output.current, TEXT)
    if state == "withdrawn":
        withdraw(output)
    if state == "former version":
        make_version(output, file_name="baru.pdf", **fields("baru"))
    return output


def exits(words: str, files: Iterable[str] = EXPORTS) -> Iterator[str]:
    """Every address of the search that takes words."""
    query = urlencode({"q": words})
    yield from (f"{prefix}{page}?{query}" for prefix in ("", "/en") for page in PAGES)
    yield from (f"/cari/ekspor/{extension}?{query}" for extension in files)


def in_short(words: str) -> Iterator[str]:
    """The same in one language and one kind of file, which are made of the same answer."""
    return (address for address in exits(words, ["csv"]) if not address.startswith("/en"))


def answer(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    content = b"".join(response) if response.streaming else response.content  # type: ignore[arg-type]
    if address.startswith("/cari/ekspor/xlsx"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"".join(archive.read(name) for name in archive.namelist())
    return content.decode("utf-8", "replace")


@pytest.mark.parametrize("state", PUBLIC)
def test_what_is_not_public_comes_out_nowhere(index: Index, state: str) -> None:
    """Asked for the word itself, pages repeat it: then nothing may be found. Asked for something near it, for its
    beginning, for what stands beside it, or for everything, the word may not be seen.
    """
    make_output(title_id="Rumah biasa")  # so that there is something to find
    output = made(state)
    index()
    client = Client()
    beside = {address: answer(client, address) for words in ("rumah", "desa", "") for address in exits(words)}
    for word in (*METADATA, TEXT):
        near = (f"{word[:-1]}q", word[:-2], f"judul:{word[:-1]}q", f"penulis:{word[:-1]}q")
        asked = beside | {address: answer(client, address) for words in near for address in in_short(words)}
        seen = [address for address, text in asked.items() if word.casefold() in text.casefold()]
        told = {address: answer(client, address) for address in exits(word)}
        found = [address for address, text in told.items() if output.public_id and output.public_id in text]
        if word in PUBLIC[state]:
            assert found and (seen or word == TEXT), word
        else:
            assert not seen and not found, (word, seen, found)


def test_counts_do_not_know_of_it_either(index: Index) -> None:
    make_output(title_id="Rumah biasa", pmks=["PMKS-08"])
    for state in ("draft", "submitted", "withdrawn"):
        made(state)
    index()
    text = answer(Client(), "/cari/?q=rumah")
    assert "<strong>1 publikasi</strong>" in text
    assert "<title>2014: 1</title>" in text


def test_who_may_read_more_finds_no_more(index: Index) -> None:
    """The search is the same for everybody, so that nothing of it can be kept for the wrong one."""
    restricted = made("restricted")
    draft = made("draft")
    index()
    for somebody in (restricted.owner, draft.owner, some_user(role="curator")):
        client = Client()
        client.force_login(somebody)
        assert f"<mark>{TEXT}</mark>" not in answer(client, f"/cari/?q={TEXT}")
        assert answer(client, "/cari/?q=judulrahasia").count("hit-title") == 1


def test_text_is_found_from_the_day_an_embargo_ends(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    made("embargoed")
    index()
    assert f"<mark>{TEXT}</mark>" not in answer(Client(), f"/cari/?q={TEXT}")
    moment = datetime.datetime(2031, 2, 28, 17, 0, tzinfo=datetime.UTC)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    index()
    assert f"<mark>{TEXT}</mark>" in answer(Client(), f"/cari/?q={TEXT}")


def test_a_file_that_is_closed_again_gives_no_snippet_before_the_index_knows(index: Index) -> None:
    output = made("open")
    index()
    assert f"<mark>{TEXT}</mark>" in answer(Client(), f"/cari/?q={TEXT}")
    Version.objects.filter(pk=output.current_id).update(access="restricted")
    assert f"<mark>{TEXT}</mark>" not in answer(Client(), f"/cari/?q={TEXT}")
