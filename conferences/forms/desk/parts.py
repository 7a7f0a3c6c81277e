"""One form a list of the desk (`conferences.parts`)."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.forms import OrganisationField
from conferences import parts
from conferences.models import CommitteeRole, Edition, News, Photo
from conferences.parts import Part

from .fields import DeskForm, MomentField, line, refuse_turned, text

MARKDOWN = _("Leave a blank line between paragraphs. ## begins a heading, - a list, [words](address) makes a link.")


class PartForm(DeskForm):
    """`edition`: whose list it is. Choices never leave the edition."""

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edition = edition
        for name, label in (("photo", _("Photograph")), ("logo", _("Logo"))):
            if name in self.fields:
                field: Any = self.fields[name]
                field.queryset = Photo.objects.filter(edition=edition)
                field.empty_label, field.label = _("none"), label
        for name in ("pmks", "pillars"):
            if name in self.fields:
                self._without_retired(name)

    def _without_retired(self, name: str) -> None:
        field: Any = self.fields[name]
        used = list(getattr(self.instance, name).values_list("pk", flat=True)) if self.instance.pk else []
        field.queryset = field.queryset.filter(Q(retired_on=None) | Q(pk__in=used))


def _meta(part: Part, **widgets: Any) -> type:
    return type("Meta", (), {"model": part.model, "fields": (*part.scalars, *part.many), "widgets": widgets})


class HostForm(PartForm):
    organisation = OrganisationField(
        label=_("Organisation"), help_text=_("Type a part of the name and choose. A missing one is added by curators.")
    )

    Meta = _meta(parts.HOSTS)

    def clean_organisation(self) -> Any:
        found = self.cleaned_data["organisation"]
        if found and self.edition.host_rows.filter(organisation=found).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("This organisation is among the hosts already."))
        return found


class OtherDateForm(PartForm):
    label_id = line(_("Name in Indonesian"), 150)
    label_en = line(_("Name in English"), 150, required=False)
    at = MomentField(label=_("Date and time"))

    Meta = _meta(parts.OTHER_DATES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["at"]
        field.tz, field.hour = self.edition.tz, "23:59"


class CommitteeForm(PartForm):
    """`roles`: those that may be given."""

    role = forms.ChoiceField(label=_("Role"), choices=CommitteeRole.choices)
    name = line(_("Name with degrees"), 300)
    affiliation = line(_("Organisation"), 300, required=False)
    is_listed = forms.BooleanField(label=_("Named on the site"), required=False, initial=True)

    Meta = _meta(parts.COMMITTEE, tracks=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, roles: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role: Any = self.fields["role"]
        role.choices = [(value, label) for value, label in CommitteeRole.choices if value in roles]
        tracks: Any = self.fields["tracks"]
        tracks.queryset = self.edition.tracks.all()
        tracks.help_text = _("For track chairs: whose submissions and reviews they lead.")

    def clean(self) -> dict[str, Any]:
        """Only track chairs have tracks."""
        data = super().clean() or self.cleaned_data
        if data.get("role") != CommitteeRole.TRACK_CHAIR:
            data["tracks"] = []
        elif not data.get("tracks"):
            self.add_error("tracks", _("Choose the tracks that this chair leads."))
        return data


class InvitationForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("A mail goes there. Whoever signs in with this address, or makes an account with it, can accept."),
    )


class TrackForm(PartForm):
    code = forms.SlugField(label=_("Code"), max_length=40, help_text=_("Short, such as lansia."))
    name_id = line(_("Name in Indonesian"), 200)
    name_en = line(_("Name in English"), 200, required=False)
    about_id = text(_("Description in Indonesian"), 2000, required=False)
    about_en = text(_("Description in English"), 2000, required=False)

    Meta = _meta(parts.TRACKS, pmks=forms.CheckboxSelectMultiple, pillars=forms.CheckboxSelectMultiple)

    def clean_code(self) -> Any:
        return self.refuse_taken("code", edition=self.edition)


class PageForm(PartForm):
    title_id = line(_("Title in Indonesian"), 150)
    title_en = line(_("Title in English"), 150, required=False)
    body_id = text(_("Text in Indonesian"), 30000, 14, help_text=MARKDOWN)
    body_en = text(_("Text in English"), 30000, 14, required=False)
    in_menu = forms.BooleanField(label=_("Stands in the menu"), required=False, initial=True)

    Meta = _meta(parts.PAGES)


class NewsForm(PartForm):
    title_id = line(_("Title in Indonesian"), 200)
    title_en = line(_("Title in English"), 200, required=False)
    lede_id = line(_("In one sentence, Indonesian"), 400, required=False)
    lede_en = line(_("In one sentence, English"), 400, required=False)
    body_id = text(_("Text in Indonesian"), 30000, 14, help_text=MARKDOWN)
    body_en = text(_("Text in English"), 30000, 14, required=False)
    published_at = MomentField(
        label=_("Public from"), required=False, help_text=_("Empty: a draft that only the committee sees.")
    )

    Meta = _meta(parts.NEWS, kind=forms.RadioSelect, related=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        related, moment = self.fields["related"], self.fields["published_at"]
        related.queryset = News.objects.filter(edition=self.edition).exclude(pk=self.instance.pk)  # type: ignore[attr-defined]
        related.help_text = _("Each shows the other.")
        moment.tz = self.edition.tz  # type: ignore[attr-defined]


class SpeakerForm(PartForm):
    name = line(_("Name with degrees"), 300)
    affiliation = line(_("Organisation"), 300, required=False)
    topic_id = line(_("Subject in Indonesian"), 300, required=False)
    topic_en = line(_("Subject in English"), 300, required=False)
    about_id = text(_("About, in Indonesian"), 2000, required=False)
    about_en = text(_("About, in English"), 2000, required=False)

    Meta = _meta(parts.SPEAKERS)


class SponsorForm(PartForm):
    name = line(_("Name"), 200)
    url = forms.URLField(label=_("Web address"), max_length=300, required=False, assume_scheme="https")
    note_id = line(_("What it gives, in Indonesian"), 200, required=False)
    note_en = line(_("What it gives, in English"), 200, required=False)

    Meta = _meta(parts.SPONSORS)


class PhotoForm(PartForm):
    picture = forms.FileField(
        label=_("Picture"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("JPEG, PNG or WebP, at most 15 MB. It is drawn anew: place, camera and names in the file go."),
    )
    alt_id = line(
        _("What it shows, in Indonesian"), 300, help_text=_("For those who do not see it: who does what, where.")
    )
    alt_en = line(_("What it shows, in English"), 300, required=False)
    credit = line(_("Photographer"), 150, required=False)
    in_gallery = forms.BooleanField(label=_("Stands in the gallery"), required=False, initial=True)
    field_order = ("picture", "alt_id", "alt_en", "credit", "in_gallery")

    Meta = _meta(parts.PHOTOS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["picture"]


class RoomForm(PartForm):
    name_id = line(_("Name in Indonesian"), 120)
    name_en = line(_("Name in English"), 120, required=False)
    place = line(_("Where to find it"), 200, required=False)
    capacity = forms.IntegerField(label=_("Seats"), min_value=1, max_value=30000, required=False)
    online_url = forms.URLField(
        label=_("Address to follow online"), max_length=300, required=False, assume_scheme="https"
    )

    Meta = _meta(parts.ROOMS)


class UnavailableForm(PartForm):
    name = line(_("Name"), 300)
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    starts_at = MomentField(label=_("From"))
    ends_at = MomentField(label=_("Until"))
    note = line(_("Note"), 300, required=False)

    Meta = _meta(parts.UNAVAILABLE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, hour in (("starts_at", "00:00"), ("ends_at", "23:59")):
            field: Any = self.fields[name]
            field.tz, field.hour = self.edition.tz, hour

    def clean(self) -> dict[str, Any]:
        return refuse_turned(self, super().clean() or self.cleaned_data)


FORMS: dict[str, type[PartForm]] = {
    "hosts": HostForm,
    "other_dates": OtherDateForm,
    "committee": CommitteeForm,
    "tracks": TrackForm,
    "pages": PageForm,
    "news": NewsForm,
    "speakers": SpeakerForm,
    "sponsors": SponsorForm,
    "photos": PhotoForm,
    "rooms": RoomForm,
    "unavailable": UnavailableForm,
}
