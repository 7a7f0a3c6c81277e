import pytest

from publications.importing.names import parse_family_first, parse_name


@pytest.mark.parametrize(
    ("written", "given", "family"),
    [
        ("Sukarno", "", "Sukarno"),
        ("Merlindha, Astrini", "Astrini", "Merlindha"),
        ("Astrini Merlindha", "Astrini", "Merlindha"),
        ("Dr. Budi Santoso, M.Si.", "Budi", "Santoso"),
        ("Prof. Dr. Ir. Siti Aminah, M.Sc., Ph.D.", "Siti", "Aminah"),
        ("Drs. H. Sutrisno, M.A.", "", "Sutrisno"),
        ("Dra.Hj.S.Anugrahini Irawati,MM", "S.Anugrahini", "Irawati"),
        ("A.Ubaidillah S.Kom", "", "A.Ubaidillah"),
        ("Budi Setyono M.T", "Budi", "Setyono"),
        ("Tri Prasetijowati MSi", "Tri", "Prasetijowati"),
        ("H. P. Edmundson", "H. P.", "Edmundson"),
        ("Jan van der Berg", "Jan", "van der Berg"),
        ("van der Berg, Jan", "Jan", "van der Berg"),
        ("Ahmad bin Abdullah", "Ahmad", "bin Abdullah"),
        ("King, Martin Luther, Jr.", "Martin Luther", "King Jr."),
        ("  Siti   Aminah ;", "Siti", "Aminah"),
    ],
)
def test_names_as_people_write_them(written: str, given: str, family: str) -> None:
    person = parse_name(written)
    assert person is not None
    assert (person.given, person.family) == (given, family)


@pytest.mark.parametrize("written", ["", " , ,", "et al.", "dkk", "...", "123"])
def test_what_is_no_name(written: str) -> None:
    assert parse_name(written) is None


@pytest.mark.parametrize(
    ("written", "given", "family"),
    [("Hull T.H.", "T.H.", "Hull"), ("Tukiran", "", "Tukiran"), ("van der Berg J.-P.", "J.-P.", "van der Berg")],
)
def test_names_of_scopus(written: str, given: str, family: str) -> None:
    person = parse_family_first(written)
    assert person is not None
    assert (person.given, person.family) == (given, family)
