"""A search from its request to its answer.

    result = search(asked, timezone.localdate(), generation_of(request))

`IndexNotReady` passes through: there is no index yet, or it is being built anew after damage.
"""

import datetime
from collections.abc import Iterator

from search.query.request import SearchRequest
from search.query.results import Result


def search(asked: SearchRequest, today: datetime.date, generation: int | None) -> Result:
    """One page of hits with everything around it. At most five SQL statements, none of them for each hit.

    `generation` is that of the content (`generation_of(request)`): at the same one, with the same index and the same
    synonyms, the answer is kept. What has been withdrawn does not appear, even if the index does not know yet.
    """
    raise NotImplementedError


def ids(asked: SearchRequest) -> Iterator[int]:
    """The ids of all hits in order, in batches, all from one commit of the index; the page is ignored.

    Whoever shows them reads them through `Output.objects.public()`.
    """
    raise NotImplementedError


def count(asked: SearchRequest) -> int:
    raise NotImplementedError
