"""What the worker does: primitive arguments, load, call an action."""

from django_tasks import task


@task()
def make_certificates(run_id: int) -> None:
    from conferences.actions import certificate_files

    certificate_files.run_stored(run_id)
