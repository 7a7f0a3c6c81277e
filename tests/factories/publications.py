"""Outputs in every state, made by the actions that the site itself uses."""

import datetime
import hashlib
import itertools
from typing import Any

from django.core.files.base import ContentFile

from accounts.models import Role, User
from publications.actions import drafts, review
from publications.models import Blob, File, Output, Version
from taxonomy.models import Licence, Method, OutputType, Pmks, Province

_numbers = itertools.count(1)
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)
WEBP = b"RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00/\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"


def some_user(name: str = "", **fields: Any) -> User:
    number = next(_numbers)
    return User.objects.create_user(f"orang{number}@contoh.id", name=name or f"Orang {number}", **fields)


def some_curator() -> User:
    return User.objects.filter(email="kurator-pabrik@contoh.id").first() or User.objects.create_user(
        "kurator-pabrik@contoh.id", name="Kurator", role=Role.CURATOR
    )


def output_data(**changes: Any) -> dict[str, Any]:
    """Everything a version needs. `pmks`, `provinces`, `methods`, `type` and `licence` may be given by code."""
    data: dict[str, Any] = {
        "type": "c_5794",
        "title_id": "Perawatan berbasis keluarga bagi lanjut usia terlantar di perdesaan Jawa Tengah",
        "title_en": "Family-based care for neglected older people in rural Central Java",
        "abstract_id": "Penelitian ini menilai perawatan berbasis keluarga di enam desa.",
        "abstract_en": "This study assesses family-based care in six villages.",
        "keywords_id": ["lanjut usia", "perawatan"],
        "keywords_en": ["older people", "care"],
        "date": datetime.date(2014, 11, 25),
        "date_precision": "day",
        "container_title": "Prosiding KNHP III",
        "pages": "41-58",
        "publisher": "Kementerian Sosial",
        "contributors": [
            {"given_name": "Siti", "family_name": "Rahmawati", "affiliation_name": "Poltekesos Bandung"},
            {"family_name": "Sukarno"},
            {"given_name": "Maria Goreti", "family_name": "Lelang", "orcid": "0000-0002-1825-0097"},
        ],
        "pmks": ["PMKS-08"],
        "provinces": ["ID-JT"],
        "methods": ["camp"],
        "licence": "CC-BY-4.0",
        "access": "open",
    } | changes
    for name, model in (("type", OutputType), ("licence", Licence)):
        if isinstance(data[name], str):
            data[name] = model.objects.get(code=data[name])
    for name, model in (("pmks", Pmks), ("provinces", Province), ("methods", Method)):
        data[name] = [model.objects.get(code=term) if isinstance(term, str) else term for term in data[name]]
    return data


def make_blob(content: bytes = PDF, mime: str = "application/pdf", **fields: Any) -> Blob:
    blob = Blob(size=len(content), sha256=hashlib.sha256(content).hexdigest(), mime=mime, **fields)
    blob.content.save("x", ContentFile(content), save=False)
    if mime == "application/pdf":
        blob.thumbnail.save("x", ContentFile(WEBP), save=False)
        blob.page_count = 3
        blob.reading_state = "done"
    blob.save()
    return blob


def attach(version: Version, name: str = "makalah.pdf", kind: str = "main", **blob: Any) -> File:
    position = version.files.count()
    return File.objects.create(
        version=version, blob=make_blob(**blob), kind=kind, name=name, original_name=name, position=position
    )


def make_draft(owner: User | None = None, *, files: bool = True, **data: Any) -> Version:
    owner = owner or some_user()
    is_sample = data.pop("is_sample", False)
    version = drafts.start_draft(owner, is_sample=is_sample)
    if files:
        attach(version)
    return drafts.save_draft(version, output_data(**data), by=owner)


def make_submitted(owner: User | None = None, **data: Any) -> Version:
    version = make_draft(owner, **data)
    return drafts.submit(version, by=version.output.owner)


def make_output(owner: User | None = None, *, published_at: datetime.datetime | None = None, **data: Any) -> Output:
    """A published output; an embargo that has passed is set after publication, since none can begin so."""
    version = make_submitted(owner, **data)
    return review.publish(version, by=some_curator(), at=published_at)


def make_version(output: Output, *, file_name: str = "", **data: Any) -> Version:
    """A second (third …) published version."""
    version = drafts.new_version(output, by=output.owner)
    version = drafts.save_draft(version, {"change_note": "Tabel 3 diperbaiki.", **data}, by=output.owner)
    if file_name:
        version.files.all().delete()
        attach(version, file_name, content=PDF + file_name.encode())
    version = drafts.submit(version, by=output.owner)
    review.publish(version, by=some_curator())
    output.refresh_from_db()
    return version


def withdraw(output: Output, reason: str = "Data tidak dapat dipertanggungjawabkan.") -> Output:
    withdrawn = review.withdraw(output, reason, by=some_curator())
    output.refresh_from_db()
    return withdrawn
