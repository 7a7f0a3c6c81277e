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
