"""What people enter about alerts and collections."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from publications.queries.generation import content_generation
from search import saved
from search.models import Collection, CollectionItem, CollectionKind, FormerSlug, Frequency
from search.query.request import SearchRequest
from search.query.vocabulary import vocabulary


class FollowForm(forms.Form):
    frequency = forms.ChoiceField(
        label=_("How often?"), choices=Frequency.choices, initial=Frequency.WEEKLY, widget=forms.RadioSelect
    )


class CollectionForm(forms.ModelForm[Collection]):
    """The search is pasted as it stands in the address line, or written as words."""

    search = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=4000,
        help_text=_("The address of a search page, or words. Only for a collection of all that a search finds."),
    )

    class Meta:
        model = Collection
        fields = ("kind", "title_id", "title_en", "description_id", "description_en", "slug")
        widgets = {
            "kind": forms.RadioSelect,
            "description_id": forms.Textarea(attrs={"rows": 4}),
            "description_en": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {"slug": _("The last part of the page's address. Former addresses go on leading here.")}

    def __init__(self, *args: Any, asked: SearchRequest | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = CollectionKind.choices  # type: ignore[attr-defined]
        if asked:
            self.initial["kind"], self.initial["search"] = CollectionKind.QUERY, asked.to_query_string()
        elif self.instance.query:
            self.initial["search"] = f"?{self.instance.query}"

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if FormerSlug.objects.filter(slug=slug).exclude(collection=self.instance.pk).exists():
            raise forms.ValidationError(_("Another collection once had this address, and it still leads there."))
        return slug

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self.instance.query = ""
        if cleaned.get("kind") == CollectionKind.QUERY:
            self.instance.query = cleaned["query"] = self._query(cleaned.get("search", ""))
        else:
            cleaned["query"] = ""
        return cleaned

    def _query(self, typed: str) -> str:
        """As it is kept; what is no address is taken as words."""
        typed = typed.strip()
        query = QueryDict(typed.partition("?")[2]) if "?" in typed and "=" in typed else QueryDict(mutable=True)
        if not query:
            query = QueryDict(mutable=True)
            query["q"] = typed
        asked = SearchRequest.from_querydict(query, vocabulary(content_generation()))
        for notice in asked.notices:
            self.add_error("search", str(notice))
        if not asked.is_narrowed:
            self.add_error("search", _("Say what the collection shall find."))
        try:
            return saved.text_of(asked)
        except saved.TooLong:
            self.add_error("search", _("This search has too many words and values to be kept."))
            return ""


class NoteForm(forms.ModelForm[CollectionItem]):
    class Meta:
        model = CollectionItem
        fields = ("note_id", "note_en")
