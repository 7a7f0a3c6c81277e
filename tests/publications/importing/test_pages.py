"""The curators' pages: who may, what they show, and the whole way with the worker's tasks."""

import csv
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from publications.actions import importing
from publications.importing.problems import MESSAGES, Problem
from publications.models import ImportBatch, ImportProblem, Output
from publications.spreadsheets import harmless
from tests.factories.accounts import make_user

from .test_files import pdf, zipped
from .test_importing import HEADINGS, ROW, SECOND

pytestmark = pytest.mark.django_db
ROLES = [None, "researcher", "policymaker", "curator", "administrator"]


@pytest.fixture
def batch(bring_in: Any) -> ImportBatch:
    return bring_in(HEADINGS + ROW + "x;;;;;;;;;;;;\n", publish=True)


def addresses(batch: ImportBatch) -> list[tuple[str, str]]:
    read = ["import_batch", "import_progress", "import_problems", "import_undo"]
    found = [("get", reverse(f"publications:{name}", args=[batch.pk])) for name in read]
    found += [("get", reverse(f"publications:{name}")) for name in ("import", "import_example", "import_columns")]
    write = ["import_start", "import_discard", "import_undo"]
    found += [("post", reverse(f"publications:{name}", args=[batch.pk])) for name in write]
    return [*found, ("post", reverse("publications:import_release", args=[batch.pk, 1]))]


@pytest.mark.parametrize("role", ROLES)
def test_only_curators_and_administrators(client: Any, batch: ImportBatch, role: str | None) -> None:
    if role:
        client.force_login(make_user("seseorang@example.org", role=role))
    for method, address in addresses(batch):
        status = getattr(client, method)(address).status_code
        if role is None:
            assert status == 302, address
        elif role in ("curator", "administrator"):
            assert status in (200, 302, 404, 409), address
        else:
            assert status == 403, address


def test_wrong_methods_change_nothing(client: Any, curator: Any, batch: ImportBatch) -> None:
    client.force_login(curator)
    for name in ("import_start", "import_discard"):
        assert client.get(reverse(f"publications:{name}", args=[batch.pk])).status_code == 405
    assert client.post(reverse("publications:import_batch", args=[batch.pk])).status_code == 405


def upload(client: Any, content: str, archive: bytes | None = None, **data: Any) -> Any:
    files = {"file": SimpleUploadedFile("jurnal.csv", content.encode())}
    if archive:
        files["archive"] = SimpleUploadedFile("berkas.zip", archive)
    return client.post(reverse("publications:import"), {"source": "uji", "publish": "1", **data, **files})


