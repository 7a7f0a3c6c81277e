"""The people of the demo who enter, check, rate and answer."""

from dataclasses import dataclass

from accounts.actions import edit_person
from accounts.models import Organisation, Person, Role, User
from evidence import rules
from publications.demo import accounts
from publications.demo.accounts import Account
from publications.models import Output

# They check and rate; nobody signs in with them.
RATERS = (
    Account(Role.CURATOR, "penilai1@contoh.id", "Ratri Wulansih, M.Si.", signs_in=False),
    Account(Role.CURATOR, "penilai2@contoh.id", "Yosafat Mananel, M.Kesos.", signs_in=False),
)
POLICYMAKER_UNIT = "DJRS"  # the addressee of most sample recommendations, so that the account has some to answer


@dataclass(frozen=True)
class Cast:
    researcher: User
    curator: User
    policymaker: User
    raters: tuple[User, ...]

    def enterer_of(self, output: Output) -> User:
        """The researcher enters the findings of her own papers, a curator those of the others."""
        hers = output.owner_id == self.researcher.pk
        return output.owner if hers or not rules.may_enter(self.curator, output) else self.curator

    def checker_of(self, output: Output) -> User:
        """Taking turns."""
        return self.raters[output.pk % len(self.raters)]


def cast() -> Cast:
    users = accounts.create_accounts()
    administrator = users[accounts.ADMINISTRATOR]
    policymaker = users[accounts.POLICYMAKER]
    _place(policymaker)
    raters = tuple(accounts.existing(rater) or accounts.create(rater, administrator) for rater in RATERS)
    return Cast(users[accounts.RESEARCHER], users[accounts.CURATOR], policymaker, raters)


def _place(policymaker: User) -> None:
    person = Person.objects.get(user=policymaker)
    if person.affiliation_id is None:
        edit_person(policymaker, person, {"affiliation": Organisation.objects.get(code=POLICYMAKER_UNIT)})
    policymaker.person = person
