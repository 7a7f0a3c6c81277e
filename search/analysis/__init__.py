"""Where text becomes terms: the same for what is indexed and for what is asked. Knows nothing of Django.

`words`/`exact` keep every word as written, only folded; `terms`/`stems` leave stop words out, reduce words to their
stems and read reduplications (anak-anak) as one. `analyse` gives both lists in one pass.
"""

from search.analysis.folding import fold
from search.analysis.stemming import stem
from search.analysis.terms import Analysed, Term, analyse, exact, stems, stems_of_chunk, terms
from search.analysis.version import fingerprint
from search.analysis.words import Word, words

__all__ = [
    "Analysed",
    "Term",
    "Word",
    "analyse",
    "exact",
    "fingerprint",
    "fold",
    "stem",
    "stems",
    "stems_of_chunk",
    "terms",
    "words",
]
