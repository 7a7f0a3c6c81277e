"""Files of public outputs and pictures of their first pages. Who may have them is decided at each request."""

import logging
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kesos_repo.access import public
from kesos_repo.page_cache import cached_for_anonymous
from publications.addresses import Addresses, site_base
from publications.downloads import send
from publications.models import File, Version
from publications.queries.public import FileNotHere, find_file, find_version, main_file
from publications.rules.reading import is_gone, may_ask_for_copy, may_read_files

from .common import granted_copy, other_spelling
from .output import tombstone

logger = logging.getLogger(__name__)
PICTURE = "sampul.webp"


@public
@cached_for_anonymous
@require_safe
def output_file(request: HttpRequest, public_id: str, name: str, number: int | None = None) -> HttpResponseBase:
    if elsewhere := other_spelling(request, public_id):
        return elsewhere
    if "\0" in name:
        raise Http404
    version = find_version(public_id, number)
    if refusal := _refusal(request, version):
        return refusal
    try:
        file = find_file(version, name)
    except FileNotHere as elsewhere_file:
        address = reverse("publications:version", args=[public_id, elsewhere_file.number])
        return HttpResponseRedirect(address + quote(name))
    return _send(request, file.blob.content, file, _download_name(file))


@public
@require_safe
def picture(request: HttpRequest, public_id: str, number: int | None = None) -> HttpResponseBase:
    """The first page of the main document: it is content, so whoever may not read the file does not see it."""
    if elsewhere := other_spelling(request, public_id):
        return elsewhere
    version = find_version(public_id, number)
    if refusal := _refusal(request, version):
        return refusal
    file = main_file(version)
    if file is None or not file.blob.thumbnail:
        raise Http404
    file.version = version
    return _send(request, file.blob.thumbnail, file, PICTURE, mime="image/webp")


def _refusal(request: HttpRequest, version: Version) -> HttpResponse | None:
    """The page that says why not and how to get a copy; None for who may read."""
    if is_gone(version.output):
        return tombstone(request, version)
    if may_read_files(request.user, version, granted_copy(request)):
        return None
    context = {"version": version, "output": version.output, "may_ask": may_ask_for_copy(version)}
    response = render(request, "publications/no_access.html", context, status=403)
    response["Cache-Control"] = "private, no-store"
    return response


def _send(request: HttpRequest, stored: Any, file: File, name: str, mime: str = "") -> HttpResponseBase:
    is_private = not file.version.files_are_open
    try:
        response = send(request, stored, file.blob, name, mime=mime, private=is_private)
    except FileNotFoundError as error:
        logger.exception("content of file %s is missing in the storage", file.pk)
        raise Http404 from error
    if not is_private:
        response["Link"] = f'<{_canonical(request, file.version, request.path)}>; rel="canonical"'
    return response


def _canonical(request: HttpRequest, version: Version, path: str) -> str:
    """One address for a file that is reached from the pages of both languages."""
    number = version.number if f"/v{version.number}/" in path else None
    addresses = Addresses(site_base(request), version.output.public_id or "", "id", number)
    return addresses.file(path.rsplit("/", 1)[-1])


def _download_name(file: File) -> str:
    """The depositor's name of the file with the ending that its content has; what could mislead is left out."""
    stem = "".join(character for character in Path(file.original_name).stem if character.isprintable())
    return f"{stem.strip() or Path(file.name).stem}{Path(file.name).suffix}"
