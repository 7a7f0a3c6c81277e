"""Sample outputs of the time of the third conference, as its papers."""

from accounts.models import User
from conferences.actions.papers import collect_all
from conferences.demo.editions import archive
from publications.demo.accounts import ADMINISTRATOR
from publications.demo.loading import SOURCE
from publications.models import Output

YEARS = (2014, 2015)  # proceedings appear in the year after


def load_papers() -> int:
    outputs = Output.objects.public().filter(source=SOURCE, year__in=YEARS).order_by("sort_date", "pk")
    return len(collect_all(archive(), outputs, by=User.objects.get(email=ADMINISTRATOR.email)))
