"""Sample policy briefs: one that went through deposit and curation, one in the making."""

import datetime

from django.utils import timezone

from accounts.models import User
from evidence.actions import briefs
from evidence.demo.accounts import Cast
from evidence.models import Brief, Finding
from evidence.queries.findings import best_first
from publications.actions import drafts, reading, review
from publications.demo.loading import SOURCE
from publications.models import Blob
from publications.models.files import ReadingState

TOPIC, MORE = "PMKS-08", "PMKS-09"  # neglected older people; people with disability
PUBLISHED = {
    "title_id": "Kunjungan dan perawatan di rumah bagi lanjut usia terlantar: apa yang sudah diketahui",
    "title_en": "Visits and care at home for neglected older people: what is known",
    "message_id": (
        "Temuan yang ada searah: pendampingan di rumah membantu lanjut usia terlantar tetap mandiri.\n"
        "Keyakinannya belum tinggi. Mulailah dari daerah yang sudah memiliki kader, catat biaya per orang, dan ukur "
        "hasilnya dengan kelompok pembanding."
    ),
    "message_en": (
        "What has been found points one way: support at home helps neglected older people to stay independent.\n"
        "Confidence is not high yet. Begin where there are volunteers, record the cost per person, and measure the "
        "outcome against a comparison group."
    ),
}
NOTE_ID = "Paling layak dijadikan titik awal, karena pelaksananya sudah ada di daerah."
NOTE_EN = "The best place to begin, since those who can do it are there already."
WAITING = {
    "title_id": "Layanan bagi penyandang disabilitas: catatan awal",
    "title_en": "",
    "message_id": "Masih disusun: bandingkan biaya sebelum memberi saran.",
    "message_en": "",
}
MOST = 4


def load_briefs(people: Cast) -> int:
    """By the policymaker, approved by the curator; nothing where there are briefs already."""
    if Brief.objects.filter(owner=people.policymaker).exists():
        return 0
    count = 0
    if found := _findings(TOPIC):
        _publish(_start(people.policymaker, found, PUBLISHED), people)
        count += 1
    if found := _findings(MORE)[:2]:
        _start(people.policymaker, found, WAITING)
        count += 1
    return count


def _findings(topic: str) -> list[Finding]:
    """The surest, of several papers."""
    samples = Finding.objects.public().filter(output__source=SOURCE, pmks__code=topic)
    by_paper = {finding.output_id: finding for finding in reversed(best_first(samples))}
    return sorted(by_paper.values(), key=lambda finding: (-(finding.strength or 0), finding.pk))[:MOST]


def _start(by: User, found: list[Finding], texts: dict[str, str]) -> Brief:
    brief = briefs.start(by, found, **texts)
    note = {"note_id": NOTE_ID, "note_en": NOTE_EN} if texts["title_en"] else {}
    return briefs.save(brief, {}, {found[0].pk: note}, by=by)


def _publish(brief: Brief, people: Cast) -> None:
    """Its document is read at once, as the worker would."""
    version = briefs.make_output(brief, by=brief.owner)
    for blob in Blob.objects.filter(files__version=version, reading_state=ReadingState.WAITING):
        reading.read_blob(blob)
    now = timezone.now()
    version.refresh_from_db()
    version = drafts.submit(version, by=brief.owner, at=now - datetime.timedelta(hours=3))
    review.publish(version, by=people.curator, at=now)
