"""What somebody has typed but not sent, kept in the session for a redirect: Back and reload then send nothing twice."""

import hashlib

from django.http import HttpRequest, QueryDict

KEY = "question_drafts"
MOST, MOST_LENGTH = 3, 20_000  # a few tabs; what a form of this size can hold


def keep(request: HttpRequest) -> str | None:
    """What was posted, by a name that its address can carry; None if it is too long to be kept."""
    typed = request.POST.copy()
    typed.pop("csrfmiddlewaretoken", None)
    data = typed.urlencode()
    if len(data) > MOST_LENGTH:
        return None
    name = hashlib.sha256(data.encode()).hexdigest()[:12]
    drafts: dict[str, str] = request.session.get(KEY, {})
    others = {key: text for key, text in drafts.items() if key != name}
    request.session[KEY] = dict([*others.items(), (name, data)][-MOST:])
    return name


def kept(request: HttpRequest, name: str) -> QueryDict | None:
    data = request.session.get(KEY, {}).get(name)
    return QueryDict(data) if data else None


def forget(request: HttpRequest) -> None:
    """It was sent; other tabs keep what they have typed in their own pages."""
    request.session.pop(KEY, None)
