"""What happens elsewhere and matters here, and what others may hang on to."""

from typing import Any

from allauth.account.signals import user_signed_up
from allauth.socialaccount.signals import social_account_added, social_account_removed, social_account_updated
from django.dispatch import Signal, receiver

# Sent with `user`; each receiver answers (name, data) for the copy of their data that people may download.
personal_data_wanted = Signal()
# Sent with `user` in the transaction that deletes an account: forget what you know of them.
account_deleted = Signal()


@receiver([user_signed_up, social_account_added, social_account_updated])
def orcid_confirmed(sociallogin: Any = None, **kwargs: Any) -> None:
    from accounts.actions import connect_orcid

    if sociallogin and sociallogin.account.provider == "orcid":
        connect_orcid(sociallogin.user, sociallogin.account.uid)


@receiver(social_account_removed)
def orcid_no_longer_confirmed(socialaccount: Any, **kwargs: Any) -> None:
    from accounts.actions import disconnect_orcid

    if socialaccount.provider == "orcid":
        disconnect_orcid(socialaccount.user)
