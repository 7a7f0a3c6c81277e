"""The mail of a digest, written when it leaves: what has been withdrawn meanwhile is not in it, and the queue holds
nothing but its number.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from search.models import Digest
from search.queries.digests import contents_of
from search.unsubscribing import token_for


@transaction.atomic
def send(digest_id: int) -> bool:
    """Once: the row is locked while the mail leaves. Whether it left.

    Only a crash between the mail server's answer and the commit can make it leave again, with the same Message-ID.
    """
    digest = Digest.objects.select_for_update(of=("self",)).select_related("user").filter(pk=digest_id).first()
    if digest is None or digest.sent_at or not digest.user.is_active:
        return False
    message = message_of(digest)
    if message is None:  # told nothing: what comes back may be told then
        digest.delete()
        return False
    message.send()
    digest.sent_at = timezone.now()
    digest.save(update_fields=["sent_at"])
    return True


def message_of(digest: Digest) -> EmailMultiAlternatives | None:
    """In the language of the person; None if nothing of it is public any more."""
    with override(digest.user.language):
        sections = contents_of(digest)
        if not sections:
            return None
        stop = settings.SITE_URL + reverse("following:stop", args=[token_for(digest.user_id)])
        context = {
            "sections": sections,
            "number": sum(section.number for section in sections),
            "language": digest.user.language,
            "site": settings.SITE_URL,
            "manage_url": settings.SITE_URL + reverse("following:list"),
            "stop_url": stop,
        }
        subject, _, text = render_to_string("search/mail/digest.txt", context).strip().partition("\n")
        html = render_to_string("search/mail/digest.html", {**context, "subject": subject})
    message = EmailMultiAlternatives(
        subject=" ".join(subject.split()),
        body=text.lstrip("\n"),
        to=[digest.user.email],
        headers=_headers(digest, stop),
    )
    message.attach_alternative(html, "text/html")
    return message


def _headers(digest: Digest, stop: str) -> dict[str, str]:
    """RFC 8058 for the one click, RFC 3834 so that nobody's holiday answers."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return {
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Message-ID": f"<digest-{digest.pk}-{digest.made_at:%Y%m%d%H%M%S}@{host}>",
        "Auto-Submitted": "auto-generated",
    }
