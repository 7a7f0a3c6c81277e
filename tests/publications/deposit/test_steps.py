"""The form step by step, as browsers without JavaScript send it."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from publications.models import Version

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("step", ["file_step", "edit", "topics", "preview", "status", "paste", "discard"])
def test_every_page_of_a_draft_opens(step: str, complete: Version, owner: User, client: Client) -> None:
    client.force_login(owner)
    response = client.get(reverse(f"publications:deposit_{step}", args=[complete.pk]))
    assert response.status_code == 200
    assert "Perawatan berbasis keluarga" in response.content.decode()
