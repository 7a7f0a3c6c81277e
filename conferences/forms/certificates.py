"""What to issue, and why one is taken back."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from conferences.models import CertificateKind

MOST_CONFIRMED = 1000


class IssueForm(forms.Form):
    """`confirmed`: subjects of those of whom the committee says that they presented."""

    kinds = forms.MultipleChoiceField(
        label=_("Kinds"),
        required=False,
        choices=lambda: [(one.value, capfirst(str(one.label))) for one in CertificateKind],
    )

    def confirmed(self) -> list[str]:
        return self.data.getlist("confirmed")[:MOST_CONFIRMED]  # type: ignore[attr-defined, no-any-return]

    def wanted(self) -> set[str]:
        """Whoever ticks a presenter wants the certificates of presenters."""
        kinds = set(self.cleaned_data["kinds"])
        return kinds | {CertificateKind.PRESENTER.value} if self.confirmed() else kinds


class RevokeForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it is revoked"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Its holder reads this. Whoever checks the certificate reads that it is revoked, and since when."),
    )  # fmt: skip
