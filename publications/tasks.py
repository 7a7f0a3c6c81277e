"""What the worker does: primitive arguments, load, call an action."""

from django_tasks import task

from publications.models import Blob


@task()
def read_blob(blob_id: int) -> None:
    from publications.actions import reading

    if blob := Blob.objects.filter(pk=blob_id).first():  # discarded meanwhile
        reading.read_blob(blob)


@task(queue_name="slow")
def recognise_blob(blob_id: int) -> None:
    from publications.actions import reading

    if blob := Blob.objects.filter(pk=blob_id).first():
        reading.recognise_blob(blob)


@task()
def check_import(batch_id: int) -> None:
    from publications.actions import importing

    importing.check_stored(batch_id)


@task()
def run_import(batch_id: int) -> None:
    from publications.actions import importing

    importing.run_stored(batch_id)


@task()
def undo_import(batch_id: int, user_id: int, keep_used: bool) -> None:
    from publications.actions import importing

    importing.undo_stored(batch_id, user_id, keep_used=keep_used)


@task()
def read_imported_file(pk: int) -> None:
    from publications.actions import importing

    importing.read_waiting(pk)
