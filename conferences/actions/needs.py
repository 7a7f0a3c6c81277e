"""What people need to take part: sensitive, kept apart, and deleted by itself."""

import datetime

from django.utils import timezone

from conferences.models import Edition, Need, Registration


def write(registration: Registration, text: str) -> None:
    """Nothing of it goes into the log, which nobody can delete."""
    if not text.strip():
        forget(registration)
        return
    now = timezone.now()
    Need.objects.update_or_create(registration=registration, defaults={"text": text.strip(), "saved_at": now})
    registration._state.fields_cache.pop("need", None)


def forget(registration: Registration) -> None:
    Need.objects.filter(registration=registration).delete()
    registration._state.fields_cache.pop("need", None)


def deleted_on(edition: Edition, kept_days: int) -> datetime.date:
    """The first day on which they are not there any more."""
    return edition.ends_on + datetime.timedelta(days=kept_days + 1)


def delete_old(at: datetime.datetime | None = None) -> int:
    """For the worker, now and then; returns how many were deleted. Each edition's own clock counts."""
    moment = at or timezone.now()
    held = Edition.objects.filter(registrations__need__isnull=False).distinct().select_related("registration_terms")
    over = [
        edition.pk for edition in held if moment.astimezone(edition.tz).date() >= deleted_on(edition, _kept(edition))
    ]
    return Need.objects.filter(registration__edition__in=over).delete()[0]


def _kept(edition: Edition) -> int:
    terms = getattr(edition, "registration_terms", None)
    return terms.needs_kept_days if terms else 0
