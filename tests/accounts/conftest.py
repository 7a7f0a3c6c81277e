from typing import Any

import pytest
from django.core import mail


@pytest.fixture
def mails(settings: Any) -> list[Any]:
    """Queued mail leaves at once and lands here."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": []}}
    return mail.outbox
