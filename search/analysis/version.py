"""Whether an index was made by this analysis: terms asked must be the terms indexed."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

# One more whenever the code of this folder gives other terms than before.
VERSION = 1
_DATA = Path(__file__).parents[1] / "data"


@cache
def fingerprint() -> str:
    """Differs when the rules, their data or the stemmers changed; an index with another one must be built again."""
    digest = hashlib.sha256(f"{VERSION} {version('PySastrawi')} {version('tantivy')}".encode())
    for name in ("stems.csv", "indonesian.stop", "english.stop"):
        digest.update((_DATA / name).read_bytes())
    return digest.hexdigest()[:16]
