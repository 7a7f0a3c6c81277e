"""Files of versions that are not public: for those who work on them."""

from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from kesos_repo.access import SignedInRequest, signed_in
from publications.downloads import send
from publications.models import File
from publications.rules.editing import may_see_version


def _file(request: SignedInRequest, pk: int, **lookup: object) -> File:
    """A file of version `pk`; 404 for who may not know that it exists."""
    file = get_object_or_404(File.objects.select_related("blob", "version__output"), version=pk, **lookup)
    if not may_see_version(request.user, file.version):
        raise Http404
    return file


@signed_in
@require_safe
def draft_file(request: SignedInRequest, pk: int, name: str) -> HttpResponseBase:
    file = _file(request, pk, name=name)
    return send(request, file.blob.content, file.blob, file.name, private=True)


@signed_in
@require_safe
def draft_picture(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The first page of the main document."""
    file = _file(request, pk, kind="main")
    if not file.blob.thumbnail:
        raise Http404
    return send(request, file.blob.thumbnail, file.blob, "sampul.webp", mime="image/webp", private=True)
