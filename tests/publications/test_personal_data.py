"""The copy of somebody's data holds what they deposited and wrote, and nothing of others."""

import pytest

from accounts.personal_data import personal_data
from publications.models import Comment
from tests.factories.publications import make_draft, make_output, some_curator, some_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]


def test_outputs_drafts_and_comments_of_one_person() -> None:
    mine, other = some_user(), some_user("Orang Lain")
    output, draft = make_output(mine), make_draft(mine)
    make_draft(other)
    Comment.objects.create(version=draft, author=mine, text="Sudah saya perbaiki.")
    Comment.objects.create(version=draft, author=some_curator(), text="Terima kasih.")
    data = personal_data(mine)["publications"]
    assert [entry["public_id"] for entry in data["outputs"]] == [output.public_id, None]
    assert [comment["text"] for comment in data["comments"]] == ["Sudah saya perbaiki."]
    assert len(personal_data(other)["publications"]["outputs"]) == 1