@pytest.fixture
def at_once(settings: Any) -> None:
    """The worker's tasks run where they are enqueued."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": []}}


@pytest.fixture
def signed_in(client: Any, curator: Any, vocabularies: None) -> Any:
    client.force_login(curator)
    return client


@pytest.mark.django_db(transaction=True)
def test_the_whole_way(signed_in: Any, at_once: None) -> None:
    answer = upload(signed_in, HEADINGS + ROW + SECOND + "x;;;;;;;;;;;;\n", archive=zipped(a1__pdf=pdf()))
    batch = ImportBatch.objects.get()
    page = reverse("publications:import_batch", args=[batch.pk])
    assert answer.status_code == 302 and answer["Location"] == page
    shown = signed_in.get(page).content.decode()
    assert "Anak jalanan di kota" in shown and "judul → judul" in shown and str(MESSAGES["no_title"]) in shown
    assert not Output.objects.exists()
    assert signed_in.post(reverse("publications:import_start", args=[batch.pk])).status_code == 302
    batch.refresh_from_db()
    assert (batch.state, batch.created_count, batch.content.name, batch.archive.name) == ("done", 2, "", "")
    output = Output.objects.get(source_id="a1")
    assert output.current is not None and output.current.files.count() == 1
    assert signed_in.get(reverse("publications:output", args=[output.public_id])).status_code == 200
    undo = reverse("publications:import_undo", args=[batch.pk])
    assert signed_in.get(undo).status_code == 200
    assert signed_in.post(undo).status_code == 302
    batch.refresh_from_db()
    assert batch.state == "undone" and signed_in.get(page).status_code == 200
    assert signed_in.get(reverse("publications:output", args=[output.public_id])).status_code == 410


def test_a_form_that_lacks_something_keeps_what_was_typed(signed_in: Any) -> None:
    answer = signed_in.post(reverse("publications:import"), {"source": "Jurnal Contoh"})
    assert answer.status_code == 422 and "Jurnal Contoh" in answer.content.decode()
    answer = signed_in.post(
        reverse("publications:import"), {"source": "x", "file": SimpleUploadedFile("a.docx", b"PK")}
    )
    assert answer.status_code == 422 and not ImportBatch.objects.exists()


def test_an_upload_that_is_too_large_is_told(signed_in: Any, settings: Any) -> None:
    settings.MAX_UPLOAD_BYTES = 100
    answer = upload(signed_in, HEADINGS + ROW * 10)
    assert answer.status_code == 422 and "import_outputs" in answer.content.decode()


def test_what_was_checked_can_be_discarded_and_what_was_imported_cannot(
    signed_in: Any, curator: Any, batch: ImportBatch, django_capture_on_commit_callbacks: Any
) -> None:
    upload(signed_in, HEADINGS + SECOND)
    fresh = ImportBatch.objects.latest("pk")
    importing.check_stored(fresh.pk)
    storage, name = fresh.content.storage, fresh.content.name
    assert storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        signed_in.post(reverse("publications:import_discard", args=[fresh.pk]))
    assert not storage.exists(name)
    signed_in.post(reverse("publications:import_discard", args=[batch.pk]))
    assert list(ImportBatch.objects.values_list("pk", flat=True)) == [batch.pk]


def test_starting_twice_is_harmless(signed_in: Any, batch: ImportBatch) -> None:
    signed_in.post(reverse("publications:import_start", args=[batch.pk]))
    batch.refresh_from_db()
    assert batch.state == "done"


def test_progress_answers_with_the_bar_and_then_asks_for_the_page(signed_in: Any, batch: ImportBatch) -> None:
    address = reverse("publications:import_progress", args=[batch.pk])
    assert signed_in.get(address)["HX-Refresh"] == "true"
    ImportBatch.objects.filter(pk=batch.pk).update(state="running", total=200, done=50)
    shown = signed_in.get(address).content.decode()
    assert 'value="25"' in shown and address in shown


def test_a_run_that_was_interrupted_can_go_on(signed_in: Any, curator: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from publications.actions.importing import batches

    upload(signed_in, HEADINGS + ROW + SECOND)
    batch = ImportBatch.objects.get()
    importing.check_stored(batch.pk)
    importing.start(ImportBatch.objects.get(), by=curator)
    with monkeypatch.context() as patched, pytest.raises(RuntimeError):
        patched.setattr(batches, "PIECE", 1)
        take = batches.Importer.take

        def fail(self: Any, rows: Any) -> Any:
            if rows[0].number == 3:
                raise RuntimeError("listrik padam")
            return take(self, rows)

        patched.setattr(batches.Importer, "take", fail)
        importing.run_stored(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.done) == ("failed", 1)
    page = reverse("publications:import_batch", args=[batch.pk])
    assert "listrik padam" in signed_in.get(page).content.decode()
    signed_in.post(reverse("publications:import_start", args=[batch.pk]))
    importing.run_stored(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.done, batch.created_count, Output.objects.count()) == ("done", 2, 2, 2)


def test_an_undo_that_cannot_be_shows_why(signed_in: Any, batch: ImportBatch) -> None:
    Output.objects.get().versions.update(revision=5)
    address = reverse("publications:import_undo", args=[batch.pk])
    assert "Anak jalanan di kota" in signed_in.get(address).content.decode()
    assert signed_in.post(address).status_code == 409
    batch.refresh_from_db()
    assert batch.state == "done" and Output.objects.get().state == "published"


# Problems


def test_errors_are_paged_filtered_and_downloaded(signed_in: Any, batch: ImportBatch) -> None:
    ImportProblem.objects.bulk_create(
        ImportProblem(batch=batch, row=i, code="bad_doi", column="doi", params={"value": "x"}, is_error=False)
        for i in range(10, 130)
    )
    address = reverse("publications:import_batch", args=[batch.pk])
    assert "halaman=2" in signed_in.get(address).content.decode()
    only = signed_in.get(address, {"hanya": "kesalahan"}).content.decode()
    assert str(MESSAGES["no_title"]) in only and "halaman=2" not in only
    answer = signed_in.get(reverse("publications:import_problems", args=[batch.pk]))
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert len(rows) == 122 and rows[1][:2] == ["3", "judul"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "|cmd", "\r=1"])
def test_no_cell_of_the_download_is_a_formula(text: str) -> None:
    assert harmless(text).startswith("'")


def test_a_heading_that_is_a_formula_is_harmless_in_the_download(signed_in: Any, bring_in: Any) -> None:
    batch = bring_in('judul,"=HYPERLINK(""http://x"")"\n<script>alert(1)</script>,y\n')
    answer = signed_in.get(reverse("publications:import_problems", args=[batch.pk]))
    cells = [
        cell for row in csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))) for cell in row
    ]
    assert not [cell for cell in cells if cell.startswith("=")]


def test_what_a_file_says_is_never_markup(signed_in: Any) -> None:
    upload(signed_in, 'judul,<b>x</b>,doi\n<script>alert(1)</script>,y,"<img src=x>"\n')
    batch = ImportBatch.objects.get()
    importing.check_stored(batch.pk)
    shown = signed_in.get(reverse("publications:import_batch", args=[batch.pk])).content.decode()
    assert "<script>alert" not in shown and "<b>x" not in shown and "<img src" not in shown


@pytest.mark.parametrize("code", MESSAGES)
def test_every_problem_can_be_said_in_both_languages(code: str) -> None:
    names = ("value", "limit", "length", "first", "output", "detail")
    problem = Problem(code, 2, "x", dict.fromkeys(names, "entry_not_pdf"))
    said = []
    for language in ("id", "en"):
        with override(language):
            said.append(problem.message)
    assert said[0] != said[1], "the Indonesian is missing"


# Queries


def test_the_list_costs_the_same_for_one_batch_and_for_many(signed_in: Any, bring_in: Any) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert signed_in.get(reverse("publications:import")).status_code == 200
        return len(captured)

    bring_in(HEADINGS + ROW)
    first = cost()
    for number in range(4):
        bring_in(HEADINGS + ROW, source=f"sumber {number}")
    assert cost() == first


def test_a_batch_costs_the_same_for_few_problems_and_for_many(signed_in: Any, batch: ImportBatch) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert signed_in.get(reverse("publications:import_batch", args=[batch.pk])).status_code == 200
        return len(captured)

    first = cost()
    ImportProblem.objects.bulk_create(
        ImportProblem(batch=batch, row=i, code="no_date", column="date", is_error=False) for i in range(200)
    )
    assert cost() == first


def test_the_example_file_imports_whole(bring_in: Any, signed_in: Any) -> None:
    answer = signed_in.get(reverse("publications:import_example"))
    batch = bring_in(b"".join(answer.streaming_content), publish=True)
    assert (batch.created_count, batch.draft_count, batch.refused_count) == (3, 0, 0)
    assert {problem.code for problem in batch.problems.all()} == set()
