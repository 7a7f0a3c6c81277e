"""The copy of their data that people may download."""

from typing import Any

from accounts.log_actions import label_of
from accounts.models import LogEntry, Person, User
from accounts.signals import personal_data_wanted


def personal_data(user: User) -> dict[str, Any]:
    """What this app holds, and what the apps above add through the signal."""
    own = {
        "account": {
            "email": user.email,
            "name": user.name,
            "role": user.role,
            "language": user.language,
            "joined": user.date_joined,
            "agreed_to_terms": user.agreed_at,
            "last_sign_in": user.last_login,
        },
        "person": _person(user),
        "addresses": list(user.emailaddress_set.values("email", "verified", "primary")),  # type: ignore[attr-defined]
        "connections": list(
            user.socialaccount_set.values("provider", "uid", "date_joined", "extra_data")  # type: ignore[attr-defined]
        ),
        "second_factors": list(user.authenticator_set.values("type", "created_at", "last_used_at")),  # type: ignore[attr-defined]
        "sessions": list(
            user.usersession_set.values("ip", "user_agent", "created_at", "last_seen_at")  # type: ignore[attr-defined]
        ),
        "what_i_did": [
            {"at": entry.at, "action": label_of(entry.action), "on": entry.target, "changes": entry.changes}
            for entry in LogEntry.objects.filter(actor=user)
        ],
    }
    answers: list[Any] = [answer for _, answer in personal_data_wanted.send(sender=User, user=user)]
    return own | dict(answer for answer in answers if answer)


def _person(user: User) -> dict[str, Any] | None:
    person = Person.objects.select_related("affiliation").filter(user=user).first()
    if person is None:
        return None
    return {
        "given_names": person.given_name,
        "last_or_only_name": person.family_name,
        "degrees_before": person.degrees_before,
        "degrees_after": person.degrees_after,
        "orcid": person.orcid,
        "orcid_confirmed": person.orcid_authenticated,
        "organisation": person.affiliation.name if person.affiliation else None,
        "also_known_as": person.aliases,
    }
