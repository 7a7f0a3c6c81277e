"""Where a link of the site leads in its static copy."""

from urllib.parse import urljoin, urlsplit

from django.conf import settings

from conferences.exporting.names import VOLUME_FILE, material_name, photo_name, template_name
from conferences.models import CallTemplate, Photo

PAGES = {
    "": "index.html",
    "call": "undangan.html",
    "dates": "tanggal.html",
    "committee": "panitia.html",
    "programme": "jadwal.html",
    "programme_ics": "jadwal.ics",
    "speakers": "pembicara.html",
    "news": "berita.html",
    "papers": "makalah.html",
    "proceedings": "prosiding.html",
    "photos": "foto.html",
    "calendar": "tanggal.ics",
}
UUID_LENGTH = 36
# Of both languages, beside data.json.
SHARED = {"programme_json": "jadwal.json", "programme_xml": "jadwal.xml", "programme_frab": "jadwal.frab.json"}


def page_name(name: str, *args: str) -> str:
    """The file of a page inside the folder of its language."""
    if name == "news_item":
        return f"berita-{args[0]}.html"
    if name == "page":
        return f"h-{args[0]}.html"
    if name == "programme_session":
        return f"jadwal-sesi-{args[0]}.html"
    if name == "programme_item":
        return f"jadwal-{args[0]}.html"
    return PAGES[name]


class StaticCopy:
    """What pages of one language link to; templates find it as `static_copy`."""

    def __init__(self, slug: str, photos: dict[int, Photo], templates: dict[str, CallTemplate], online: str) -> None:
        self.slug, self.photos, self.templates = slug, photos, templates
        self.online = online

    def to(self, name: str, *args: object) -> str:
        if name in ("photo", "photo_small"):
            photo = self.photos[int(str(args[0]))]
            return f"../foto/{photo_name(photo, small=name == 'photo_small')}"
        if name == "template":
            return f"../berkas/{template_name(self.templates[str(args[0])])}"
        if name == "material":
            return f"../{material_name(int(str(args[0])))}"
        if name in SHARED:
            return f"../{SHARED[name]}"
        if name == "volume_file":
            return f"../{VOLUME_FILE}"
        return page_name(name, *map(str, args))

    def away(self, path: str) -> str:
        return f"{settings.SITE_URL}{path}"

    def resolve(self, url: str) -> str:
        """An address that a text names: a page of this edition beside it, another of the site where it stood."""
        if not url.startswith("/"):
            return url
        return self._inside(urlsplit(url).path) or urljoin(settings.SITE_URL, url)

    def _inside(self, path: str) -> str:
        """The file of a page of this edition; nothing for other addresses."""
        parts = path.removeprefix("/en").strip("/").split("/")
        if parts[:2] != ["konferensi", self.slug]:
            return ""
        known = {name: page for page in PAGES.values() if (name := page.removesuffix(".html"))}
        known["panitia-penyelenggara"] = PAGES["committee"]
        match parts[2:]:
            case []:
                return PAGES[""]
            case ["berita", slug]:
                return page_name("news_item", slug)
            case ["h", slug]:
                return page_name("page", slug)
            case ["jadwal", "sesi", pk] if pk.isdecimal():
                return page_name("programme_session", pk)
            case ["jadwal", key] if len(key) == UUID_LENGTH:
                return page_name("programme_item", key)
            case [one] if one in known:
                return known[one]
        return ""
