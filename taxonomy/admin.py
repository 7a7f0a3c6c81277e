"""Edit, reorder and retire terms. Nothing is deleted, and a code or an address stays what it was."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import ForeignKey, QuerySet, URLField
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from taxonomy.models import (
    AtensiCluster,
    Cluster,
    Licence,
    Method,
    Outcome,
    OutputType,
    PasGroup,
    Pillar,
    Pmks,
    Province,
    Psks,
    Service,
    Term,
)


class RetiredFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "retired"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("no", _("in use")), ("yes", _("retired"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() is None:
            return queryset
        return queryset.filter(retired_on__isnull=self.value() == "no")


class TermAdmin(admin.ModelAdmin[Any]):
    list_display: tuple[str, ...] = ("code", "label_id", "label_en", "position", "retired_on")
    list_display_links = ("code", "label_id")
    list_editable = ("position",)
    list_filter: ClassVar[tuple[Any, ...]] = (RetiredFilter,)
    search_fields = ("code", "slug", "label_id", "label_en")
    autocomplete_fields: ClassVar[tuple[str, ...]] = ("replaced_by",)
    actions = ("retire",)
    formfield_overrides = {URLField: {"assume_scheme": "https"}}
    list_per_page = 100

    def get_readonly_fields(self, request: HttpRequest, obj: Term | None = None) -> tuple[str, ...]:
        return ("code", "slug") if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Term | None = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        foreign = [field.name for field in self.model._meta.fields if isinstance(field, ForeignKey)]
        return super().get_queryset(request).select_related(*foreign)

    @admin.action(description=_("Retire the chosen terms"))
    def retire(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        number = queryset.filter(retired_on=None).update(retired_on=timezone.localdate())
        text = ngettext("%(number)d term retired.", "%(number)d terms retired.", number) % {"number": number}
        self.message_user(request, text)


@admin.register(Cluster, AtensiCluster, PasGroup, Psks, Pillar, Outcome)
class GroupAdmin(TermAdmin):
    pass


@admin.register(Pmks)
class PmksAdmin(TermAdmin):
    list_display = ("code", "label_id", "label_en", "cluster", "pas_group", "verification", "position", "retired_on")
    list_filter = (RetiredFilter, "cluster", "pas_group", "verification")
    autocomplete_fields = ("replaced_by", "cluster", "other_clusters", "atensi_clusters", "pas_group")

    def get_readonly_fields(self, request: HttpRequest, obj: Term | None = None) -> tuple[str, ...]:
        return ("code", "slug", "number") if obj else ()


@admin.register(Service)
class ServiceAdmin(TermAdmin):
    list_display = ("code", "label_id", "label_en", "pillar", "position", "retired_on")
    list_filter = (RetiredFilter, "pillar")
    autocomplete_fields = ("replaced_by", "pillar")


class AliasesField(forms.CharField):
    """A list of other spellings, one a line."""

    widget = forms.Textarea(attrs={"rows": 6})

    def prepare_value(self, value: Any) -> str:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        return [line.strip() for line in (value or "").splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(data) != (initial or [])


class AliasesForm(forms.ModelForm[Any]):
    aliases = AliasesField(label=_("also written as"), help_text=_("One spelling a line."), required=False)


@admin.register(Province)
class ProvinceAdmin(TermAdmin):
    form = AliasesForm
    list_display = ("code", "label_id", "kemendagri_code", "bps_code", "island_group", "position", "retired_on")
    list_filter = (RetiredFilter, "island_group")


@admin.register(OutputType)
class OutputTypeAdmin(TermAdmin):
    list_display = ("code", "label_id", "label_en", "is_core", "position", "retired_on")
    list_filter = (RetiredFilter, "is_core")


@admin.register(Method)
class MethodAdmin(TermAdmin):
    form = AliasesForm
    list_display = ("code", "label_id", "label_en", "parent", "is_technique", "position", "retired_on")
    list_filter = (RetiredFilter, "is_technique", "parent")
    autocomplete_fields = ("replaced_by", "parent")


@admin.register(Licence)
class LicenceAdmin(TermAdmin):
    list_display = ("code", "label_id", "allows_commercial", "allows_derivatives", "position", "retired_on")
