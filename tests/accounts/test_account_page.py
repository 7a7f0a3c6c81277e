"""What people say about themselves, their copy of their data, and leaving for good."""

import json
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actions import delete_account
from accounts.models import LogEntry, Organisation, Person, User
from accounts.signals import personal_data_wanted
from tests.factories.accounts import PASSWORD, make_organisation, make_user

pytestmark = pytest.mark.django_db
FORM = {
    "given_name": "",
    "family_name": "Sukarno",
    "degrees_before": "Dr.",
    "degrees_after": "M.Si.",
    "affiliation": "",
    "orcid": "",
    "language": "en",
}
ORCID = "0000-0002-1825-0097"


@pytest.fixture
def user() -> User:
    caches["shared"].clear()
    return make_user()


@pytest.fixture
def signed_in(user: User) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return client


def save(client: Client, **values: str) -> Any:
    return client.post(reverse("account"), {**FORM, **values})


def test_a_single_name_with_degrees_apart(signed_in: Client, user: User) -> None:
    assert save(signed_in).status_code == 302
    person = Person.objects.get(user=user)
    assert (person.name, person.name_with_degrees) == ("Sukarno", "Dr. Sukarno, M.Si.")
    user.refresh_from_db()
    assert (user.name, user.language) == ("Sukarno", "en")
    changes = LogEntry.objects.get(action="person.edited").changes
    assert changes["family_name"] == ["Aminah", "Sukarno"]
    assert changes["degrees_before"] == ["", "Dr."]


def test_an_organisation_with_nul_in_its_name(signed_in: Client, user: User) -> None:
    assert save(signed_in, affiliation="Universitas\0 Contoh").status_code == 302
    affiliation = Person.objects.get(user=user).affiliation
    assert affiliation and affiliation.name == "Universitas Contoh"


def test_saving_what_is_there_logs_nothing(signed_in: Client) -> None:
    save(signed_in)
    save(signed_in)
    assert LogEntry.objects.filter(action="person.edited").count() == 1


@pytest.mark.parametrize("written", ["universitas contoh", "UC", "Contoh University", "Univ. Contoh"])
def test_an_organisation_is_found_under_all_its_names(signed_in: Client, user: User, written: str) -> None:
    known = make_organisation("Universitas Contoh", acronym="UC", name_en="Contoh University", aliases=["Univ. Contoh"])
    save(signed_in, affiliation=written)
    assert Person.objects.get(user=user).affiliation == known
    assert 'value="Universitas Contoh"' in signed_in.get(reverse("account")).content.decode()


def test_an_unknown_organisation_becomes_a_suggestion(signed_in: Client, user: User) -> None:
    save(signed_in, affiliation="  Yayasan   Baru ")
    organisation = Organisation.objects.get()
    assert (organisation.name, organisation.is_confirmed) == ("Yayasan Baru", False)
    assert Person.objects.get(user=user).affiliation == organisation
    assert LogEntry.objects.get(action="organisation.added").actor == user


def test_a_merged_organisation_leads_to_what_it_became(signed_in: Client, user: User) -> None:
    target = make_organisation("Universitas Contoh", aliases=["UC Lama"])
    make_organisation("UC Lama", merged_into=target)
    save(signed_in, affiliation="UC Lama")
    assert Person.objects.get(user=user).affiliation == target


@pytest.mark.parametrize("written", [ORCID, f"https://orcid.org/{ORCID}", ORCID.replace("-", "")])
def test_a_typed_orcid_is_not_a_confirmed_one(signed_in: Client, user: User, written: str) -> None:
    save(signed_in, orcid=written)
    person = Person.objects.get(user=user)
    assert (person.orcid, person.orcid_authenticated) == (ORCID, False)
    assert "diketik, belum dikonfirmasi" in signed_in.get(reverse("account")).content.decode()


def test_a_confirmed_orcid_cannot_be_typed_over(signed_in: Client, user: User) -> None:
    Person.objects.filter(user=user).update(orcid=ORCID, orcid_authenticated=True)
    save(signed_in, orcid="0000-0001-5109-3700")
    assert Person.objects.get(user=user).orcid == ORCID
    assert "dikonfirmasi pemiliknya" in signed_in.get(reverse("account")).content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [("orcid", "0000-0002-1825-0098"), ("family_name", ""), ("language", "fr"), ("affiliation", "x" * 301)],
)
def test_what_is_wrong_is_said_and_the_rest_kept(signed_in: Client, user: User, field: str, value: str) -> None:
    response = save(signed_in, **{field: value, "degrees_after": "Ph.D."})
    assert response.status_code == 422
    assert "Ph.D." in response.content.decode()
    assert Person.objects.get(user=user).family_name == "Aminah"


