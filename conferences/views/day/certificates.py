"""Certificates at the desk: what could be issued, what was, their files, and telling their holders."""

import tempfile
import zipfile
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from accounts.signed_in import person
from conferences.actions import certificate_files, certificates
from conferences.actions.common import ChangedMeanwhile
from conferences.certifying.making import file_name_of, verification_url
from conferences.forms.certificates import IssueForm, RevokeForm
from conferences.models import Certificate, CertificateKind, Edition
from conferences.queries import certificates as queries
from conferences.views.common import render_desk
from conferences.views.day.common import certifying, deciding
from conferences.views.day.own import send_file
from conferences.views.reviewing.common import number_in
from publications.states import IllegalTransition

CERTIFICATES = "conferences:desk_certificates"
ONE = "conferences:desk_certificate"
PAGE_SIZE = 50
MOST_ZIPPED = 2000


@certifying
def overview(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    kind, text = request.GET.get("jenis", ""), request.GET.get("q", "")[:100].replace("\0", "")
    found = queries.issued(edition, kind, text)
    context: dict[str, Any] = {
        "section": CERTIFICATES,
        "rows": queries.overview(edition),
        "run": queries.last_run(edition),
        "lacking": queries.without_file(edition).count(),
        "has_files": queries.with_file(edition).exists(),
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("halaman")),
        "kinds": CertificateKind,
        "kind": kind,
        "text": text,
        **_announcement(edition),
    }
    context["is_busy"] = queries.is_running(context["run"])
    return render_desk(request, "conferences/day/certificates.html", edition, context)


def _announcement(edition: Edition) -> dict[str, Any]:
    """The mail as the first of them gets it: nothing leaves unseen."""
    first = queries.to_announce(edition).select_related("edition").first()
    if first is None:
        return {"addressees": None}
    language = get_language() or "id"
    values = certificates.mail_values([first], language)
    subject, _mark, body = render_to_string("conferences/day/mail/certificates.txt", values).strip().partition("\n")
    return {"addressees": queries.addressees(edition), "subject": subject, "body": body.strip()}


@certifying
def progress(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """The bar alone, asked for again and again; when the work has ended, the whole page is loaded anew."""
    run = queries.last_run(edition)
    if run is None or not queries.is_running(run):
        return HttpResponse(headers={"HX-Refresh": "true"})
    context = {"run": run, "edition": edition, "is_stalled": queries.is_stalled(run)}
    return render(request, "conferences/day/progress.html", context)


@deciding
def issue(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    form = IssueForm(request.POST)
    if form.is_valid() and form.wanted():
        made = certificates.issue(edition, form.wanted(), form.confirmed(), by=person(request))
        told = ngettext("%(n)s certificate is issued.", "%(n)s certificates are issued.", len(made)) % {"n": len(made)}
        messages.success(request, told if made else _("Nothing was missing: all of them are issued already."))
    else:
        messages.error(request, _("Choose for what certificates are to be issued. Nothing was issued."))
    return redirect(CERTIFICATES, edition.slug)


@deciding
def make_files(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    if certificate_files.start(edition, by=person(request)) is None:
        messages.success(request, _("Every certificate has its PDF."))
    return redirect(CERTIFICATES, edition.slug)


@deciding
def announce(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    try:
        last = number_in(request.POST.get("last")) or 0
        count = certificates.announce(edition, last_seen=last, by=person(request))
    except ChangedMeanwhile:
        messages.error(request, _("Nobody was left to be told; somebody else may have done it. Nothing was sent."))
    else:
        told = ngettext("%(n)s mail is on its way.", "%(n)s mails are on their way.", count)
        messages.success(request, told % {"n": count})
    return redirect(CERTIFICATES, edition.slug)


def _certificate(edition: Edition, pk: int) -> Certificate:
    rows = edition.certificates.select_related("edition", "blob", "user", "issued_by")
    return get_object_or_404(rows, pk=pk)


@certifying
def certificate(request: HttpRequest, edition: Edition, pk: int) -> HttpResponseBase:
    return _page(request, edition, _certificate(edition, pk), RevokeForm())


def _page(
    request: HttpRequest, edition: Edition, found: Certificate, form: RevokeForm, status: int = 200
) -> HttpResponse:
    words = found.basis.get(get_language() or "id", found.basis["id"])
    context = {"section": CERTIFICATES, "certificate": found, "form": form, "words": words}
    context["url"] = verification_url(found)
    return render_desk(request, "conferences/day/certificate.html", edition, context, status)


@deciding
def revoke(request: HttpRequest, edition: Edition, pk: int) -> HttpResponseBase:
    found, form = _certificate(edition, pk), RevokeForm(request.POST)
    if not form.is_valid():
        return _page(request, edition, found, form, 422)
    try:
        certificates.revoke(found, form.cleaned_data["reason"], by=person(request))
    except IllegalTransition:
        messages.error(request, _("It is revoked already. Nothing was changed."))
    else:
        messages.success(request, _("It is revoked; whoever checks it reads so."))
    return redirect(ONE, edition.slug, pk)


@deciding
def issue_anew(request: HttpRequest, edition: Edition, pk: int) -> HttpResponseBase:
    try:
        made = certificates.issue_anew(_certificate(edition, pk), by=person(request))
    except IllegalTransition:
        messages.error(request, _("It is valid, was issued anew already, or what it stood on is no longer on record."))
        return redirect(ONE, edition.slug, pk)
    messages.success(request, _("It is issued anew, with a new number."))
    return redirect(ONE, edition.slug, made.pk)


@certifying
def file(request: HttpRequest, edition: Edition, pk: int) -> HttpResponseBase:
    return send_file(request, _certificate(edition, pk))


@certifying
def archive(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """All that are valid and have a file, in one ZIP."""
    rows = list(queries.with_file(edition)[:MOST_ZIPPED])
    if not rows:
        raise Http404
    packed = tempfile.TemporaryFile()  # noqa: SIM115 (the answer closes it)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as folder:  # PDFs are packed already
        for one in rows:
            if one.blob is not None:
                with one.blob.content.open("rb") as content:
                    folder.writestr(file_name_of(one), content.read())
    packed.seek(0)
    return FileResponse(packed, as_attachment=True, filename=f"sertifikat-{edition.slug}.zip")
