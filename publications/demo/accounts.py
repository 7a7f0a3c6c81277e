"""The demo's accounts, one for each role, with a password that anybody may know."""

from collections.abc import Iterable
from dataclasses import dataclass

from allauth.account.models import EmailAddress

from accounts.actions import change_role, edit_person, welcome
from accounts.models import Organisation, Person, Role, User
from publications.demo import content

PASSWORD = "peragaan-kesos"  # noqa: S105 - public on purpose; printed at every start of the demo


@dataclass(frozen=True)
class Account:
    role: Role
    email: str
    name: str
    signs_in: bool = True


ADMINISTRATOR = Account(Role.ADMINISTRATOR, "admin@contoh.id", "Administrator Contoh")
CURATOR = Account(Role.CURATOR, "kurator@contoh.id", "Kurator Contoh")
POLICYMAKER = Account(Role.POLICYMAKER, "pembuat.kebijakan@contoh.id", "Pembuat Kebijakan Contoh")
RESEARCHER = Account(Role.RESEARCHER, "peneliti@contoh.id", "Norhalimah, M.Si.")
ACCOUNTS = (RESEARCHER, POLICYMAKER, CURATOR, ADMINISTRATOR)
# Deposits what the researcher has no part in; nobody signs in with it.
LIBRARIAN = Account(Role.RESEARCHER, "pustakawan@contoh.id", "Pustakawan Contoh", signs_in=False)
RESEARCHER_KEY = "norhalimah"


def describe_accounts(others: Iterable[tuple[Account, str]] = ()) -> str:
    """For the console, when the demo starts; `others` with what each is."""
    told = [(account.email, account.role.value) for account in ACCOUNTS]
    told += [(account.email, what) for account, what in others]
    width = max(len(email) for email, _what in told)
    lines = [f"  {email:<{width}}  {what}" for email, what in told]
    return "\n".join([f"Demo accounts (password of each: {PASSWORD}):", *lines])


def create_accounts() -> dict[Account, User]:
    """All accounts with verified addresses; those that exist are left as they are."""
    administrator = existing(ADMINISTRATOR) or _signed_up(
        ADMINISTRATOR, User.objects.create_superuser(ADMINISTRATOR.email, PASSWORD)
    )
    users = {ADMINISTRATOR: administrator}
    for account in (CURATOR, POLICYMAKER, RESEARCHER, LIBRARIAN):
        users[account] = existing(account) or create(account, administrator)
    return users


def existing(account: Account) -> User | None:
    return User.objects.filter(email=account.email).first()


def create(account: Account, administrator: User) -> User:
    password = PASSWORD if account.signs_in else None
    user = _signed_up(account, User.objects.create_user(account.email, password))
    change_role(administrator, user, account.role)
    return user


def _signed_up(account: Account, user: User) -> User:
    welcome(user, account.name, "id")
    EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    return user


def introduce_researcher(user: User, organisations: dict[str, Organisation]) -> None:
    """The researcher is one of the sample authors: the account's person says the same about itself."""
    known = content.people()[RESEARCHER_KEY]
    person = Person.objects.get(user=user)
    if person.affiliation_id is None:
        edit_person(user, person, {"orcid": known["orcid"], "affiliation": organisations[known["organisation"]]})
