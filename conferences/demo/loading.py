"""Loads the sample conferences, once, after the sample outputs and findings."""

from collections.abc import Callable

from django.db import transaction

from conferences.demo.editions import archive, current, load_editions
from conferences.demo.papers import load_papers
from conferences.demo.programme import load_archive, load_current
from conferences.demo.registrations import load_registrations
from conferences.demo.reviewing import load_reviews
from conferences.demo.submissions import load_submissions
from conferences.demo.the_day import load_day
from conferences.models import Edition
from publications.demo.loading import SOURCE, count_rows, without_tasks
from publications.models import Output


def wanted() -> bool:
    """The rest of the demo is there, and no conference yet."""
    return Output.objects.filter(source=SOURCE).exists() and not Edition.objects.exists()


@transaction.atomic
def load(say: Callable[[str], None]) -> int:
    """All or nothing; returns how many editions."""
    if Edition.objects.exists():
        return 0
    say("Drawing the sample conferences …")
    with without_tasks():
        count = load_editions()
        load_papers()
        say("Handing in sample papers …")
        load_submissions(current())
        count_rows("conferences")
        say("Reviewing sample papers …")
        load_reviews(current())
        load_registrations(archive(), current())
        load_archive(archive())
        load_current(current())
        load_day(archive())
        count_rows("conferences", "publications")
    return count
