"""Messages on top of topics, made by the actions that the site itself uses."""

from typing import Any

from evidence.actions import messages
from evidence.models import TopicMessage
from taxonomy.models import Pmks
from tests.factories.evidence import curator


def make_message(code: str = "PMKS-08", *, is_checked: bool = True, text: str = "", **data: Any) -> TopicMessage:
    """Written by `curator(1)`, checked by `curator(2)`."""
    text = text or "Kunjungan rumah membantu; keyakinan sedang."
    topic = Pmks.objects.get(code=code)
    message = messages.write(topic, text, "Home visits help; moderately sure.", by=curator(1))
    return messages.check(message, by=curator(2), seen=message.written_at, **data) if is_checked else message
