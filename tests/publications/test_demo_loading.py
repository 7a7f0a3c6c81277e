"""Loading the demo: through the site's own actions, once, and only where it is wanted."""

import datetime
from collections import Counter
from io import StringIO
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import LogEntry, Organisation, Person, Role, User
from conferences.demo import loading as conferences
from evidence.demo import loading as evidence
from publications.demo import accounts, content, loading
from publications.demo.directory import split_degrees
from publications.models import Blob, Change, Comment, CopyRequest, Output, Version

KEYS = [
    "hunian-dahulu-jakarta",  # two versions, a dataset
    "pascarehab-napza-samarinda",  # by the researcher
    "pencegahan-napza-sekolah-babel",  # embargoed
    "layanan-terpadu-kekerasan-anak-kupang",  # restricted
    "dukungan-sebaya-jayapura",  # metadata only
    "harga-warung-penyalur-belitung",  # withdrawn
    "padat-karya-medan",  # submitted
    "pengungsi-konflik-papua-tengah",  # returned
    "konsesi-kerja-disabilitas-batam",  # a draft
]


@pytest.fixture
def some_outputs(monkeypatch: pytest.MonkeyPatch, settings: Any, vocabularies: None) -> None:
    chosen = tuple(output for output in content.outputs() if output["key"] in KEYS)
    monkeypatch.setattr(content, "outputs", lambda: chosen)
    monkeypatch.setattr(evidence, "load", lambda say: 0)  # tests/evidence/test_demo.py looks at the findings
    monkeypatch.setattr(evidence, "wanted", lambda: False)
    monkeypatch.setattr(conferences, "load", lambda say: 0)  # tests/conferences/test_demo_editions.py looks at them
    monkeypatch.setattr(conferences, "wanted", lambda: False)
    settings.DEMO = True


def load(*arguments: str) -> str:
    out = StringIO()
    call_command("load_demo", *arguments, stdout=out)
    return out.getvalue()


def output(key: str) -> Output:
    return Output.objects.get(source="demo", source_id=key)


