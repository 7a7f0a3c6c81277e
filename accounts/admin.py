"""For administrators: roles, accounts, organisations, people; the log to read."""

from typing import Any

from allauth.socialaccount.models import SocialApp, SocialToken
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.actions import (
    LastAdministrator,
    change_role,
    close_account,
    edit_person,
    reopen_account,
    save_organisation,
)
from accounts.forms import OrganisationForm, PersonForm
from accounts.log_actions import label_of
from accounts.models import LogEntry, Organisation, Person, User

# Roles stand in the user, providers in the settings, and tokens are not kept.
admin.site.unregister([Group, SocialApp, SocialToken])


class NothingAdded(admin.ModelAdmin[Any]):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(User)
class UserAdmin(NothingAdded):
    """People make their own accounts; administrators give roles and close accounts."""

    list_display = ("email", "name", "role", "is_active", "date_joined", "last_login")
    list_filter = ("role", "is_active", "language")
    search_fields = ("email", "name")
    ordering = ("email",)
    fields = ("email", "name", "role", "is_active", "language", "date_joined", "last_login", "agreed_at")
    readonly_fields = ("email", "name", "language", "date_joined", "last_login", "agreed_at")

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        by: Any = request.user
        user = User.objects.get(pk=obj.pk)
        try:
            if "role" in form.changed_data:
                change_role(by, user, obj.role)
            if "is_active" in form.changed_data:
                (reopen_account if obj.is_active else close_account)(by, user)
        except LastAdministrator as error:
            self.message_user(request, str(error), messages.ERROR)


@admin.register(Organisation)
class OrganisationAdmin(NothingAdded):
    """Adding, merging and finding duplicates have pages of their own, for curators too."""

    form = OrganisationForm
    list_display = ("name", "acronym", "kind", "parent", "ror", "is_confirmed")
    list_filter = ("is_confirmed", "kind")
    list_select_related = ("parent",)
    search_fields = ("name", "name_en", "acronym", "code", "ror")
    actions = ("confirm",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(merged_into=None)

    def save_model(self, request: HttpRequest, obj: Organisation, form: Any, change: bool) -> None:
        by: Any = request.user
        save_organisation(by, obj, form.cleaned_data)

    @admin.action(description=_("Confirm the chosen organisations"))
    def confirm(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        by: Any = request.user
        for organisation in queryset:
            save_organisation(by, organisation, {"is_confirmed": True})


@admin.register(Person)
class PersonAdmin(NothingAdded):
    form = PersonForm
    list_display = ("family_name", "given_name", "affiliation", "orcid", "orcid_authenticated", "user")
    list_filter = ("orcid_authenticated",)
    list_select_related = ("affiliation", "user")
    search_fields = ("family_name", "given_name", "orcid", "user__email")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(merged_into=None)

    def save_model(self, request: HttpRequest, obj: Person, form: Any, change: bool) -> None:
        by: Any = request.user
        edit_person(by, obj, form.cleaned_data)


@admin.register(LogEntry)
class LogEntryAdmin(NothingAdded):
    list_display = ("at", "actor", "what", "target")
    list_filter = ("action",)
    list_select_related = ("actor",)
    search_fields = ("target", "actor__email")
    show_full_result_count = False
    fields = readonly_fields = ("at", "actor", "action", "target", "changes")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("action"), ordering="action")
    def what(self, entry: LogEntry) -> str:
        return label_of(entry.action)
