"""Names of document languages."""

from django.conf.locale import LANG_INFO
from django.utils.translation import gettext

# What research on Indonesia is written in and Django does not know.
_OTHERS = {
    "jv": "Basa Jawa", "su": "Basa Sunda", "min": "Baso Minangkabau", "ban": "Basa Bali", "bug": "Basa Ugi",
    "ace": "Bahsa Acèh", "mad": "Basa Madura", "zh": "中文",
}  # fmt: skip


def language_name(code: str) -> str:
    """In the language of the page where Django has it, else as its speakers call it, else the code."""
    info = LANG_INFO.get(code)
    if info and "name" in info:
        return gettext(info["name"])
    return _OTHERS.get(code, code)