@pytest.mark.django_db
class TestLoaded:
    @pytest.fixture(autouse=True)
    def _load(self, some_outputs: None) -> None:
        self.said = load()

    def test_everything_as_it_should_be(self) -> None:
        """One load is slow, so that its many sides are looked at together."""
        self.states()
        self.versions_and_files()
        self.access()
        self.people()
        self.traces()
        self.accounts()
        self.public_pages()
        self.second_time_adds_nothing()

    def states(self) -> None:
        assert Counter(Output.objects.values_list("state", flat=True)) == {
            "published": 5, "withdrawn": 1, "unpublished": 3,
        }  # fmt: skip
        assert all(Output.objects.values_list("is_sample", flat=True))
        returned = Version.objects.get(state="returned")
        assert Comment.objects.filter(version=returned).count() == 3
        assert Version.objects.get(state="submitted").claimed_by == User.objects.get(email="kurator@contoh.id")
        draft = Version.objects.get(state="draft")
        assert draft.licence is None and draft.title_id
        assert output("harga-warung-penyalur-belitung").withdrawal_reason.startswith("Ditarik")

    def versions_and_files(self) -> None:
        two = output("hunian-dahulu-jakarta")
        first, second = two.versions.all()
        assert two.current == second and second.change_note
        assert first.published_at is not None and second.published_at is not None
        assert first.submitted_at < first.published_at < second.published_at < timezone.now()
        assert first.published_at.date() > datetime.date(2024, 12, 9)
        assert first.date == datetime.date(2024, 12, 9)
        assert {file.kind for file in second.files.all()} == {"main", "dataset"}
        assert first.files.get(kind="main").blob != second.files.get(kind="main").blob
        assert second.files.get(kind="main").name == "hunian-dahulu-jakarta.pdf"
        for blob in Blob.objects.filter(mime="application/pdf"):
            assert blob.reading_state == "done" and blob.page_count >= 3 and blob.thumbnail
            assert blob.pages.exclude(text="").count() == blob.page_count
            assert not blob.reading["hits"] and not blob.reading["warnings"]

    def access(self) -> None:
        embargoed = output("pencegahan-napza-sekolah-babel").current
        assert embargoed is not None and not embargoed.files_are_open
        assert CopyRequest.objects.get().output == output("layanan-terpadu-kekerasan-anak-kupang")
        hidden = output("dukungan-sebaya-jayapura").current
        assert hidden is not None and not hidden.files.exists()

    def people(self) -> None:
        version = output("pascarehab-napza-samarinda").current
        assert version is not None
        researcher = version.contributors.get(family_name="Norhalimah")
        assert researcher.person is not None and researcher.person.user is not None
        assert researcher.person.user.email == "peneliti@contoh.id"
        assert not researcher.orcid_authenticated
        person = Person.objects.get(family_name="Rohimah")
        assert person.given_name == "" and person.degrees_after == "S.Sos."
        assert Organisation.objects.get(name="Universitas Indonesia").is_confirmed

    def traces(self) -> None:
        assert LogEntry.objects.filter(action="version.published").count() == 7
        assert Change.objects.count() == 8
        tasks = Counter(DBTaskResult.objects.values_list("task_path", flat=True))
        assert set(tasks) == {"accounts.mail.deliver"}, "nothing is read a second time"
        assert tasks["accounts.mail.deliver"] < 15, "no mail about history"

    def accounts(self) -> None:
        for account in accounts.ACCOUNTS:
            user = authenticate(username=account.email, password=accounts.PASSWORD)
            assert isinstance(user, User) and user.role == account.role
            assert EmailAddress.objects.get(user=user).verified
            assert account.email in self.said
        assert {account.role for account in accounts.ACCOUNTS} == set(Role)
        assert accounts.PASSWORD in self.said
        assert not User.objects.get(email=accounts.LIBRARIAN.email).has_usable_password()

    def public_pages(self) -> None:
        client = Client()
        shown = output("hunian-dahulu-jakarta")
        assert 'class="sample"' in client.get(f"/publikasi/{shown.public_id}/").content.decode()
        gone = output("harga-warung-penyalur-belitung")
        assert client.get(f"/publikasi/{gone.public_id}/").status_code == 410

    def second_time_adds_nothing(self) -> None:
        assert "nothing was loaded" in load()
        assert load("--add").count("0 sample outputs") == 1
        assert Output.objects.count() == len(KEYS)


@pytest.mark.django_db
def test_never_outside_the_demo(settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="KESOS_DEMO"):
        load()


@pytest.mark.parametrize(
    ("date", "expected"),
    [("2014", "2015-01-24"), ("2014-11", "2014-12-24"), ("2014-11-25", "2014-12-19")],
)
def test_approved_some_weeks_after_the_date(date: str, expected: str) -> None:
    assert loading.published_on(date).date().isoformat() == expected


def test_nothing_is_approved_in_the_future() -> None:
    assert loading.published_on("2090-01-01") <= timezone.now()


def test_an_embargo_always_lies_ahead() -> None:
    past = {"access": "embargoed", "embargo_until": "2020-01-01"}
    until = loading.embargo_until(past)
    assert until is not None and until > timezone.localdate()
    assert loading.embargo_until({"access": "open"}) is None


def test_a_dataset_has_one_value_a_row() -> None:
    table = {"columns": ["Daerah", "Awal", "Akhir"], "rows": [["Bekasi", "1", "2"]]}
    text = loading.dataset({"key": "contoh", "table": table}).decode()
    assert text.splitlines() == ["data_contoh,daerah,ukuran,nilai", "contoh,Bekasi,Awal,1", "contoh,Bekasi,Akhir,2"]


@pytest.mark.parametrize(
    ("degrees", "expected"),
    [("Dr., M.Si.", ("Dr.", "M.Si.")), ("S.Sos., M.Si.", ("", "S.Sos., M.Si.")), ("Ph.D.", ("", "Ph.D."))],
)
def test_degrees_stand_before_or_after_the_name(degrees: str, expected: tuple[str, str]) -> None:
    assert split_degrees(degrees) == expected
