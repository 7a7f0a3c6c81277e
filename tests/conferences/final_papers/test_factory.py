"""What other tests build upon."""

import io

import pikepdf
import pytest

from conferences.queries.final_papers import approved
from tests.factories.conferences import make_edition, make_submission, make_track
from tests.factories.final_papers import make_final_paper

pytestmark = pytest.mark.django_db


def test_only_what_the_editor_took_of_what_is_accepted() -> None:
    edition = make_edition()
    track = make_track(edition)
    first, second, third, gone = (make_submission(track, "accepted") for _ in range(4))
    papers = [make_final_paper(second, pages=3), make_final_paper(first)]
    make_final_paper(third, state="waiting")
    make_final_paper(gone)
    type(gone).objects.filter(pk=gone.pk).update(state="withdrawn", withdrawn_at=gone.decided_at)
    assert list(approved(edition)) == papers[::-1]
    with pikepdf.open(io.BytesIO(papers[0].blob.content.read())) as document:
        assert len(document.pages) == papers[0].pages == papers[0].blob.page_count == 3
