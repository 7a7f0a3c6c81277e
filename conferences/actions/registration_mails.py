"""Mails about a registration, in the language that its owner chose, leaving after commit."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from accounts.mail import Attachment, send_mail_to
from conferences import wording
from conferences.describing import event_calendar
from conferences.models import Registration
from conferences.queries.registrations import place_in_line
from conferences.states import RegistrationState

TEMPLATES = {
    RegistrationState.REQUESTED: "received",
    RegistrationState.WAITING: "waiting",
    RegistrationState.CONFIRMED: "confirmed",
    RegistrationState.DECLINED: "declined",
}


def state_told(registration: Registration) -> None:
    """What has become of it: received, confirmed with the calendar, waiting with the place in line, declined."""
    _send(registration, TEMPLATES[RegistrationState(registration.state)])


def moved_up(registration: Registration) -> None:
    _send(registration, "moved_up")


def cancelled(registration: Registration) -> None:
    _send(registration, "cancelled")


def _send(registration: Registration, template: str) -> None:
    """Who was entered without an address gets none."""
    recipient = registration.user or registration.email
    if not recipient:
        return
    with override(registration.language):
        context = _context(registration)
        calendars = _calendars(registration, context["url"])
    send_mail_to(
        recipient, f"conferences/registration/mail/{template}", context, registration.language, attachments=calendars
    )


def _context(registration: Registration) -> dict[str, Any]:
    edition = registration.edition
    is_waiting = registration.state == RegistrationState.WAITING
    view = "conferences:my_registration" if registration.user_id else "conferences:edition"
    arguments = [edition.slug, registration.pk] if registration.user_id else [edition.slug]
    return {
        "edition": str(edition.title),
        "days": wording.days(edition.starts_on, edition.ends_on),
        "place": wording.place(edition),
        "attendance": str(registration.get_attendance_display()),
        "is_online": registration.attendance == "online",
        "online_url": edition.online_url,
        "number": registration.number,
        "name": registration.name,
        "reason": registration.reason,
        "position": place_in_line(registration) if is_waiting else 0,
        "contact": edition.contact_email,
        "has_account": registration.user_id is not None,
        "url": f"{settings.SITE_URL}{reverse(view, args=arguments)}",
    }


def _calendars(registration: Registration, url: str) -> list[Attachment]:
    if registration.state != RegistrationState.CONFIRMED:
        return []
    text = event_calendar(registration.edition, url).decode()
    return [{"name": f"{registration.edition.slug}.ics", "content": text, "type": "text/calendar"}]
