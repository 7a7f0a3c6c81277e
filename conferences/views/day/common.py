"""What the pages of the day itself share."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from conferences.models import Edition, ProgrammeSession
from conferences.queries.check_ins import sessions_to_attend
from conferences.rules.registration import may_certify, may_open_registrations, may_register_others
from conferences.views.desk.common import for_those
from conferences.views.reviewing.common import number_in

READ = ("GET", "HEAD")

at_door = for_those(may_register_others, *READ, "POST")
telling = for_those(may_register_others, "POST")
reading = for_those(may_open_registrations, *READ)
certifying = for_those(may_certify, *READ)
deciding = for_those(may_certify, "POST")


def session_asked(request: HttpRequest, edition: Edition) -> ProgrammeSession | None:
    """The session that `?sesi=` names; none for the door."""
    text = request.GET.get("sesi", "")
    return session_of(edition, number_in(text) or 0) if text else None


def session_of(edition: Edition, pk: int) -> ProgrammeSession:
    if pk <= 0:
        raise Http404
    found: ProgrammeSession = get_object_or_404(sessions_to_attend(edition), pk=pk)
    return found


def pdf_response(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
