"""Each warning of the working programme: when it is given, when not, and what it says."""

from typing import Any

import pytest

from conferences.actions import submissions
from conferences.actions.programme import Chair
from conferences.models import Edition, ProgrammeSession, Registration, Speaker, Unavailability
from conferences.programme_warnings import Problem, Warning, warnings_of
from conferences.queries.programme import Working
from tests.factories.accounts import make_user
from tests.factories.conferences import committee, make_edition
from tests.factories.programme import accepted, at, make_item, make_room, make_session

pytestmark = pytest.mark.django_db
P = Problem


def found(edition: Edition, *problems: Problem) -> list[Warning]:
    return [one for one in warnings_of(Working(edition)) if one.problem in problems or not problems]


def author(**fields: Any) -> dict[str, Any]:
    return {"given_name": "Siti Nur", "family_name": "Aminah", "is_presenter": True, **fields}


def in_two_rooms(edition: Edition, ends: str = "10:30") -> tuple[ProgrammeSession, ProgrammeSession]:
    one = make_session(edition, ends=ends, room=make_room(edition, "Aula"))
    return one, make_session(edition, room=make_room(edition, "Melati"))


@pytest.mark.parametrize(
    ("first", "second", "is_same"),
    [
        ({"email": "siti@contoh.id"}, {"given_name": "S.", "family_name": "Aminah", "email": "SITI@contoh.id"}, True),
        ({}, {"given_name": "Siti  Nur", "family_name": "AMINAH"}, True),
        ({"orcid": "0000-0002-1825-0097"}, {"given_name": "S.", "orcid": "0000-0002-1825-0097"}, True),
        ({"orcid": "0000-0002-1825-0097"}, {"orcid": "0000-0001-5109-3700"}, False),
        ({}, {"given_name": "Budi"}, False),
        ({"given_name": "", "family_name": "Sukarno"}, {"given_name": "", "family_name": "Sukarno"}, False),
    ],
)
def test_one_person_in_two_places(first: dict[str, Any], second: dict[str, Any], is_same: bool) -> None:
    edition = make_edition()
    one, two = in_two_rooms(edition)
    papers = [accepted(edition, authors=[author(**fields)]) for fields in (first, second)]
    make_item(one, papers[0])
    make_item(two, papers[1])
    warnings = found(edition)
    assert bool(warnings) == is_same
    if is_same:
        text = warnings[0].text
        assert warnings[0].problem == P.TWO_PLACES and "Aula" in text and "Melati" in text
        assert f"#{papers[0].number}" in text and f"#{papers[1].number}" in text
        assert "09.00–09.15 WIB" in warnings[0].when and warnings[0].url.endswith(f"/sesi/{two.pk}/")


def test_who_hands_in_presents_if_nobody_else_does() -> None:
    edition, by = make_edition(), make_user("dewi@contoh.id", name="Dewi Lestari")
    one, two = in_two_rooms(edition)
    make_item(one, accepted(edition, by=by, authors=[{"family_name": "Sukarno"}]))
    make_item(two, accepted(edition, authors=[author(email="dewi@contoh.id")]))
    assert len(found(edition, P.TWO_PLACES)) == 1


def test_a_speaker_is_known_by_name_without_degrees() -> None:
    edition = make_edition()
    one, two = in_two_rooms(edition)
    make_item(one, Speaker.objects.create(edition=edition, name="Prof. Dr. Siti Nur Aminah, M.Si."))
    make_item(two, accepted(edition, authors=[author()]))
    assert len(found(edition, P.TWO_PLACES)) == 1


def test_what_follows_at_once_is_no_clash() -> None:
    edition = make_edition()
    one = make_session(edition, "09:00", "10:00", chairs=(Chair("Ani Wijaya"),), room=make_room(edition))
    make_session(edition, "10:00", "11:00", chairs=(Chair("Ani Wijaya"),), room=one.room)
    assert found(edition) == []


