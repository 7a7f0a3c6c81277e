"""What every template keeps: the Content-Security-Policy, declared components, translations."""

import inspect
import re
from pathlib import Path

import pytest
from django.conf import settings

from portal.icons import ICONS
from portal.templatetags import components

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
COMPONENTS = sorted((ROOT / "templates" / "components").glob("*.html"))
CSS = sorted((ROOT / "static" / "css").glob("*.css"))
MAIL = ("/email/", "/mail/")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_nothing_inline(path: Path):
    text = re.sub(r"\{% comment %\}.*?\{% endcomment %\}", "", path.read_text(), flags=re.DOTALL)
    assert not re.search(r"<style\b", text), "a <style> body"
    assert not re.search(r"\sstyle\s*=", text), "a style= attribute"
    assert not re.search(r"<[^>]+\son[a-z]+\s*=", text), "an on…= handler"
    for tag in re.findall(r"<script\b[^>]*>", text):
        assert "src=" in tag or 'type="application/' in tag, f"a script body: {tag}"
    assert "javascript:" not in text


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_loads_nothing_from_elsewhere(path: Path):
    loaded = re.findall(r"<(?:script|img|iframe|source|video|audio|embed)\b[^>]*\ssrc=\"(https?:)?//", path.read_text())
    linked = re.findall(r"<link\b[^>]*rel=\"(?:stylesheet|preload)\"[^>]*href=\"(?:https?:)?//", path.read_text())
    assert not loaded
    assert not linked


@pytest.mark.parametrize("path", CSS, ids=name)
def test_style_loads_only_own_fonts(path: Path):
    for address in re.findall(r"url\(([^)]*)\)", path.read_text()):
        assert address.strip("\"'").startswith("../fonts/")


@pytest.mark.parametrize("path", [path for path in CSS if not path.name.startswith("tokens")], ids=name)
def test_colours_come_from_the_tokens(path: Path):
    text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
    paper_and_print = {"#fff", "#000"}
    assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", text)) <= paper_and_print


def test_both_files_of_tokens_say_the_same():
    tokens = (ROOT / "static/css/tokens.css").read_text()
    fallback = (ROOT / "static/css/tokens-fallback.css").read_text()
    pairs = re.findall(r"(--[\w-]+): light-dark\((#\w+|rgb\([^)]*\)), (#\w+|rgb\([^)]*\))\);", tokens)
    assert len(pairs) == tokens.count("light-dark(") - tokens.split("*/")[0].count("light-dark(")
    blocks = [dict(re.findall(r"(--[\w-]+): ([^;]+);", block)) for block in fallback.split("{\n")]
    light, dark, by_system = (block for block in blocks if block)
    assert light == {token: one for token, one, _ in pairs}
    assert dark == by_system == {token: other for token, _, other in pairs}


def test_every_css_file_is_linked_or_joined():
    joined = (ROOT / "static/css/all.css").read_text()
    linked = "".join(path.read_text() for path in TEMPLATES)
    others = [path.name for path in CSS if path.name != "all.css"]
    assert [css for css in others if f'"{css}"' not in joined and css not in linked] == []


@pytest.mark.parametrize("path", COMPONENTS, ids=name)
def test_a_component_says_its_parameters_on_top(path: Path):
    first = path.read_text().split("\n", 1)[0]
    assert first.startswith("{% comment %}" + path.stem)
    tag = getattr(components, path.stem, None)
    if tag is None:
        return
    for parameter in inspect.signature(tag).parameters.values():
        if parameter.name not in ("context", "content"):
            assert re.search(rf"\b{parameter.name}\b", first), f"{parameter.name} is not described"


def test_every_component_is_in_the_style_guide():
    guide = (ROOT / "templates/portal/style_guide.html").read_text()
    inner = {"htmx", "wordmark", "orcid_mark", "field", "form_fields", "tile_map", "reader", "stat"}
    missing = [path.stem for path in COMPONENTS if path.stem not in inner and f"{{% {path.stem}" not in guide]
    assert not missing


def test_icons_that_templates_name_exist():
    for path in TEMPLATES:
        for used in re.findall(r"\{% icon \"([\w-]+)\"", path.read_text()):
            assert used in ICONS, f"{name(path)}: {used}"


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_blocktranslate_is_trimmed(path: Path):
    for tag in re.findall(r"\{% blocktrans(?:late)?\b[^%]*%\}", path.read_text()):
        assert "trimmed" in tag, tag
