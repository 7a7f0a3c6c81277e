"""For administrators: the synonyms."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from search.actions import delete_synonym, save_synonym
from search.models import Synonym


@admin.register(Synonym)
class SynonymAdmin(admin.ModelAdmin[Any]):
    """What came from the file is put out of use, what administrators added may be deleted."""

    list_display = ("term", "group", "kind", "language", "only_as_written", "is_active")
    list_filter = ("kind", "language", "only_as_written", "is_active")
    search_fields = ("term", "group")
    ordering = ("group", "pk")
    autocomplete_fields = ("pmks",)
    fields = ("group", "term", "kind", "language", "only_as_written", "pmks", "is_active")
    list_per_page = 100
    actions = ("put_out_of_use",)

    def get_readonly_fields(self, request: HttpRequest, obj: Synonym | None = None) -> tuple[str, ...]:
        return ("group",) if obj and obj.code else ()

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def has_delete_permission(self, request: HttpRequest, obj: Synonym | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.code)

    def save_model(self, request: HttpRequest, obj: Synonym, form: Any, change: bool) -> None:
        by: Any = request.user
        save_synonym(by, obj, form.cleaned_data | {"term": obj.term})

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The PMKS kinds were saved with the rest."""

    def delete_model(self, request: HttpRequest, obj: Synonym) -> None:
        by: Any = request.user
        delete_synonym(by, obj)

    @admin.action(description=_("Put the chosen synonyms out of use"))
    def put_out_of_use(self, request: HttpRequest, queryset: QuerySet[Synonym]) -> None:
        by: Any = request.user
        for synonym in queryset.filter(is_active=True):
            save_synonym(by, synonym, {"is_active": False})
