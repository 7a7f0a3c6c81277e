"""Every mail of the editorial process, in both languages."""

from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

FOLDER = Path(settings.BASE_DIR) / "templates" / "publications" / "mail"
NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))
CONTEXT = {
    "title": "Anak & keluarga: “studi” <awal> " + "panjang " * 30,
    "url": "https://contoh.id/unggah/1/?a=1&b=2",
    "text": "Isi & pesan", "reason": "Alasan & sebab", "purpose": "Guna & tujuan", "message": "Pesan & salam",
    "name": "Ani", "email": "ani@contoh.id", "by": "Budi", "to": "Citra", "expires_on": "1 Juli 2027",
    "resubmitted": False,
}  # fmt: skip


def test_each_mail_that_is_sent_has_its_text() -> None:
    code = (Path(settings.BASE_DIR) / "publications" / "actions" / "notify.py").read_text()
    for name in NAMES:
        assert name in code
    assert len(NAMES) == 12


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_a_mail_reads_well(name: str, language: str) -> None:
    with override(language):
        text = render_to_string(f"publications/mail/{name}.txt", CONTEXT).strip()
    subject, _newline, body = text.partition("\n")
    assert 10 < len(subject) < 140
    assert "&amp;" not in text
    assert "&lt;" not in text
    assert CONTEXT["url"] in body
    assert "\n\n\n" not in body


@pytest.mark.parametrize("name", NAMES)
def test_the_languages_differ(name: str) -> None:
    texts = []
    for language in ("id", "en"):
        with override(language):
            texts.append(render_to_string(f"publications/mail/{name}.txt", CONTEXT).strip().splitlines()[0])
    assert texts[0] != texts[1]
