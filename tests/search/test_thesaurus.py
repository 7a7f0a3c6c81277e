"""What else is meant by what somebody asks for."""

from search.thesaurus import Entry, Slot, Thesaurus

ENTRIES = [
    Entry("lansia", "lanjut usia", "canonical", False),
    Entry("lansia", "lansia", "abbr", False),
    Entry("lansia", "jompo", "old", False),
    Entry("lansia", "elderly", "en", False),
    Entry("lansia", "panti werdha", "narrow", False),
    Entry("lansia_terlantar", "lanjut usia terlantar", "canonical", False),
    Entry("lansia_terlantar", "LUT", "abbr", True),
    Entry("lansia_terlantar", "lansia terlantar", "syn", False),
    Entry("tas", "taman anak sejahtera", "canonical", False),
    Entry("tas", "TAS", "abbr", True),
    Entry("abh", "anak yang berhadapan dengan hukum", "canonical", False),
    Entry("abh", "ABH", "abbr", False),
    Entry("gelandangan", "gelandangan", "canonical", False),
    Entry("gelandangan", "gepeng", "abbr", False),
    Entry("pengemis", "pengemis", "canonical", False),
    Entry("pengemis", "gepeng", "abbr", False),
    Entry("anak_terlantar", "anak terlantar", "canonical", False),
    Entry("anak_terlantar", "AT", "abbr", True),
    Entry("disabilitas", "penyandang disabilitas", "canonical", False),
    Entry("disabilitas", "disabilitas", "syn", False),
    Entry("disabilitas", "penyandang cacat", "old", False),
    Entry("disabilitas", "cacat", "old", False),
]
THESAURUS = Thesaurus(ENTRIES)


def expand(text: str) -> list[Slot]:
    return THESAURUS.expand(text)


def others(text: str) -> dict[tuple[str, ...], set[str]]:
    """The stems of each slot with the other terms that are looked up."""
    return {slot.stems: {alternative.term for alternative in slot.alternatives} for slot in expand(text)}


def test_a_term_stands_for_its_group() -> None:
    assert others("lansia") == {("lansia",): {"lanjut usia", "jompo", "elderly", "panti werdha"}}
    assert others("Lanjut  USIA") == {("lanjut", "usia"): {"lansia", "jompo", "elderly", "panti werdha"}}


def test_narrow_goes_one_way() -> None:
    assert others("panti werdha") == {("panti", "werdha"): set()}
    (slot,) = expand("lansia")
    weights = {alternative.term: alternative.weight for alternative in slot.alternatives}
    assert weights["panti werdha"] < weights["elderly"] < weights["lanjut usia"] < 1


def test_old_finds_and_is_found_but_is_not_shown() -> None:
    assert "lansia" in {alternative.term for alternative in expand("jompo")[0].alternatives}
    shown = {alternative.term: alternative.shown for alternative in expand("lansia")[0].alternatives}
    assert shown["jompo"] is False and shown["lanjut usia"] is True


def test_a_longer_term_takes_its_words_and_keeps_them_as_parts() -> None:
    (slot,) = expand("lansia terlantar")
    assert slot.stems == ("lansia", "telantar")
    assert {alternative.stems for alternative in slot.alternatives} == {("lanjut", "usia", "telantar")}
    assert [part.stems for part in slot.parts] == [("lansia",), ("telantar",)]
    assert "jompo" in {alternative.term for alternative in slot.parts[0].alternatives}


def test_stop_words_within_a_term_do_not_matter() -> None:
    for asked in ("anak yang berhadapan dengan hukum", "anak berhadapan hukum", "Anak-anak berhadapan dengan hukum"):
        assert others(asked) == {("anak", "hadap", "hukum"): {"ABH"}}


def test_ambiguous_abbreviations_only_as_written() -> None:
    assert others("TAS di Jakarta")[("tas",)] == {"taman anak sejahtera"}
    assert others("tas sekolah")[("tas",)] == others("Tas sekolah")[("tas",)] == set()
    assert others("TAS SEKOLAH ANAK")[("tas",)] == set()  # who writes all in capitals means nothing by it
    assert others("LUT") == {("lut",): {"lanjut usia terlantar", "lansia terlantar"}}
    assert others("AT di panti")[("at",)] == {"anak terlantar"} and others("at home") == {("home",): set()}
    assert others("abh") == {("abh",): {"anak yang berhadapan dengan hukum"}}


def test_a_word_is_not_looked_up_for_an_abbreviation() -> None:
    assert others("taman anak sejahtera") == {("taman", "anak", "sejahtera"): set()}


def test_a_term_of_two_groups_stands_for_both() -> None:
    assert others("gepeng") == {("gepeng",): {"gelandangan", "pengemis"}}
    assert others("pengemis") == {("emis",): {"gepeng"}}


def test_what_would_find_nothing_more_is_left_out() -> None:
    assert others("disabilitas") == {("disabilitas",): {"cacat"}}


def test_places_and_order_follow_the_text() -> None:
    text = "Peran lansia, dan gepeng/TAS!"
    assert [text[slot.start : slot.end] for slot in expand(text)] == ["Peran", "lansia", "gepeng", "TAS"]


def test_nothing_asked_or_known() -> None:
    assert expand("") == expand("dan yang di") == []
    assert Thesaurus([]).expand("lansia") == [Slot(("lansia",), 0, 6)]
    assert Thesaurus([Entry("x", "dan", "canonical", False)]).expand("dan") == []
