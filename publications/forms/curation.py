"""What curators type: comments, reasons and small corrections."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from publications.models import Version
from taxonomy.models import Method, Pmks, Province

# The fields a comment can be about, with the names of the deposit form.
COMMENTABLE = {
    "file": _("Document"),
    "title_id": _("Title in Indonesian"),
    "title_en": _("Title in English"),
    "contributors": _("Authors"),
    "abstract_id": _("Abstract in Indonesian"),
    "abstract_en": _("Abstract in English"),
    "keywords_id": _("Keywords in Indonesian"),
    "keywords_en": _("Keywords in English"),
    "type": _("Type"),
    "date": _("Date of publication"),
    "container_title": _("Journal, proceedings or book"),
    "identifiers": _("Identifiers"),
    "pmks": _("PMKS"),
    "psks": _("PSKS"),
    "services": _("Pillars and services"),
    "provinces": _("Provinces"),
    "methods": _("Methods"),
    "licence": _("Licence"),
    "access": _("Access"),
    "funder": _("Funder"),
    "relations": _("Relations"),
}


class CommentForm(forms.Form):
    text = forms.CharField(label=_("Comment"), max_length=5000, widget=forms.Textarea(attrs={"rows": 3}), strip=True)
    field = forms.ChoiceField(
        label=_("About"), required=False, choices=[("", _("the paper as a whole")), *COMMENTABLE.items()]
    )


class ReasonForm(forms.Form):
    """A reason that somebody else will read."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write a reason. It is what the authors and readers will see.")},
    )


class CorrectionForm(forms.ModelForm[Version]):
    """Small corrections of a public version's metadata; anything larger is a new version."""

    primary_pmks = forms.ModelChoiceField(label=_("Primary PMKS"), queryset=Pmks.objects.all())
    other_pmks = forms.ModelMultipleChoiceField(label=_("Other PMKS"), queryset=Pmks.objects.all(), required=False)
    provinces = forms.ModelMultipleChoiceField(label=_("Provinces"), queryset=Province.objects.all(), required=False)
    methods = forms.ModelMultipleChoiceField(label=_("Methods"), queryset=Method.objects.all(), required=False)
    note = forms.CharField(
        label=_("What you correct and why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )

    class Meta:
        model = Version
        fields = [
            "title_id",
            "title_en",
            "abstract_id",
            "abstract_en",
            "type",
            "licence",
            "container_title",
            "volume",
            "issue",
            "pages",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            kinds = [row.pmks for row in self.instance.version_pmks.select_related("pmks")]
            self.initial["primary_pmks"] = kinds[0] if kinds else None
            self.initial["other_pmks"] = kinds[1:]
            self.initial["provinces"] = self.instance.provinces.all()
            self.initial["methods"] = self.instance.methods.all()
        self.fields["type"].required = True

    def data_for_action(self) -> dict[str, Any]:
        """The cleaned fields in the form that `actions.fields.write` takes."""
        data = dict(self.cleaned_data)
        primary, others = data.pop("primary_pmks"), data.pop("other_pmks")
        data.pop("note")
        data["pmks"] = [primary, *(kind for kind in others if kind != primary)]
        data["provinces"], data["methods"] = list(data["provinces"]), list(data["methods"])
        return data
