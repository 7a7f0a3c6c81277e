"""What somebody follows, and what they were told of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Max

from accounts.models import User
from publications.queries.rows import Row, output_rows
from search import saved
from search.describing import descriptions
from search.models import Alert, Digest, Told
from search.query.request import SearchRequest
from search.query.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Followed:
    """`asked` is None if the search makes no sense any more. Counts are of outputs told so far."""

    alert: Alert
    asked: SearchRequest | None
    label: str
    told: int
    last_mail: object


def followed_by(user: User, known: Vocabulary) -> list[Followed]:
    """Newest first; the same number of statements for all."""
    alerts = list(
        Alert.objects.filter(user=user)
        .annotate(told_number=Count("told"), last_mail=Max("told__digest__made_at"))
        .order_by("-pk")
    )
    searches = [saved.read(alert.query, known) for alert in alerts]
    return [
        Followed(alert, asked, label, alert.told_number, alert.last_mail)
        for alert, asked, label in zip(alerts, searches, descriptions(searches, known), strict=True)
    ]


def label_of(alert: Alert, known: Vocabulary) -> str:
    return descriptions([saved.read(alert.query, known)], known)[0]


def alert_for(user: User, asked: SearchRequest) -> Alert | None:
    """This person's alert for this search."""
    try:
        return Alert.objects.filter(user=user, query=saved.text_of(asked)).first()
    except saved.TooLong:
        return None


def sent_for(told: Iterable[Told]) -> list[tuple[Digest, list[Row | None]]]:
    """By mail, as they come; None stands for an output that is no longer public."""
    page = list(told)
    digests = Digest.objects.in_bulk({row.digest_id for row in page})
    rows = {row.output.pk: row for row in output_rows([row.output_id for row in page])}
    found: dict[int, list[Row | None]] = {}
    for row in page:
        found.setdefault(row.digest_id, []).append(rows.get(row.output_id))
    return [(digests[pk], each) for pk, each in found.items()]
