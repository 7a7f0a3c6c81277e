from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import ProtectedError

from conferences.actions.schedule_import import Archived, HasProgramme, take_in
from conferences.models import Edition
from conferences.schedules.frab import MOST_BYTES, BadSchedule
from conferences.schedules.frab_files import read


class Command(BaseCommand):
    help = "Take the schedule of another program in: schedule.xml or schedule.json as frab and pretalx write them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="the edition's address: /konferensi/<slug>/")
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="instead of the rooms and sessions that are there")

    def handle(self, *, slug: str, file: Path, replace: bool, **_options: Any) -> None:
        edition = Edition.objects.filter(slug=slug).first()
        if edition is None:
            raise CommandError(f"There is no edition {slug}.")
        try:
            with file.open("rb") as stream:
                told = read(stream.read(MOST_BYTES + 1))
            taken = take_in(edition, told, instead=replace)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except BadSchedule as error:
            raise CommandError(f"{file} was not taken in; nothing was changed. {error}") from error
        except Archived as error:
            raise CommandError(f"{slug} is archived; take it out of the archive first.") from error
        except HasProgramme as error:
            raise CommandError(f"{slug} has rooms or sessions already; --replace puts these in their place.") from error
        except ProtectedError as error:
            raise CommandError("People were already seen in sessions of this programme; it stays.") from error
        told_numbers = f"{taken.events} events in {taken.rooms} rooms, {taken.tracks} new tracks"
        self.stdout.write(f"{told_numbers}. Look at them at /panitia/{slug}/jadwal/ and publish them there.")
