"""Policy briefs in every state, made by the actions that the site itself uses."""

from typing import Any

from accounts.models import User
from evidence.actions import briefs
from evidence.models import Brief, Finding
from publications.actions import drafts, reading, review
from publications.models import Blob, Version
from tests.factories.accounts import make_user
from tests.factories.evidence import curator, make_finding

TEXTS = {
    "title_id": "Kunjungan rumah bagi lanjut usia terlantar",
    "title_en": "Home visits for neglected older people",
    "message_id": "Kunjungan rumah membantu.\nBiayai dari dana desa.",
    "message_en": "Home visits help.\nPay for them from village funds.",
}


def make_brief(by: User | None = None, findings: list[Finding] | None = None, **texts: Any) -> Brief:
    by = by or User.objects.filter(email="penulis@contoh.id").first() or make_user("penulis@contoh.id")
    findings = [make_finding()] if findings is None else findings
    return briefs.start(by, findings, **(TEXTS | texts))


def read_documents() -> None:
    """What the worker would do."""
    for blob in Blob.objects.filter(reading_state="waiting"):
        reading.read_blob(blob)


def submitted(brief: Brief) -> Version:
    version = briefs.make_output(brief, by=brief.owner)
    read_documents()
    version.refresh_from_db()
    version = drafts.submit(version, by=brief.owner)
    brief.refresh_from_db()
    return version


def published(brief: Brief) -> Version:
    version = submitted(brief)
    review.publish(version, by=curator())
    brief.refresh_from_db()
    version.refresh_from_db()
    return version
