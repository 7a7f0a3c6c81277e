"""Certificates outside the desk: one's own, the file from a mail, and the page that says whether one is valid."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from conferences.actions import certificate_files
from conferences.certifying.links import certificate_in
from conferences.certifying.making import file_name_of, verification_url
from conferences.models import Certificate
from conferences.queries import certificates as queries
from conferences.views.reviewing.common import private
from kesos_repo.access import public, signed_in
from publications.downloads import send
from publications.typesetting import NotTypeset


def send_file(request: HttpRequest, certificate: Certificate) -> HttpResponseBase:
    """What is revoked is handed out no more; its page says so."""
    if certificate.revoked_at is not None:
        return verification(request, certificate, status=410)
    try:
        blob = certificate_files.file_of(certificate)
    except NotTypeset:
        return render(request, "conferences/day/not_made.html", status=503)
    return send(request, blob.content, blob, file_name_of(certificate), private=True)


@signed_in
@private
@require_safe
def my_certificates(request: HttpRequest) -> HttpResponse:
    user = person(request)
    rows = [{"certificate": one, "url": verification_url(one)} for one in queries.certificates_of(user)]
    context = {"rows": rows, "badges": queries.badges_of(user, timezone.localdate())}
    return render(request, "conferences/day/mine.html", context)


@signed_in
@private
@require_safe
def my_certificate(request: HttpRequest, pk: int) -> HttpResponseBase:
    return send_file(request, get_object_or_404(queries.certificates_of(person(request)), pk=pk))


@public
@private
@require_safe
def download(request: HttpRequest, signed: str) -> HttpResponseBase:
    """The address in the mail, for those without an account, too."""
    pk = certificate_in(signed)
    if pk is None:
        raise Http404
    return send_file(request, get_object_or_404(Certificate.objects.select_related("edition", "blob"), pk=pk))


@public
@private
@require_safe
def check(request: HttpRequest, token: str) -> HttpResponse:
    certificate = queries.certificate_by_token(token) if token.isascii() and len(token) <= 43 else None
    if certificate is None:
        return render(request, "conferences/day/no_certificate.html", status=404)
    return verification(request, certificate)


def verification(request: HttpRequest, certificate: Certificate, status: int = 200) -> HttpResponse:
    words = certificate.basis.get(get_language() or "id", certificate.basis["id"])
    context = {"certificate": certificate, "words": words, "edition": certificate.edition}
    return render(request, "conferences/day/verification.html", context, status=status)
