"""Addresses of outputs and their files: absolute, in a chosen language or in none."""

from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation


@dataclass(frozen=True, slots=True)
class Addresses:
    """Of one output as reached at `base` (scheme and host) by readers of `language`.

    A file lies in the folder of the page that describes it, as Google Scholar wants it.
    """

    base: str
    public_id: str
    language: str
    version: int | None = None  # of an address that names its version

    def page(self, language: str | None = None) -> str:
        with translation.override(language or self.language):
            path = reverse("publications:output", args=[self.public_id])
        return f"{self.base}{path}" if self.version is None else f"{self.base}{path}v{self.version}/"

    @property
    def permalink(self) -> str:
        return self.latest(settings.LANGUAGE_CODE)

    def latest(self, language: str) -> str:
        return Addresses(self.base, self.public_id, language).page()

    def file(self, name: str) -> str:
        return self.page() + quote(name)


def site_base(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"
