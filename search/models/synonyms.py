"""Words that mean the same. Whoever asks for one finds the others of its group."""

from django.core.exceptions import ValidationError
from django.core.validators import MinLengthValidator, RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from search.thesaurus import meaningful
from taxonomy.models import Pmks

MOST_WORDS = 8


class Kind(models.TextChoices):
    """`narrow` goes one way: the group's other terms find it, it does not find them. `old` finds but is never shown."""

    CANONICAL = "canonical", _("the group's main term")
    SYNONYM = "syn", _("synonym")
    ABBREVIATION = "abbr", _("abbreviation")
    SPELLING = "spell", _("other spelling")
    SLANG = "slang", _("colloquial")
    ENGLISH = "en", _("English")
    OLD = "old", _("outdated: found, but never shown")
    NARROW = "narrow", _("narrower: found with the others, does not find them")


class Synonym(models.Model):
    """`code` names a row of data/synonyms_id.csv, `loaded` holds what the last load wrote (see `kesos_repo.seeding`);
    rows that administrators add have neither.
    """

    code = models.CharField(max_length=200, unique=True, null=True, editable=False)
    group = models.CharField(
        _("group"),
        max_length=60,
        db_index=True,
        validators=[RegexValidator(r"^[a-z0-9_]+$", _("Small letters, digits and _ only."))],
        help_text=_("The same short name for all terms that mean the same."),
    )
    term = models.CharField(_("term"), max_length=120, validators=[MinLengthValidator(2)])
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.SYNONYM)
    language = models.CharField(
        _("language"), max_length=2, choices=[("id", _("Indonesian")), ("en", _("English"))], default="id"
    )
    only_as_written = models.BooleanField(
        _("only in capitals as written"),
        default=False,
        help_text=_("For abbreviations that are also words: PAS is looked up, pas is not."),
    )
    pmks = models.ManyToManyField(Pmks, verbose_name=_("PMKS kinds"), blank=True, related_name="synonyms")
    is_active = models.BooleanField(_("in use"), default=True)
    loaded = models.JSONField(default=dict, editable=False)

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        ordering = ["group", "pk"]
        constraints = [
            models.UniqueConstraint(
                "group",
                Lower("term"),
                name="search_synonym_once_in_group",
                violation_error_message=_("The group has this term already."),
            ),
            models.UniqueConstraint(
                "group",
                condition=models.Q(kind="canonical"),
                name="search_synonym_one_main_term",
                violation_error_message=_("The group has a main term already."),
            ),
        ]

    def __str__(self) -> str:
        return self.term

    def clean(self) -> None:
        self.term = " ".join(self.term.split())
        stems = meaningful(self.term, self.only_as_written)
        if not stems:
            raise ValidationError({"term": _("The search leaves out every word of this term.")})
        if len(stems) > MOST_WORDS:
            raise ValidationError({"term": _("At most %(number)d words.") % {"number": MOST_WORDS}})
        others = Synonym.objects.filter(group=self.group).exclude(pk=self.pk)
        if self.kind != Kind.CANONICAL and not others.filter(kind=Kind.CANONICAL).exists():
            raise ValidationError({"kind": _("A group begins with its main term; this group has none.")})


class SynonymEdition(models.Model):
    """One row with a number that the database changes at each change of a synonym."""

    number = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="search_synonymedition_one_row")]
