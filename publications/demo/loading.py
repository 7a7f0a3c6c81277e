"""Loads the sample outputs through the actions that people use, so that states, log and change rows are right."""

import calendar
import csv
import datetime
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from django.apps import apps
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.utils import timezone
from django_tasks import task_backends
from django_tasks.backends.dummy import DummyBackend

from accounts.models import Organisation, User
from publications.actions import copies, drafts, reading, review
from publications.actions.files import add_file
from publications.demo import accounts, content, directory
from publications.demo.preparing import Documents, numbers_with_file, prepared_documents
from publications.demo.typesetting import LAYOUTS
from publications.models import FileKind, Output, Version
from publications.states import Access
from taxonomy.models import Licence, Method, OutputType, Pillar, Pmks, Province, Psks, Service

SOURCE = "demo"
DAYS_TO_PUBLICATION = 24
DAYS_TO_NEXT_VERSION = 90
TEXTS = (
    "language",
    "title_id",
    "title_en",
    "abstract_id",
    "abstract_en",
    "keywords_id",
    "keywords_en",
    "access",
    "funder",
)
LEFT_FOR_LATER = ("licence", "methods", "provinces")  # what the draft still lacks, so that its checklist says so
IN_HAND = "padat-karya-medan"  # the submitted one that the curator has taken in hand


def load(say: Callable[[str], None]) -> int:
    """Load what is not there yet, all or nothing; returns how many outputs were added."""
    say("Typesetting the sample documents …")
    with prepared_documents() as documents, transaction.atomic():
        count = Loader(documents, say).load()
        count_rows("accounts", "publications")
        return count


def count_rows(*labels: str) -> None:
    """Tell PostgreSQL how full the tables of these apps are: it counts by itself only what has been committed.

    Without it what is asked in the same transaction may be planned for empty tables, and take minutes.
    """
    models = (model for label in labels for model in apps.get_app_config(label).get_models(include_auto_created=True))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE " + ", ".join(sorted({f'"{model._meta.db_table}"' for model in models})))


@contextmanager
def without_tasks() -> Iterator[None]:
    """History sends no mail, and its files have been read already."""
    usual = task_backends["default"]
    task_backends["default"] = DummyBackend(alias="default", params={"QUEUES": []})
    try:
        yield
    finally:
        task_backends["default"] = usual