def test_somebody_elses_orcid_is_refused(signed_in: Client) -> None:
    other = make_user("other@example.org")
    Person.objects.filter(user=other).update(orcid=ORCID)
    assert save(signed_in, orcid=ORCID).status_code == 422


def test_the_page_costs_the_same_however_many_organisations(signed_in: Client) -> None:
    counts = []
    for number in (1, 3):
        for n in range(number):
            make_organisation(f"Lembaga {number}.{n}")
        with CaptureQueriesContext(connection) as captured:
            assert signed_in.get(reverse("account")).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 16


def test_my_data_is_whole_and_mine(signed_in: Client, user: User) -> None:
    def more(user: User, **kwargs: Any) -> tuple[str, Any]:
        return "outputs", [f"of {user.email}"]

    personal_data_wanted.connect(more)
    try:
        response = signed_in.get(reverse("account_data"))
    finally:
        personal_data_wanted.disconnect(more)
    assert response.headers["Content-Disposition"] == 'attachment; filename="data-saya.json"'
    assert "no-store" in response.headers["Cache-Control"]
    data = json.loads(response.content)
    assert data["account"]["email"] == user.email
    assert data["person"]["last_or_only_name"] == "Aminah"
    assert data["addresses"] == [{"email": user.email, "verified": True, "primary": True}]
    assert len(data["sessions"]) == 1
    assert data["outputs"] == [f"of {user.email}"]
    assert user.password not in response.content.decode()


def test_deleting_the_account_asks_for_the_password_and_a_tick(signed_in: Client, user: User) -> None:
    url = reverse("account_delete")
    assert signed_in.get(url).headers["Location"].startswith(reverse("account_reauthenticate"))
    signed_in.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert signed_in.post(url, {}).status_code == 422
    response = signed_in.post(url, {"sure": "on"})
    assert response.headers["Location"] == "/"
    user.refresh_from_db()
    assert (user.email, user.name, user.is_active) == (f"deleted-{user.pk}@deleted.invalid", "", False)
    assert not user.has_usable_password()
    assert not Person.objects.exists()
    assert "_auth_user_id" not in signed_in.session
    assert not Client().login(username="peneliti@example.org", password=PASSWORD)


def test_a_deleted_account_has_no_name(user: User) -> None:
    delete_account(user)
    assert str(User.objects.get(pk=user.pk)) == "akun terhapus"


def test_deleting_leaves_no_trace_of_ways_to_sign_in(user: User) -> None:
    from allauth.account.models import EmailAddress
    from allauth.mfa.models import Authenticator
    from allauth.socialaccount.models import SocialAccount

    Authenticator.objects.create(user=user, type="totp", data={})
    SocialAccount.objects.create(user=user, provider="orcid", uid=ORCID)
    delete_account(user)
    for model in (Authenticator, SocialAccount, EmailAddress):
        assert not model.objects.exists()
    assert LogEntry.objects.get(action="user.deleted").target == f"accounts.user:{user.pk}"


def test_somebody_named_in_an_entry_stays_in_the_directory(user: User) -> None:
    """Anything that refers to the person keeps it; outputs do, and so does an entry merged into it."""
    person = Person.objects.get(user=user)
    Person.objects.create(family_name="Aminah", merged_into=person)
    delete_account(user)
    person.refresh_from_db()
    assert (person.user, person.name) == (None, "Siti Aminah")


def test_the_same_address_may_sign_up_again(user: User, mails: list[Any]) -> None:
    delete_account(user)
    form = {"name": "Siti", "email": "peneliti@example.org", "password1": PASSWORD, "password2": PASSWORD}
    Client().post(reverse("account_signup"), {**form, "language": "id", "agreement": "on"})
    assert User.objects.filter(email="peneliti@example.org").count() == 1


def test_other_sessions_can_be_ended(signed_in: Client, user: User) -> None:
    other = Client()
    other.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert "this one" not in signed_in.get(reverse("usersessions_list")).content.decode()
    signed_in.post(reverse("usersessions_list"))
    assert other.get(reverse("account")).status_code == 302
    assert signed_in.get(reverse("account")).status_code == 200
