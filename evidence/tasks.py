"""What is done after the answer to the reader."""

from django_tasks import task


@task()
def relay(interest_id: int) -> None:
    """A message to the owner of an opportunity; by its number, so that the queue holds no address and no words."""
    from evidence.actions import interests

    interests.relay(interest_id)
