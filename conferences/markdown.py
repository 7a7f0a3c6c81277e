"""The small part of Markdown that committees write: headings, lists, paragraphs, bold, italic, links.

Everything else is text. A text is read once into blocks, so that a page, a feed and a PDF say the same.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

HIGHEST = 2  # the page itself has the <h1>
LOWEST = 4
Resolve = Callable[[str], str]

_HEADING = re.compile(r"(#{1,6})\s+(.+?)\s*#*$")
_BULLET = re.compile(r"[-*+]\s+(.+)$")
_NUMBER = re.compile(r"\d{1,3}[.)]\s+(.+)$")
_INLINE = re.compile(
    r"\\(?P<escaped>[\\*_\[\]()#.+-])"
    r"|\*\*(?P<bold>\S[^\n]*?)\*\*(?!\*)"
    r"|(?<![\w*])[*_](?P<italic>[^\s*_](?:[^*_\n]*[^\s*_])?)[*_](?!\w)"
    r"|\[(?P<text>[^\[\]\n]+)\]\((?P<url>[^()\s]+)\)"
    r"|(?P<bare>https?://[^\s<>()\"']+[^\s<>()\"'.,;:!?])"
)
_SAFE_URL = re.compile(r"(https?://|mailto:|/(?!/)|#)[^\s\x00-\x1f\\]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Run:
    """Some characters that look alike."""

    text: str
    is_bold: bool = False
    is_italic: bool = False
    url: str = ""


Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """`kind`: "heading" (with `level`), "paragraph", "bullets", "numbers"; the lists with a line an item."""

    kind: str
    lines: tuple[Line, ...]
    level: int = 0


def parse(text: str) -> list[Block]:
    blocks: list[Block] = []
    level = HIGHEST - 1
    for kind, lines, depth in _raw_blocks(text):
        if kind == "heading":
            level = min(max(depth, HIGHEST), level + 1, LOWEST)  # none is skipped, whatever was typed
        blocks.append(Block(kind, tuple(_line(line) for line in lines), level if kind == "heading" else 0))
    return blocks


def _raw_blocks(text: str) -> Iterator[tuple[str, list[str], int]]:
    """Consecutive lines of one kind together; a line that begins with spaces goes on the item above."""
    kind, lines = "", list[str]()
    for raw in [*text.replace("\0", "").splitlines(), ""]:
        found, content, depth = _kind(raw)
        goes_on = found == "paragraph" and bool(lines) and (kind == "paragraph" or raw.startswith((" ", "\t")))
        if goes_on:
            lines[-1] += " " + content
            continue
        if lines and found != kind:
            yield kind, lines, 0
            lines = []
        if found == "heading":
            yield found, [content], depth
        elif found:
            lines.append(content)
        kind = found


def _kind(raw: str) -> tuple[str, str, int]:
    line = raw.strip()
    if not line:
        return "", "", 0
    if match := _HEADING.match(line):
        return "heading", match[2], len(match[1])
    if match := _BULLET.match(line):
        return "bullets", match[1], 0
    if match := _NUMBER.match(line):
        return "numbers", match[1], 0
    return "paragraph", line, 0


def _line(text: str, like: Run | None = None) -> Line:
    like = like or Run("")
    runs: list[Run] = []
    end = 0
    for match in _INLINE.finditer(text):
        runs.append(replace(like, text=text[end : match.start()]))
        runs += _marked(match, like)
        end = match.end()
    runs.append(replace(like, text=text[end:]))
    return tuple(run for run in runs if run.text)


def _marked(match: re.Match[str], like: Run) -> Line:
    if escaped := match["escaped"]:
        return (replace(like, text=escaped),)
    if bold := match["bold"]:
        return _line(bold, replace(like, is_bold=True))
    if italic := match["italic"]:
        return _line(italic, replace(like, is_italic=True))
    if bare := match["bare"]:
        return (replace(like, text=bare, url=like.url or bare),)
    if like.url or not _SAFE_URL.match(match["url"]):
        return (replace(like, text=match[0]),)
    return _line(match["text"], replace(like, url=match["url"]))


def to_html(blocks: list[Block], resolve: Resolve = str) -> SafeString:
    """`resolve` turns an address as written into the one that the page links to."""
    return format_html_join("\n", "{}", ((_block_html(block, resolve),) for block in blocks))


def _block_html(block: Block, resolve: Resolve) -> SafeString:
    if block.kind == "heading":
        return format_html("<h{0}>{1}</h{0}>", block.level, _line_html(block.lines[0], resolve))
    if block.kind == "paragraph":
        return format_html("<p>{}</p>", _line_html(block.lines[0], resolve))
    items = format_html_join("", "<li>{}</li>", ((_line_html(line, resolve),) for line in block.lines))
    return format_html("<{0}>{1}</{0}>", "ol" if block.kind == "numbers" else "ul", items)


def _line_html(line: Line, resolve: Resolve) -> SafeString:
    return format_html_join("", "{}", ((_run_html(run, resolve),) for run in line))


def _run_html(run: Run, resolve: Resolve) -> SafeString:
    html = format_html("{}", run.text)
    if run.is_italic:
        html = format_html("<em>{}</em>", html)
    if run.is_bold:
        html = format_html("<strong>{}</strong>", html)
    return format_html('<a href="{}">{}</a>', resolve(run.url), html) if run.url else html


def render(text: str, resolve: Resolve = str) -> SafeString:
    return to_html(parse(text), resolve) if text else mark_safe("")
