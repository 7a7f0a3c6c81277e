"""The Markdown of committees: what it knows, and that nothing else gets through."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conferences.markdown import parse, render


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Satu\ndua", "<p>Satu dua</p>"),
        ("Satu\n\nDua", "<p>Satu</p>\n<p>Dua</p>"),
        ("# Judul\nTeks", "<h2>Judul</h2>\n<p>Teks</p>"),
        ("#### Dalam", "<h2>Dalam</h2>"),
        ("## A\n#### B\n###### C", "<h2>A</h2>\n<h3>B</h3>\n<h4>C</h4>"),
        ("- satu\n- dua\n  lanjut\n* tiga", "<ul><li>satu</li><li>dua lanjut</li><li>tiga</li></ul>"),
        ("1. satu\n2) dua", "<ol><li>satu</li><li>dua</li></ol>"),
        ("Teks:\n- satu", "<p>Teks:</p>\n<ul><li>satu</li></ul>"),
        (
            "**tebal** dan *miring* dan _miring_",
            "<p><strong>tebal</strong> dan <em>miring</em> dan <em>miring</em></p>",
        ),
        ("**tebal *dan miring***", "<p><strong>tebal </strong><strong><em>dan miring</em></strong></p>"),
        ("nama_berkas_panjang dan 2 * 3 * 4", "<p>nama_berkas_panjang dan 2 * 3 * 4</p>"),
        ("[tautan](/konferensi/)", '<p><a href="/konferensi/">tautan</a></p>'),
        ("[**tebal**](https://a.id/?a=1&b=2)", '<p><a href="https://a.id/?a=1&amp;b=2"><strong>tebal</strong></a></p>'),
        ("Lihat https://a.id/b.", '<p>Lihat <a href="https://a.id/b">https://a.id/b</a>.</p>'),
        (r"\*bukan\* \[ini\](x)", "<p>*bukan* [ini](x)</p>"),
        ("", ""),
    ],
)
def test_what_it_knows(text: str, html: str) -> None:
    assert render(text) == html


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "//elsewhere.example", "vbscript:x", "\\\\x"],
)
def test_no_link_to_what_runs_or_hides(url: str) -> None:
    assert "<a" not in render(f"[klik]({url})")


def test_html_is_text() -> None:
    html = render('<script>alert(1)</script>\n\n- <img src=x onerror=y>\n\n## <b>x</b>\n\n[a](/"onclick="b)')
    assert "<script" not in html and "<img" not in html and "<b>" not in html and '"onclick' not in html


@given(st.text(alphabet="ab *_[]()#-1.<>\"'&\\\n/:jhtps", max_size=200))
def test_only_our_elements_whatever_is_typed(text: str) -> None:
    html = render(text)
    tags = re.findall(r"<(/?[a-z0-9]+)([^>]*)>", html)
    assert {name.strip("/") for name, _rest in tags} <= {"p", "ul", "ol", "li", "h2", "h3", "h4", "em", "strong", "a"}
    assert all(re.fullmatch(r'(?: href="(?:https?://|mailto:|/(?!/)|\#)[^"]*")?', rest) for _name, rest in tags)


@given(st.text(max_size=300))
def test_headings_skip_no_level(text: str) -> None:
    level = 1
    for block in parse(text):
        if block.level:
            assert 2 <= block.level <= level + 1
            level = block.level


def test_long_texts_are_read_quickly() -> None:
    for piece in ("**a ", "[a", "*a_", "\\", "[a](", "# ", "- "):
        render(piece * (30_000 // len(piece)))
