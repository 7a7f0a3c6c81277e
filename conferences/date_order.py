"""In which order important dates make sense: what is refused, what is only pointed out."""

import datetime
from collections.abc import Mapping

from conferences.models import DateKind, Edition

K = DateKind
Moments = Mapping[str, datetime.datetime | None]
Pair = tuple[DateKind, DateKind]
# Nothing could be handed in, or nobody could register: refused.
NEVER: tuple[Pair, ...] = (
    (K.CALL_OPENS, K.SUBMISSIONS_CLOSE),
    (K.REGISTRATION_OPENS, K.REGISTRATION_CLOSES),
)
USUAL: tuple[Pair, ...] = (
    (K.SUBMISSIONS_CLOSE, K.REVIEWS_DUE),
    (K.REVIEWS_DUE, K.DECISIONS),
    (K.DECISIONS, K.REVISIONS_CLOSE),
    (K.DECISIONS, K.CAMERA_READY),
    (K.REVISIONS_CLOSE, K.CAMERA_READY),
    (K.SUBMISSIONS_CLOSE, K.DECISIONS),
)


def turned(moments: Moments, pairs: tuple[Pair, ...]) -> list[Pair]:
    """The pairs whose second date does not come after the first."""
    return [
        (first, second)
        for first, second in pairs
        if (a := moments.get(first)) is not None and (b := moments.get(second)) is not None and b <= a
    ]


def impossible(moments: Moments) -> list[Pair]:
    return turned(moments, NEVER)


def unusual(moments: Moments) -> list[Pair]:
    return turned(moments, USUAL)


def after_the_end(edition: Edition, moments: Moments) -> list[DateKind]:
    """What should be over when the conference begins, but is not."""
    midnight = datetime.datetime.combine(edition.ends_on + datetime.timedelta(days=1), datetime.time(), edition.tz)
    kinds = (K.SUBMISSIONS_CLOSE, K.REVIEWS_DUE, K.DECISIONS, K.REGISTRATION_CLOSES)
    return [kind for kind in kinds if (moment := moments.get(kind)) is not None and moment >= midnight]


def moments_of(edition: Edition) -> dict[str, datetime.datetime | None]:
    return {date.kind: date.at for date in edition.dates.all() if date.kind != K.OTHER}
