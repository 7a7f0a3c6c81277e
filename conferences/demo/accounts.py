"""The demo's accounts for conferences; the parts add theirs to `ACCOUNTS` so that the console names them."""

from accounts.models import Role, User
from publications.demo.accounts import ADMINISTRATOR, Account, create, existing

CHAIR = Account(Role.RESEARCHER, "ketua@contoh.id", "Retno Palupi Ardhani")
PROGRAMME_CHAIR = Account(Role.RESEARCHER, "ketua.program@contoh.id", "Baharuddin Tanete")
TRACK_CHAIR = Account(Role.RESEARCHER, "ketua.bidang@contoh.id", "Maria Yosefina Bani")
SECRETARY = Account(Role.RESEARCHER, "sekretaris@contoh.id", "Ujang Permana")
REVIEWER = Account(Role.RESEARCHER, "penelaah@contoh.id", "Hesti Wulandari Putri")
ACCOUNTS: list[tuple[Account, str]] = [
    (CHAIR, "chair of the conference"),
    (PROGRAMME_CHAIR, "programme chair"),
    (TRACK_CHAIR, "track chair"),
    (SECRETARY, "secretary of the conference"),
    (REVIEWER, "reviewer of the conference"),
]


def user_of(account: Account) -> User:
    """The account, made when it is not there yet."""
    found = existing(account)
    return found or create(account, User.objects.get(email=ADMINISTRATOR.email))
