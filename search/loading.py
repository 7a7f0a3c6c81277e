"""The synonyms of data/synonyms_id.csv, into the database; keeps what administrators edited."""

from pathlib import Path

from django.db import transaction

from kesos_repo.seeding import Row, read_rows, seed, seed_links
from search.models import Synonym
from taxonomy.models import Pmks

DATA = Path(__file__).parent / "data"


def load_synonyms() -> int:
    """Returns how many are in use."""
    rows = read_rows(DATA / "synonyms_id.csv")
    only_as_written = set((DATA / "ambiguous.txt").read_text(encoding="utf-8").split())
    with transaction.atomic():
        synonyms = seed(Synonym, [_synonym(row, only_as_written) for row in rows], fixed=("code", "group"))
        kinds = {kind.code: kind for kind in Pmks.objects.all()}
        wanted = {_code(row): [kinds[code] for code in row["pmks_code"].split(";") if code] for row in rows}
        seed_links(synonyms, "pmks", wanted)
        _follow_file(synonyms, set(wanted))
    return Synonym.objects.filter(is_active=True).count()


def _code(row: dict[str, str]) -> str:
    return f"{row['group']}:{row['term']}"


def _synonym(row: dict[str, str], only_as_written: set[str]) -> Row:
    return {
        "code": _code(row),
        "group": row["group"],
        "term": row["term"],
        "kind": row["kind"],
        "language": row["lang"],
        "only_as_written": row["term"] in only_as_written,
    }


def _follow_file(synonyms: dict[str, Synonym], in_file: set[str]) -> None:
    """Put out of use what left the file, bring back what returned; never overrule an administrator."""
    for code, synonym in synonyms.items():
        was_put_out = bool(synonym.loaded.get("put_out"))
        if (code in in_file) != was_put_out or synonym.is_active == was_put_out:
            continue
        synonym.loaded["put_out"] = not was_put_out
        synonym.is_active = was_put_out
        synonym.save(update_fields=["is_active", "loaded"])
