"""How long a volume of 150 papers takes: ``python -m bench.proceedings [papers] [pages]``, with KESOS_VAR set.

Everything is made in one transaction that is taken back; files that were stored go again.
"""

import datetime
import hashlib
import os
import random
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

TITLE = "Perawatan berbasis keluarga bagi lanjut usia terlantar di desa {number}"


class TakenBack(Exception):
    pass


def main(papers: int = 150, pages: int = 10) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kesos_repo.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.db import transaction

    with tempfile.TemporaryDirectory() as folder:
        settings.MEDIA_ROOT = folder
        try:
            with transaction.atomic():
                _measure(papers, pages)
                raise TakenBack
        except TakenBack:
            pass


def _measure(papers: int, pages: int) -> None:
    from conferences.actions import builds, volumes

    edition, by = _edition()
    _submit(edition, by, papers, pages)
    volume = volumes.begin(edition, by=by)
    for what in ("made anew", "made again, unchanged", "made again, one title changed"):
        if what.endswith("changed") and "one" in what:
            edition.submissions.filter(number=papers).update(title_id="Judul yang lain")
        build = builds.start(volume, by=by)
        began = time.monotonic()
        builds.run(build)
        seconds = time.monotonic() - began
        build.refresh_from_db()
        size = build.blob.size / 2**20 if build.blob else 0
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(
            f"{what}: {papers} papers, {build.pages} pages, {size:.1f} MiB: {build.state} in {seconds:.1f} s"
            f" (load {os.getloadavg()[0]:.1f}, largest child {peak:.0f} MiB) {build.reason}"
        )


def _edition() -> tuple[Any, Any]:
    from accounts.models import Role, User
    from conferences.models import Edition, Series, Track
    from conferences.states import EditionState

    by = User.objects.create_user("penyunting@bench.invalid", name="Penyunting", role=Role.ADMINISTRATOR)
    series = Series.objects.create(slug="bench-prosiding", name_id="Konferensi Bench")
    day = datetime.date(2027, 9, 15)
    edition = Edition.objects.create(
        series=series, number=1, slug="bench-prosiding", title_id="Konferensi Bench", starts_on=day, ends_on=day,
        city="Jakarta", state=EditionState.PUBLIC,
    )  # fmt: skip
    Track.objects.create(edition=edition, code="satu", name_id="Bidang satu")
    return edition, by


def _submit(edition: Any, by: Any, papers: int, pages: int) -> None:
    from django.utils import timezone

    from conferences.models import FinalPaper, Submission, SubmissionAuthor
    from conferences.states import FinalState, SubmissionState
    from taxonomy.models import Licence

    licence, track, now = Licence.objects.get(code="CC-BY-4.0"), edition.tracks.get(), timezone.now()
    for number in range(1, papers + 1):
        submission = Submission.objects.create(
            edition=edition, track=track, number=number, submitter=by, state=SubmissionState.ACCEPTED,
            accepted_as="talk", submitted_at=now, decided_at=now, title_id=TITLE.format(number=number),
            abstract_id="Abstrak.",
        )  # fmt: skip
        for place in range(3):
            SubmissionAuthor.objects.create(
                submission=submission, position=place, given_name="Siti", family_name=f"Penulis{number % 40}-{place}"
            )
        FinalPaper.objects.create(
            submission=submission, state=FinalState.APPROVED, blob=_blob(number, pages), original_name="makalah.pdf",
            pages=pages, licence=licence, uploaded_by=by, decided_by=by, decided_at=now,
        )  # fmt: skip


def _blob(number: int, pages: int) -> Any:
    """A typeset paper with a table, a picture of some size and a text of its own."""
    import typst
    from django.core.files.base import ContentFile

    from publications.models import Blob

    chance = random.Random(number)
    words = " ".join(chance.choice(["keluarga", "lansia", "desa", "layanan", "bantuan", "dampak"]) for _ in range(420))
    dots = "".join(f'<circle cx="{chance.randrange(400)}" cy="{chance.randrange(200)}" r="3"/>' for _ in range(3000))
    picture = f'<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200">{dots}</svg>'
    body = "\n#pagebreak()\n".join(f"= Bagian {page}\n{words}\n" for page in range(1, pages + 1))
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "makalah.typ"
        (Path(folder) / "gambar.svg").write_text(picture, encoding="utf-8")
        source.write_text(f'#image("gambar.svg", width: 40%)\n{body}', encoding="utf-8")
        content = typst.compile(str(source), ignore_system_fonts=True, timestamp=0)
    digest = hashlib.sha256(content).hexdigest()
    blob = Blob(size=len(content), sha256=digest, mime="application/pdf", page_count=pages)
    blob.content.save("x", ContentFile(content), save=False)
    blob.save()
    return blob


if __name__ == "__main__":
    main(*(int(value) for value in sys.argv[1:3]))
