"""Curators make collections. Everything is a form, so that it works by keyboard and without script."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.queries import log_of
from kesos_repo.access import curators
from publications.models import Output
from publications.queries.generation import generation_of
from publications.queries.rows import Row
from search import saved
from search.actions import collections as actions
from search.forms import CollectionForm, NoteForm
from search.index.reading import IndexNotReady
from search.models import Collection, CollectionItem
from search.queries import collections as queries
from search.query.request import SearchRequest
from search.query.running import search
from search.query.vocabulary import vocabulary

OFFERED = 10


@curators
@require_safe
def collections_curate(request: HttpRequest) -> HttpResponse:
    return render(request, "search/collections/curate.html", {"collections": queries.for_curators()})


@curators
@require_http_methods(["GET", "HEAD", "POST"])
def collection_edit(request: HttpRequest, pk: int | None = None) -> HttpResponseBase:
    """A new one may begin as the search that the address names."""
    user: Any = request.user
    collection = get_object_or_404(Collection, pk=pk) if pk else Collection()
    asked = None
    if not pk and request.GET:
        asked = saved.plain(SearchRequest.from_querydict(request.GET, vocabulary(generation_of(request))))
    form = CollectionForm(
        request.POST or None, instance=collection, asked=asked if asked and asked.is_narrowed else None
    )
    if request.method == "POST" and form.is_valid():
        actions.save_collection(user, collection, form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("collections:edit", collection.pk)
    context = {"form": form, "collection": collection, **(_contents(request, collection) if pk else {})}
    return render(request, "search/collections/edit.html", context, status=422 if request.method == "POST" else 200)


def _contents(request: HttpRequest, collection: Collection) -> dict[str, Any]:
    stored = Collection.objects.get(pk=collection.pk)  # the form may have changed the other, unsaved
    typed = request.GET.get("cari", "").strip()
    context: dict[str, Any] = {"stored": stored, "typed": typed, "entries": log_of(stored)[:20]}
    if stored.is_curated:
        context["items"] = queries.items_to_edit(stored)
        if typed:
            context["offered"], context["is_ready"] = _offered(request, stored, typed)
    return context


def _offered(request: HttpRequest, collection: Collection, typed: str) -> tuple[list[tuple[Row, bool]], bool]:
    """What is found, and whether it is in the collection already; nothing while there is no index."""
    try:
        result = search(SearchRequest(words=typed[:500]), timezone.localdate(), generation_of(request))
    except IndexNotReady:
        return [], False
    rows = [hit.row for hit in result.hits[:OFFERED]]
    present = queries.present_in(collection, [row.output.pk for row in rows])
    return [(row, row.output.pk in present) for row in rows], True


@curators
@require_POST
def collection_publish(request: HttpRequest, pk: int) -> HttpResponseBase:
    """`do`: publish, unpublish or delete."""
    user: Any = request.user
    collection = get_object_or_404(Collection, pk=pk)
    wish = request.POST.get("do")
    if wish == "delete":
        actions.delete_collection(user, collection)
        messages.success(request, _("Deleted."))
        return redirect("collections:curate")
    if wish in ("publish", "unpublish"):
        actions.set_published(user, collection, is_published=wish == "publish")
        messages.success(
            request, _("Everybody can see it now.") if wish == "publish" else _("Only curators see it now.")
        )
    return redirect("collections:edit", pk)


@curators
@require_POST
def collection_add_output(request: HttpRequest) -> HttpResponseBase:
    """From the editor or from the output's own page: back to where it was done."""
    user: Any = request.user
    output = get_object_or_404(Output.objects.public(), public_id=request.POST.get("output", ""))
    collection = get_object_or_404(Collection, pk=_number(request.POST.get("collection", "")))
    try:
        actions.add_output(user, collection, output)
        messages.success(request, _("Added to “%(title)s”.") % {"title": collection.title})
    except actions.CannotAdd as error:
        messages.error(request, str(error))
    if request.POST.get("from") == "output":
        return redirect("publications:output", output.public_id)
    return _back(collection.pk, "items")


@curators
@require_POST
def collection_item(request: HttpRequest, pk: int) -> HttpResponseBase:
    """`do`: up, down, move (to `place`), note or remove."""
    user: Any = request.user
    item = get_object_or_404(CollectionItem.objects.select_related("collection", "output"), pk=pk)
    wish = request.POST.get("do", "")
    if wish == "remove":
        actions.remove_item(user, item)
        messages.success(request, _("Taken out of the collection."))
        return _back(item.collection_id, "items")
    if wish == "note":
        form = NoteForm(request.POST, instance=item)
        if form.is_valid():
            actions.edit_note(user, item, form.cleaned_data)
            messages.success(request, _("Saved."))
        else:
            messages.error(request, _("The note is too long."))
    elif place := _new_place(item, wish, request.POST.get("place", "")):
        place = actions.move_item(user, item, place)
        messages.success(request, _("Now at place %(place)d.") % {"place": place})
    return _back(item.collection_id, f"item-{item.pk}")


def _new_place(item: CollectionItem, wish: str, typed: str) -> int:
    if wish == "move":
        return _number(typed)
    if wish not in ("up", "down"):
        return 0
    order = list(item.collection.items.order_by("position", "pk").values_list("pk", flat=True))
    return max(1, order.index(item.pk) + (0 if wish == "up" else 2))


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def _back(pk: int, fragment: str) -> HttpResponseBase:
    return redirect(f"{reverse('collections:edit', args=[pk])}#{fragment}")
