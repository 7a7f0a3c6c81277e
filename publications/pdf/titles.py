"""The title of a paper, and its title in the other language, from what stands largest above the abstract."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from publications.pdf.language import language_of
from publications.pdf.layout import (
    ABSTRACT,
    DOCUMENT_KIND,
    FURNITURE,
    HEADING,
    KEYWORDS,
    SUMMARY,
    Block,
    Row,
    blocks,
    body_size,
    is_furniture,
    join_rows,
)
from publications.pdf.people import looks_like_affiliation, looks_like_names

NOT_A_TITLE = re.compile(
    r"^microsoft |^adobe |^untitled|^(document|dokumen|layout|slide)\s?\d|\.(docx?|odt|rtf|tex|indd|pdf|txt|pptx?)$|"
    r"^[\d\W]+$|template",
    re.IGNORECASE,
)
ISSUE = re.compile(r"\bissn\b|\bvol(?:ume)?\b\W{0,2}\s?\d|\bedisi\b|\btahun\b \w+,? no", re.IGNORECASE)
LETTERS = re.compile(r"\w", re.UNICODE)
LONGEST = 400
SIZE_STEP = 0.9


def squeeze(text: str) -> str:
    """Letters and digits only: for telling whether two titles are the same."""
    return "".join(LETTERS.findall(text.casefold())).replace("_", "")


def plausible(text: str) -> bool:
    words = text.split()
    letters = sum(character.isalpha() for character in text)
    return (
        len(words) >= 2
        and 8 <= len(text) <= LONGEST
        and letters > 0.7 * len(text.replace(" ", ""))
        and not NOT_A_TITLE.search(text.strip())
    )


@dataclass(frozen=True, slots=True)
class Titles:
    """One title, or one in each language, and the rows they stand in."""

    texts: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def page(self) -> int:
        return self.rows[0].page if self.rows else 0


def head_rows(page_rows: Sequence[Row]) -> list[Row]:
    """The rows above the abstract or the first heading; where neither is there, the upper part of the page."""
    for index, row in enumerate(page_rows):
        if any(sign.match(row.text) for sign in (ABSTRACT, SUMMARY, HEADING, KEYWORDS)):
            return [other for other in page_rows[:index] if other.y > row.y]
    top = max((row.y for row in page_rows), default=0.0)
    return [row for row in page_rows if row.y > 0.45 * top]


def find_titles(pages: Sequence[Sequence[Row]], metadata_title: str) -> Titles:
    """From the first of these pages that shows a title: the page with the abstract, then the covers before it."""
    for page_rows in pages:
        best = _best_block(page_rows)
        if best is not None:
            return _both(best, page_rows, metadata_title)
    return Titles((metadata_title,) if plausible(metadata_title) else (), ())


def _both(best: Block, page_rows: Sequence[Row], metadata_title: str) -> Titles:
    parts = _split_languages(best)
    if len(parts) == 2:
        return Titles(tuple(parts), best.rows)
    title = _with_metadata(best.text, metadata_title, page_rows)
    other = _other_language(title, best, page_rows)
    if other is None:
        return Titles((title,), best.rows)
    return Titles((title, other.text), best.rows + other.rows)


def _best_block(page_rows: Sequence[Row]) -> Block | None:
    body = body_size(page_rows)
    above = head_rows(page_rows)
    head = [row for row in above if not is_furniture(row, body) and not _is_masthead(row, above)]
    candidates = [block for block in map(_complete, _joined(list(blocks(head)))) if _may_be_title(block)]
    if not candidates:
        return None
    return max(candidates, key=lambda block: _score(block, body, candidates.index(block)))


def _is_masthead(row: Row, above: Sequence[Row]) -> bool:
    """The journal's name in display type: a few words on top of the page, with volume or ISSN right beside or below."""
    if len(row.text.split()) > 4 or any(other.y > row.y + 2 for other in above if not FURNITURE.search(other.text)):
        return False
    near = (other for other in above if other is not row and abs(other.y - row.y) < 3 * row.size)
    return any(ISSUE.search(other.text) for other in near)


def _joined(found: list[Block]) -> list[Block]:
    """A block that ends in a colon or a dash goes on in the next one, whatever its size."""
    result: list[Block] = []
    for block in found:
        if result and result[-1].text.rstrip().endswith((":", "–", "-")):
            result[-1] = Block(result[-1].rows + block.rows)
        else:
            result.append(block)
    return result


def _complete(block: Block) -> Block:
    """Without a leading line that names the kind of document only, such as LAPORAN PENELITIAN."""
    kept = block.rows
    if len(kept) > 1 and DOCUMENT_KIND.match(kept[0].text) and len(kept[0].text.split()) <= 5:
        kept = kept[1:]
    return Block(kept)


def _may_be_title(block: Block) -> bool:
    return (
        plausible(block.text)
        and not DOCUMENT_KIND.match(block.text if len(block.text.split()) <= 5 else "")
        and not HEADING.match(block.text)
    )


def _score(block: Block, body: float, position: int) -> float:
    words = len(block.text.split())
    first = block.rows[0]
    score = 10 * block.size / body
    score += 2.0 * first.bold + 1.5 * block.text.isupper()
    score += 2.0 * (4 <= words <= 35) - 3.0 * (words < 3) - 4.0 * (words > 45)
    score -= 4.0 * looks_like_names(join_rows(block.rows)) * (block.size <= 1.25 * body)
    # A penalty only: titles too begin with words of addresses (Jalan panjang …, Sekolah inklusif …).
    score -= 5.0 * looks_like_affiliation(block.text)
    return score - 0.4 * position


def _split_languages(block: Block) -> list[str]:
    """Two titles in one block, Indonesian above English or the reverse: cut where both sides speak clearest."""
    for cut in range(1, len(block.rows)):
        above, below = join_rows(block.rows[:cut]), join_rows(block.rows[cut:])
        languages = language_of(above, certain=0.99), language_of(below, certain=0.99)
        long_enough = min(len(above.split()), len(below.split())) >= 4
        if long_enough and set(languages) == {"id", "en"} and not below.startswith("("):
            return [above.rstrip(" /"), below.lstrip("/ ")]
    return [block.text]


def _with_metadata(title: str, metadata_title: str, page_rows: Sequence[Row]) -> str:
    """The title in the file's properties where the page shows the same words, and not fewer than the block has."""
    if not plausible(metadata_title) or FURNITURE.search(metadata_title):
        return title
    known, found, shown = squeeze(metadata_title), squeeze(title), squeeze(join_rows(page_rows))
    return metadata_title if known in shown and found in known else title


def _other_language(title: str, best: Block, page_rows: Sequence[Row]) -> Block | None:
    """A second title stands below the first one or above its own abstract, larger or bolder than the body."""
    first = language_of(title)
    body = body_size(page_rows)
    rest = [row for row in page_rows if row not in best.rows and not is_furniture(row, body)]
    for block in _joined(list(blocks(rest))):
        text = block.text.strip()
        distinct = block.size >= body + SIZE_STEP or block.rows[0].bold or _is_below(block, best)
        if not distinct or not 4 <= len(text.split()) <= 40 or text.endswith(".") or not plausible(text):
            continue
        other = language_of(text)
        other_kind = any(sign.match(text) for sign in (HEADING, ABSTRACT, KEYWORDS))
        if other and first and other != first and not other_kind and not looks_like_affiliation(text):
            return block
    return None


def _is_below(block: Block, best: Block) -> bool:
    gap = best.rows[-1].y - block.rows[0].y
    return block.page == best.page and 0 < gap < 3 * best.size and len(block.rows) <= 4
