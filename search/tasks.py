"""What the worker does: primitive arguments, load, call an action."""

from django_tasks import task


@task()
def make_digests() -> None:
    from search.actions import digests

    digests.make_due()


@task()
def send_digest(digest_id: int) -> None:
    from search.actions import sending

    sending.send(digest_id)
