"""Each address of the day itself and each role."""

from typing import Any

import pytest
from django.test import Client

from conferences.actions import certificates
from conferences.models import CertificateKind, CommitteeRole, Edition
from conferences.urls import day
from tests.factories.accounts import make_user
from tests.factories.conferences import committee
from tests.factories.desk import chair_of
from tests.factories.the_day import check_in, edition_today, make_participant, make_session

pytestmark = pytest.mark.django_db
ROLES = [None, "stranger", "administrator", *CommitteeRole.values]
CERTIFIERS = {"chair", "secretary", "administrator"}
REGISTRARS = CERTIFIERS | {"registration"}
POSTS = {
    "presensi/catat/", "kehadiran/batalkan/{check_in}/", "sertifikat/terbitkan/", "sertifikat/buat/",
    "sertifikat/kabari/", "sertifikat/{certificate}/cabut/", "sertifikat/{certificate}/terbitkan-lagi/",
}  # fmt: skip
PAGES = {
    "tanda-pengenal/", "tanda-pengenal.pdf", "presensi/", "presensi/peserta/", "presensi/hadir/", "kehadiran/",
    "kehadiran/pintu/", "kehadiran/pintu.csv", "kehadiran/{session}/", "kehadiran/{session}.csv", "sertifikat/",
    "sertifikat.zip", "sertifikat/kemajuan/", "sertifikat/{certificate}/", "sertifikat/{certificate}.pdf",
}  # fmt: skip


def filled(edition: Edition) -> dict[str, Any]:
    row = check_in(make_participant(edition))
    (made,) = certificates.issue(edition, {CertificateKind.PARTICIPANT}, [], by=chair_of(edition))
    return {"check_in": row.pk, "certificate": made.pk, "session": make_session(edition).pk}


def sign_in(client: Client, edition: Edition, role: str | None) -> None:
    if role in CommitteeRole.values:
        client.force_login(committee(edition, role))
    elif role:
        client.force_login(make_user(f"{role}@contoh.id", role="administrator" if role != "stranger" else "researcher"))


def allowed(path: str) -> set[str]:
    return CERTIFIERS if path.startswith("sertifikat") else REGISTRARS


def test_no_address_is_forgotten() -> None:
    at_desk = [str(entry.pattern) for entry in day.urlpatterns if str(entry.pattern).startswith("panitia")]
    assert len(at_desk) == len(PAGES | POSTS)


@pytest.mark.parametrize("role", ROLES)
def test_every_address_and_role(client: Client, role: str | None) -> None:
    edition = edition_today()
    pks = filled(edition)
    sign_in(client, edition, role)
    for path in sorted(PAGES | POSTS):
        address = f"/panitia/{edition.slug}/{path.format(**pks)}"
        got = client.post(address) if path in POSTS else client.get(address)
        if role is None:
            assert got.status_code == 302 and "/akun/masuk/" in got["Location"], path
        elif role in allowed(path):
            assert got.status_code not in (302, 403) or path in POSTS, path
            assert got.status_code != 403, path
            other = client.get(address) if path in POSTS else client.post(address)
            assert other.status_code == 405 or path == "presensi/", path
        else:
            assert got.status_code == 403, path


def test_an_archived_edition_checks_nobody_in(client: Client) -> None:
    edition = edition_today()
    pks = filled(edition)
    Edition.objects.filter(pk=edition.pk).update(state="archived")
    sign_in(client, edition, "chair")
    for path in ("presensi/", "presensi/catat/", "kehadiran/batalkan/{check_in}/"):
        address = f"/panitia/{edition.slug}/{path.format(**pks)}"
        assert client.post(address).status_code == 403, path
    for path in ("kehadiran/", "kehadiran/pintu/", "sertifikat/", "tanda-pengenal/"):
        assert client.get(f"/panitia/{edition.slug}/{path}").status_code == 200, path
    assert client.get(f"/panitia/{edition.slug}/presensi/").status_code == 403
