"""Who is here: users, people as authors, organisations, and the log of who did what."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.orcid import validate_orcid
from accounts.ror import validate_ror


class Role(models.TextChoices):
    RESEARCHER = "researcher", _("Researcher")
    POLICYMAKER = "policymaker", _("Policymaker")
    CURATOR = "curator", _("Curator")
    ADMINISTRATOR = "administrator", _("Administrator")


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """The first administrator, made on the server: whoever can do that need not prove the address by mail."""
        from allauth.account.models import EmailAddress

        user = self.create_user(email, password, role=Role.ADMINISTRATOR, is_superuser=True, **fields)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who can sign in, by e-mail. Their name as an author lives in `Person`."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.RESEARCHER)
    language = models.CharField(_("language of mails"), max_length=5, choices=settings.LANGUAGES, default="id")
    is_active = models.BooleanField(_("may sign in"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)
    agreed_at = models.DateTimeField(_("agreed to the terms"), null=True, blank=True)
    deleted_at = models.DateTimeField(_("deleted their account"), null=True, blank=True, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(deleted_at=None) | models.Q(is_active=False), name="user_deleted_cannot_sign_in"
            )
        ]

    def __str__(self) -> str:
        if self.deleted_at:
            return str(_("deleted account"))
        return self.name or self.email

    @property
    def shown_as(self) -> str:
        """To other people: never the address. A number tells apart those without a name."""
        if self.deleted_at or self.name:
            return str(self)
        return str(_("User #%(number)d")) % {"number": self.pk}

    @property
    def is_curator(self) -> bool:
        return self.role in (Role.CURATOR, Role.ADMINISTRATOR)

    @property
    def is_administrator(self) -> bool:
        return self.role == Role.ADMINISTRATOR

    @property
    def is_staff(self) -> bool:
        """Whether Django's admin opens."""
        return self.is_administrator

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Roles decide, not Django's permissions: administrators may do what the admin offers, others nothing."""
        return self.is_active and (self.is_administrator or self.is_superuser)

    def has_module_perms(self, app_label: str) -> bool:
        return self.has_perm(app_label)


class MergeableQuerySet(models.QuerySet[Any]):
    def current(self) -> Self:
        """Without the duplicates that became part of another."""
        return self.filter(merged_into=None)


class Organisation(models.Model):
    """A ministry unit, university or partner. A duplicate that was merged points to what it became."""

    code = models.CharField(_("code"), max_length=40, unique=True, null=True, blank=True)
    name = models.CharField(_("name"), max_length=300, db_index=True)
    name_en = models.CharField(_("name in English"), max_length=300, blank=True)
    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    kind = models.CharField(_("kind"), max_length=60, blank=True)
    ror = models.CharField("ROR", max_length=9, unique=True, null=True, blank=True, validators=[validate_ror])
    parent = models.ForeignKey("self", verbose_name=_("part of"), null=True, blank=True, on_delete=models.SET_NULL)
    parent_name = models.CharField(_("part of (as written)"), max_length=300, blank=True)
    province_code = models.CharField(_("province (ISO 3166-2)"), max_length=6, blank=True)
    city = models.CharField(_("city"), max_length=120, blank=True)
    period = models.CharField(_("years"), max_length=40, blank=True)
    is_confirmed = models.BooleanField(_("confirmed by an administrator"), default=False)
    merged_into = models.ForeignKey(
        "self", verbose_name=_("merged into"), null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    aliases = models.JSONField(_("also known as"), default=list, blank=True)
    loaded = models.JSONField(default=dict, editable=False)

    objects = MergeableQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("id")), name="organisation_not_merged_into_itself"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The name in the language of the page."""
        return self.name_en if get_language() == "en" and self.name_en else self.name


class Person(models.Model):
    """An author or other contributor. A single name (Sukarno) is a family name without given name."""

    family_name = models.CharField(_("last or only name"), max_length=200)
    given_name = models.CharField(_("given names"), max_length=200, blank=True)
    degrees_before = models.CharField(_("degrees before the name"), max_length=80, blank=True)
    degrees_after = models.CharField(_("degrees after the name"), max_length=120, blank=True)
    orcid = models.CharField("ORCID", max_length=19, unique=True, null=True, blank=True, validators=[validate_orcid])
    orcid_authenticated = models.BooleanField(_("ORCID confirmed by its owner"), default=False)
    affiliation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="people",
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="person",
    )
    merged_into = models.ForeignKey(
        "self", verbose_name=_("merged into"), null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    aliases = models.JSONField(_("also known as"), default=list, blank=True)

    objects = MergeableQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["family_name", "given_name"]
        indexes = [models.Index(fields=["family_name", "given_name"])]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(orcid_authenticated=True, orcid=None), name="person_authenticated_orcid_present"
            ),
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("id")), name="person_not_merged_into_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def name_with_degrees(self) -> str:
        full = f"{self.degrees_before} {self.name}".strip()
        return f"{full}, {self.degrees_after}" if self.degrees_after else full


class Merge(models.Model):
    """Two organisations or two people that turned out to be one; holds what it takes to undo it."""

    class Kind(models.TextChoices):
        ORGANISATION = "organisation", _("organisation")
        PERSON = "person", _("person")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    source_id = models.BigIntegerField()
    target_id = models.BigIntegerField()
    source_name = models.CharField(max_length=401)
    target_name = models.CharField(max_length=401)
    moved = models.JSONField(default=dict)  # {"publications.contributor.affiliation": [ids]}
    filled = models.JSONField(default=dict)  # {field: [target before, target after, source before]}
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.source_name} → {self.target_name}"


class LogEntry(models.Model):
    """Who did what when. Append-only: the database refuses updates and deletes."""

    at = models.DateTimeField(default=timezone.now, db_index=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    action = models.CharField(max_length=60)
    target = models.CharField(max_length=80)  # "publications.output:12"
    changes = models.JSONField(default=dict)  # {field: [before, after]}, secrets masked

    class Meta:
        verbose_name = _("log entry")
        verbose_name_plural = _("log")
        ordering = ["-id"]
        indexes = [models.Index(fields=["target", "-id"])]
