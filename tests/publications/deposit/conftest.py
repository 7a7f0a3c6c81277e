"""Real PDF files, and the worker that reads them."""

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
import typst
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.models import User
from publications.models import Version

TITLE_ID = "Pendampingan anak jalanan di terminal Kota Makassar"
TITLE_EN = "Accompanying street children at the bus station of Makassar"
SOURCE = f"""
#set page(paper: "a4", margin: 2.5cm)
#set text(size: 11pt)
#align(center)[#text(size: 18pt, weight: "bold")[{TITLE_ID}]]
#align(center)[#text(size: 13pt, style: "italic")[{TITLE_EN}]]
#align(center)[Nurhayati Daeng Ngai#super[1], Sukarno#super[2]]
#align(center)[#text(size: 9pt)[#super[1] Universitas Hasanuddin, #super[2] Politeknik Kesejahteraan Sosial Bandung]]

*Abstrak* \\
Penelitian ini menilai pendampingan anak jalanan di terminal Kota Makassar selama dua tahun. Wawancara dengan 42 anak
dan 18 pendamping menunjukkan bahwa rumah singgah yang dekat dengan terminal lebih sering dikunjungi. Kehadiran di
sekolah naik pada anak yang didampingi keluarga. Penelitian ini menyarankan kerja sama dengan dinas pendidikan.

*Kata kunci:* anak jalanan; pendampingan; rumah singgah

*Abstract* \\
This study assesses how street children at the bus station of Makassar were accompanied over two years. Interviews
with 42 children and 18 workers show that shelters close to the station are visited more often. School attendance rose
among children whose families were accompanied as well. The study recommends cooperation with schools.

*Keywords:* street children; accompaniment; shelter

= Pendahuluan
#lorem(120)
#pagebreak()
= Hasil
Nomor induk kependudukan 7371014107950001 tercantum pada berkas salah satu anak. #lorem(60)
"""


@cache
def pdf_bytes() -> bytes:
    made = typst.compile(SOURCE.encode(), format="pdf")
    assert isinstance(made, bytes)
    return made


@pytest.fixture
def pdf() -> SimpleUploadedFile:
    """A paper of two pages with titles, authors and abstracts in both languages, and a NIK on its second page."""
    return SimpleUploadedFile("anak-jalanan.pdf", pdf_bytes(), content_type="application/pdf")


@pytest.fixture
def work() -> Callable[[], None]:
    """Let the worker do what is queued, in a transaction test."""

    def run() -> None:
        call_command("db_worker", batch=True, interval=0, verbosity=0, startup_delay=False)

    return run


@pytest.fixture
def as_owner(client: Client, owner: User) -> Client:
    client.force_login(owner)
    return client


def address(name: str, version: Version, *more: int) -> str:
    return reverse(f"publications:deposit_{name}", args=[version.pk, *more])


def blocks(version: Version, **typed: Any) -> dict[str, Any]:
    """What a page sends for the named fields: their blocks, from what is stored now, and what was typed."""
    from publications.forms.deposit import VersionForm
    from publications.forms.deposit.blocks import block_of

    form = VersionForm(Version.objects.get(pk=version.pk))
    names = {found.name for name in typed if (found := block_of(name.split("-")[0]))}
    return {"block": sorted(names), **{f"base-{name}": form.digests[name] for name in names}, **typed}