def test_chairs() -> None:
    edition = make_edition()
    committee(edition, "track_chair")
    member = edition.committee.get(role="track_chair")
    assert member.user
    one = make_session(edition, chairs=(Chair(member.name, member=member),), room=make_room(edition, "Aula"))
    make_session(edition, chairs=(Chair("Lain Nama", member.user.email),), room=make_room(edition, "Melati"))
    make_item(one, accepted(edition, by=member.user, authors=[{"family_name": "Sukarno"}]))
    assert [one.problem for one in found(edition)] == [P.CHAIR_TWICE, P.TWO_PLACES, P.CHAIR_OWN]
    assert "Sesi 1" in found(edition, P.CHAIR_OWN)[0].text


def test_a_room_that_is_too_small() -> None:
    edition = make_edition()
    small, large = make_room(edition, "Kecil", capacity=20), make_room(edition, "Besar", capacity=25)
    make_session(edition, "09:00", "10:00", room=small, expected=21)
    make_session(edition, "10:00", "11:00", room=large, expected=25)
    plenary = make_session(edition, "11:00", "12:00", kind="plenary", room=make_room(edition, "Sempit", capacity=1))
    warnings = found(edition, P.ROOM_SMALL)
    assert len(warnings) == 1 and all(word in warnings[0].text for word in ("21", "20", "Kecil"))
    for number in (1, 2):
        Registration.objects.create(
            edition=edition, number=number, state="confirmed", category="student", name=f"Peserta {number}",
            badge_key=f"00000000-0000-4000-8000-00000000000{number}",
        )  # fmt: skip
    assert plenary.title_id in found(edition, P.ROOM_SMALL)[1].text


def test_somebody_who_cannot_come() -> None:
    edition = make_edition()
    session = make_session(edition, room=make_room(edition), chairs=(Chair("Ani Wijaya"),))
    make_item(session, accepted(edition, authors=[author(email="siti@contoh.id")]))
    away = {"edition": edition, "starts_at": at(edition, "09:10"), "ends_at": at(edition, "12:00")}
    Unavailability.objects.create(name="Siti", email="siti@contoh.id", **away)
    Unavailability.objects.create(name="Dr. Ani Wijaya", **away | {"starts_at": at(edition, "10:30")})
    assert [one.text.split(" berhalangan")[0] for one in found(edition, P.UNAVAILABLE)] == ["Siti Nur Aminah"]


def test_sessions_in_one_room() -> None:
    edition = make_edition()
    room = make_room(edition)
    make_session(edition, room=room)
    make_session(edition, "10:00", "11:00", room=room)
    make_session(edition, "11:00", "12:00", room=make_room(edition, "Melati"), kind="posters")
    make_session(edition, "11:00", "11:30", kind="break")
    assert len(found(edition)) == 1 and found(edition)[0].problem == P.ROOM_TWICE
    make_session(edition, "10:45", "11:00", kind="break")  # takes all rooms
    assert len(found(edition, P.ROOM_TWICE)) == 2


def test_outside_and_at_once() -> None:
    edition = make_edition()
    session = make_session(edition, room=make_room(edition))
    make_item(session, "Pengantar", starts_at=at(edition, "08:50"))
    make_item(session, "Penutup", starts_at=at(edition, "10:20"))
    make_item(session, "Selaan", starts_at=at(edition, "09:00"))
    assert [one.problem for one in found(edition)] == [P.OUTSIDE, P.OUTSIDE, P.ITEMS_OVERLAP]
    edition.starts_on = edition.ends_on
    assert len(found(edition, P.OTHER_DAY)) == 1


def test_accepted_and_withdrawn() -> None:
    edition = make_edition()
    session, paper, other = make_session(edition), accepted(edition), accepted(edition)
    make_item(session, paper)
    assert f"#{other.number}" in found(edition, P.NOT_PLACED)[0].text
    submissions.withdraw(paper, "Data belum lengkap.", by=paper.submitter)
    [warning] = found(edition, P.NOT_ACCEPTED)
    assert "ditarik" in warning.text and f"#{paper.number}" in warning.text


def test_statements_do_not_grow(django_assert_max_num_queries: Any) -> None:
    edition = make_edition()
    room = make_room(edition)
    for number in range(4):
        session = make_session(edition, f"{9 + number:02d}:00", f"{10 + number}:00", room=room)
        make_item(session, accepted(edition, authors=[author(email=f"a{number}@contoh.id")]))
        accepted(edition)
    with django_assert_max_num_queries(14):
        warnings_of(Working(edition))