class Loader:
    def __init__(self, documents: Documents, say: Callable[[str], None]) -> None:
        self.documents, self.say = documents, say
        self.users = accounts.create_accounts()
        self.administrator = self.users[accounts.ADMINISTRATOR]
        self.curator = self.users[accounts.CURATOR]
        self.organisations = self._directory()
        self.known = {output.source_id: output for output in Output.objects.filter(source=SOURCE)}

    def _directory(self) -> dict[str, Organisation]:
        organisations = directory.enter_organisations(self.administrator)
        accounts.introduce_researcher(self.users[accounts.RESEARCHER], organisations)
        directory.enter_people(self.administrator, organisations)
        return organisations

    @cached_property
    def terms(self) -> dict[type[Any], dict[str, Any]]:
        models = (Licence, Method, OutputType, Pillar, Pmks, Province, Psks, Service)
        return {model: {term.code: term for term in model.objects.all()} for model in models}

    def load(self) -> int:
        missing = [output for output in content.outputs() if output["key"] not in self.known]
        started = {output["key"]: self._start(output) for output in missing}
        for place, output in enumerate(missing, 1):
            self._carry_on(output, started[output["key"]])
            if place % 10 == 0 or place == len(missing):
                self.say(f"{place} of {len(missing)} sample outputs loaded.")
        return len(missing)

    def _start(self, output: content.Record) -> Version:
        """All are started first, so that one may refer to another that is published later."""
        version = drafts.start_draft(self._owner(output), is_sample=True, source=SOURCE, source_id=output["key"])
        self.known[output["key"]] = version.output
        return version

    def _owner(self, output: content.Record) -> User:
        """The researcher has what she wrote, what is under way, and what readers may ask a copy of."""
        hers = any(c["key"] == accounts.RESEARCHER_KEY for c in output["contributors"])
        hers = hers or output["state"] in ("draft", "submitted", "returned") or output["access"] == Access.RESTRICTED
        return self.users[accounts.RESEARCHER if hers else accounts.LIBRARIAN]

    def _carry_on(self, output: content.Record, version: Version) -> None:
        with without_tasks():
            version = self._describe(output, version)
            if output["state"] in ("published", "withdrawn"):
                self._publish(output, version)
        if output["state"] in ("submitted", "returned"):
            self._queue(output, version)
        if output["state"] == "withdrawn":
            review.withdraw(version.output, output["withdrawn_reason"], by=self.curator)
        if output["access"] == Access.RESTRICTED:
            copies.request_copy(version.output, **COPY_REQUEST)

    def _describe(self, output: content.Record, version: Version) -> Version:
        self._attach(output, version, 1)
        if output["dataset"]:
            upload = ContentFile(dataset(output), name=f"data-{output['key']}.csv")
            kind, owner = FileKind.DATASET, version.output.owner
            add_file(version, upload, by=owner, kind=kind, description=output["dataset"])
        data = self._data(output)
        if output["state"] == "draft":
            data = {name: value for name, value in data.items() if name not in LEFT_FOR_LATER}
        return drafts.save_draft(version, data, by=version.output.owner)

    def _attach(self, output: content.Record, version: Version, number: int) -> None:
        if number not in numbers_with_file(output):
            return
        document = self.documents[output["key"], number]
        upload = ContentFile(document.content, name=f"{output['key']}.pdf")
        file = add_file(version, upload, by=version.output.owner)
        reading.take_in(file.blob, document.reading.result())

    def _publish(self, output: content.Record, version: Version) -> None:
        day = published_on(output["date"])
        self._approve(version, day)
        for number, change in enumerate(output["versions"][1:], 2):
            owner = version.output.owner
            later = drafts.new_version(version.output, by=owner, is_correction=change.startswith("Ralat"))
            self._attach(output, later, number)
            later = drafts.save_draft(later, {"change_note": change}, by=owner)
            self._approve(later, past(day + datetime.timedelta(days=DAYS_TO_NEXT_VERSION * (number - 1))))
        version.output.refresh_from_db()

    def _approve(self, version: Version, day: datetime.datetime) -> None:
        drafts.submit(version, by=version.output.owner, at=day - datetime.timedelta(days=9, hours=2))
        review.publish(version, by=self.curator, at=day)

    def _queue(self, output: content.Record, version: Version) -> None:
        owner = version.output.owner
        version = drafts.submit(version, by=owner)
        if output["key"] == IN_HAND:
            review.claim(version, by=self.curator)
        if output["state"] == "returned":
            review.return_to_author(version, output["review"]["reason"], by=self.curator)
            for who, text in output["review"]["thread"]:
                review.comment(version, text, by=owner if who == "author" else self.curator)

    def _data(self, output: content.Record) -> dict[str, Any]:
        """The output as `actions.save_draft` takes it."""
        date, precision = date_and_precision(output["date"])
        container = output["container"]
        return {
            **{name: output[name] for name in TEXTS},
            "type": self.terms[OutputType][output["type_code"]],
            "licence": self.terms[Licence][output["licence"]],
            "date": date,
            "date_precision": precision,
            "embargo_until": embargo_until(output),
            "publisher": self._publisher(output),
            "container_title": container.get("title", ""),
            **{name: container.get(name, "") for name in ("volume", "issue", "pages")},
            **self._subjects(output),
            "contributors": [self._contributor(c) for c in output["contributors"]],
            "identifiers": identifiers(output),
            "relations": [{"kind": kind, "target": self.known[key]} for kind, key in output["relations"]],
        }

    def _subjects(self, output: content.Record) -> dict[str, list[Any]]:
        models: dict[str, type[Any]] = {
            "pmks": Pmks, "psks": Psks, "pillars": Pillar, "services": Service, "provinces": Province,
            "methods": Method,
        }  # fmt: skip
        return {name: [self.terms[model][code] for code in output[name]] for name, model in models.items()}

    def _contributor(self, contributor: content.Record) -> dict[str, Any]:
        names = {name: contributor[name] for name in ("given_name", "family_name", "orcid", "role", "credit")}
        return {**names, "affiliation": self.organisations[contributor["affiliation"]]}

    def _publisher(self, output: content.Record) -> str:
        if LAYOUTS.get(output["type_code"]) is None:
            return ""
        return self.organisations[output["contributors"][0]["affiliation"]].name


COPY_REQUEST = {
    "name": "Pembuat Kebijakan Contoh",
    "email": accounts.POLICYMAKER.email,
    "purpose": "Menyusun alur layanan terpadu bagi anak korban kekerasan di daerah kami.",
    "language": "id",
}


def dataset(output: content.Record) -> bytes:
    """The output's table in long form: one value a row."""
    table = output["table"]
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(["data_contoh", table["columns"][0].lower().replace(" ", "_"), "ukuran", "nilai"])
    for row in table["rows"]:
        for column, value in zip(table["columns"][1:], row[1:], strict=True):
            writer.writerow([output["key"], row[0], column, value])
    return target.getvalue().encode()


def identifiers(output: content.Record) -> list[tuple[str, str]]:
    pairs = list(output["identifiers"].items())
    return pairs + [(name, output["container"][name]) for name in ("issn", "isbn") if name in output["container"]]


def date_and_precision(date: str) -> tuple[datetime.date, str]:
    """`2014`, `2014-11` or `2014-11-25`."""
    parts = [int(part) for part in date.split("-")]
    year, month, day = (*parts, 1, 1)[:3]
    return datetime.date(year, month, day), ("year", "month", "day")[len(parts) - 1]


def published_on(date: str) -> datetime.datetime:
    """A working hour some weeks after the output's date (the end of its month or year), never in the future."""
    day, precision = date_and_precision(date)
    if precision == "year":
        day = day.replace(month=12, day=31)
    elif precision == "month":
        day = day.replace(day=calendar.monthrange(day.year, day.month)[1])
    day += datetime.timedelta(days=DAYS_TO_PUBLICATION)
    return past(timezone.make_aware(datetime.datetime.combine(day, datetime.time(9, 30))))


def past(moment: datetime.datetime) -> datetime.datetime:
    return min(moment, timezone.now())


def embargo_until(output: content.Record) -> datetime.date | None:
    """Its date, or a year from today when the demo is started after that."""
    if output["access"] != Access.EMBARGOED:
        return None
    given = datetime.date.fromisoformat(output["embargo_until"])
    today = timezone.localdate()
    return given if given > today else today + datetime.timedelta(days=365)
