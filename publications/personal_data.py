"""What outputs hold about somebody, for the copy of their data that they may download."""

from typing import Any

from django.dispatch import receiver

from accounts.models import User
from accounts.signals import personal_data_wanted
from publications.models import Comment, Contributor, CopyRequest, Output

VERSION_FIELDS = ("number", "state", "title_id", "title_en", "abstract_id", "abstract_en", "created_at", "published_at")


@receiver(personal_data_wanted, dispatch_uid="publications")
def outputs_of(user: User, **kwargs: Any) -> tuple[str, dict[str, Any]]:
    owned = Output.objects.owned_by(user)
    return "publications", {
        "outputs": [
            {"public_id": output.public_id, "state": output.state, "versions": _versions(output)}
            for output in owned.prefetch_related("versions").order_by("pk")
        ],
        "named_in": list(
            Contributor.objects.filter(person__user=user).values(
                "version__output__public_id", "given_name", "family_name", "affiliation_name", "orcid", "role", "credit"
            )
        ),
        "comments": list(
            Comment.objects.filter(author=user).values("version__output__public_id", "text", "created_at")
        ),
        "copies_asked_for": list(
            CopyRequest.objects.filter(email__iexact=user.email).values(
                "output__public_id", "name", "purpose", "state", "created_at"
            )
        ),
    }


def _versions(output: Output) -> list[dict[str, Any]]:
    return [{name: getattr(version, name) for name in VERSION_FIELDS} for version in output.versions.all()]
