"""What the proofs do within the site's own database: `python -m tests.proof.inside JOB`, arguments as JSON on stdin."""

import io
import json
import os
import sys
from collections.abc import Callable
from typing import Any

from tests.proof.visitor import PASSWORD

JOBS: dict[str, Callable[..., Any]] = {}


def job(function: Callable[..., Any]) -> Callable[..., Any]:
    JOBS[function.__name__] = function
    return function


@job
def build(researchers: int, drafts: int, pdf: str = "") -> dict[str, Any]:
    """Tables, vocabularies, a curator, researchers and drafts that could be sent to the curators as they are."""
    from kesos_repo.start import prepare

    os.environ["KESOS_DEMO"] = "0"
    prepare.build_tables()
    prepare.load_vocabularies()
    people = [_person(f"peneliti{number}@contoh.id", "researcher") for number in range(researchers)]
    _person("kurator@contoh.id", "curator")
    return {"drafts": [_draft(people[n % len(people)], n, pdf if n % 2 else "") for n in range(drafts)]}


def _person(email: str, role: str) -> Any:
    from allauth.account.models import EmailAddress

    from accounts.models import User

    user = User.objects.create_user(email, PASSWORD, role=role, name=email.partition("@")[0].title())
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def _draft(owner: Any, number: int, pdf: str) -> int:
    """Every second one with a file whose reading is taken as done."""
    from django.core.files.base import ContentFile
    from django_tasks_db.models import DBTaskResult

    from publications.actions import drafts
    from publications.models import Blob, Page
    from taxonomy.models import Pmks
    from tests.factories.publications import output_data

    version = drafts.start_draft(owner)
    kinds = list(Pmks.objects.order_by("code").values_list("code", flat=True))
    data = output_data(
        title_id=f"Penelitian percobaan nomor {number}",
        pmks=[kinds[number % 26], kinds[(number + 7) % 26]],
        access="open" if pdf else "metadata_only",
    )
    drafts.save_draft(version, data, by=owner)
    if pdf:
        content = ContentFile(open(pdf, "rb").read() + f"\n% {number}\n".encode(), name=f"naskah-{number}.pdf")  # noqa: SIM115
        file = drafts.add_file(version, content, by=owner)
        Blob.objects.filter(pk=file.blob_id).update(reading_state="done", page_count=1)
        Page.objects.create(blob=file.blob, number=1, text="Teks percobaan")
        DBTaskResult.objects.all().delete()
    return version.pk


@job
def audit() -> dict[str, Any]:
    """Every output and every file, looked at as a whole; `wrong` says what does not fit together."""
    from django_tasks_db.models import DBTaskResult

    from publications.models import Blob, Output, Version

    wrong: list[str] = []
    outputs = list(Output.objects.select_related("current", "current__curator").prefetch_related("versions"))
    for output in outputs:
        wrong += [f"output {output.pk}: {what}" for what in _faults(output)]
    # A reading that was cut off too often is queued anew; whether it was done in the end, its file says.
    renewed = {"task_path": "publications.tasks.read_blob", "exception_class_path": "kesos_repo.worker.WorkerDied"}
    failed = DBTaskResult.objects.filter(status="FAILED").exclude(**renewed)
    wrong += [f"task {task.task_path} {task.args_kwargs}: {task.traceback[-500:]}" for task in failed]
    for blob in Blob.objects.exclude(reading_state__in=("done", "not_needed")):
        wrong.append(f"file {blob.pk}: {blob.reading_state} {blob.reading}")
    return {
        "wrong": wrong,
        "published": {o.current_id: o.public_id for o in outputs if o.state == "published"},
        "unpublished": sum(o.state == "unpublished" for o in outputs),
        "tasks": DBTaskResult.objects.count(),
        "tasks_tried_again": sum(len(ids) > 1 for ids in DBTaskResult.objects.values_list("worker_ids", flat=True)),
        "titles": dict(Version.objects.values_list("pk", "title_id")),
        "states": dict(Version.objects.values_list("pk", "state")),
        "files": _files(),
    }


def _faults(output: Any) -> list[str]:
    """Fully public or not at all."""
    from accounts.models import LogEntry

    versions = list(output.versions.all())
    published = [v for v in versions if v.state == "published"]
    entries = LogEntry.objects.filter(target=f"publications.output:{output.pk}", action="version.published").count()
    kinds = set(output.topic_listings.values_list("pmks", "is_primary"))
    changes = output.changes.count()
    if output.state == "unpublished":
        absent = (published, output.public_id, output.current_id, output.first_published_at, entries, kinds, changes)
        return ["has something of a publication"] if any(absent) else []
    current = output.current
    due = {
        "state of its version": current.state == "published" and published == [current],
        "identifier": bool(output.public_id),
        "date": bool(output.first_published_at and current.published_at and output.sort_date == current.date),
        "curator": current.curator_id is not None,
        "topic listings": kinds == set(current.version_pmks.values_list("pmks", "is_primary")) and bool(kinds),
        "one change row": changes == 1,
        "one log entry": entries == 1,
        "words for search": output.search is not None,
        "mails to its owner": _mails(output) == 1,
    }
    return [f"published, but without {what}" for what, holds in due.items() if not holds]


def _mails(output: Any) -> int:
    from django_tasks_db.models import DBTaskResult

    told = DBTaskResult.objects.filter(args_kwargs__args__1="publications/mail/published")
    return sum(output.public_id in json.dumps(task.args_kwargs) for task in told)


def _files() -> list[dict[str, Any]]:
    from publications.models import Blob

    return [
        {
            "versions": list(blob.files.values_list("version_id", flat=True)),
            "sha256": blob.sha256,
            "content": str(blob.content),
            "thumbnail": str(blob.thumbnail),
        }
        for blob in Blob.objects.prefetch_related("files")
    ]


@job
def readings() -> dict[int, dict[str, Any]]:
    """{version: what is known of its main document, and how many of its pages have text}"""
    from publications.models import File

    return {
        file.version_id: {
            **file.blob.reading,
            "pages": file.blob.page_count,
            "with_text": file.blob.pages.exclude(text="").count(),
            "recognised": file.blob.pages.exclude(text="").filter(is_recognised=True).count(),
        }
        for file in File.objects.filter(kind="main").select_related("blob")
    }


def main() -> None:
    import django

    from kesos_repo import embedded

    os.environ["DJANGO_SETTINGS_MODULE"] = "kesos_repo.settings"
    embedded.ensure_running()
    django.setup()
    answer, sys.stdout = sys.stdout, io.StringIO()
    result = JOBS[sys.argv[1]](**json.loads(sys.stdin.read() or "{}"))
    answer.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
