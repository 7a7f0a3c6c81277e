"""What a relation points to, as people write it: an identifier here, an address here or elsewhere, a DOI."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from publications.forms.inputs import clean_doi, clean_web_address
from publications.models import Output
from publications.publicid import normalise_public_id

_OUR_PATH = re.compile(r"^(?:/en)?/publikasi/([^/]+)/")


def clean_target(text: str) -> str:
    """The public id of an output here, else a web address."""
    if public_id := normalise_public_id(text) or _id_in_address(text):
        if not Output.objects.with_tombstones().filter(public_id=public_id).exists():
            raise ValidationError(
                _("There is no output with the identifier %(value)s here."), params={"value": public_id}
            )
        return public_id
    if text.startswith("10.") or text.lower().startswith("doi:"):
        return f"https://doi.org/{clean_doi(text)}"
    return clean_web_address(text)


def _id_in_address(text: str) -> str | None:
    try:
        parts = urlsplit(text if "//" in text else f"//{text}")
    except ValueError:
        return None
    ours = urlsplit(settings.SITE_URL).netloc
    match = _OUR_PATH.match(parts.path) if parts.netloc in ("", ours) else None
    return normalise_public_id(match[1]) if match else None
