"""Plain-language summaries and how easy they are to read."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import LogEntry
from evidence.actions import summaries
from evidence.models import MOST_WORDS, PlainSummary
from evidence.readability import Readability, count_words, readability_of, syllables_in
from publications.models import Change
from publications.states import IllegalTransition
from tests.factories.evidence import curator, make_summary
from tests.factories.publications import make_output, some_user, withdraw


class TestReadability:
    @pytest.mark.parametrize(
        ("word", "syllables"),
        [
            ("seni", 2), ("adalah", 3), ("air", 2), ("pantai", 2), ("pulau", 2), ("survei", 2), ("kreativitas", 5),
            ("dia", 2), ("anak-anak", 4), ("OSIS", 4), ("2013", 4), ("PKH", 3), ("a", 1), ("kesejahteraan", 6),
        ],
    )  # fmt: skip
    def test_syllables(self, word: str, syllables: int) -> None:
        assert syllables_in(word) == syllables

    def test_the_correction_of_the_literature(self) -> None:
        """A text of 100 words with 262 syllables and 7.8 sentences is read in Fry's graph at 157 and year 9."""
        read = Readability(words=1000, sentences=78, syllables=2620)
        assert read.syllables_per_hundred == 157
        assert round(read.sentences_per_hundred, 1) == 7.8
        assert abs(read.school_year - 9) <= 1

    def test_short_sentences_are_easier(self) -> None:
        easy = readability_of("Ibu pergi ke pasar. Ia beli ikan. Ikan itu segar.")
        hard = readability_of(
            "Penyelenggaraan kesejahteraan sosial diimplementasikan melalui rehabilitasi berkelanjutan yang "
            "mengintegrasikan pemberdayaan masyarakat dengan perlindungan komprehensif multisektoral."
        )
        assert easy is not None and hard is not None
        assert easy.school_year < 4 < 13 <= hard.school_year
        assert easy.sentences == 3

    def test_decimals_end_no_sentence(self) -> None:
        read = readability_of("Naik 4.5 poin dalam 2.000 rumah tangga. Selesai!")
        assert read is not None and read.sentences == 2

    @given(st.text(max_size=400))
    def test_never_breaks(self, text: str) -> None:
        read = readability_of(text)
        assert (read is None) == (count_words(text) == 0)
        assert read is None or 1 <= read.school_year <= 17


@pytest.mark.django_db
@pytest.mark.usefixtures("vocabularies")
class TestSummaries:
    def test_public_only_when_checked_by_a_second(self) -> None:
        output = make_output()
        summary = make_summary(output, is_checked=False)
        assert summary.checked_on is None
        assert summaries.check(summary, by=curator(), seen=summary.edited_at).checked_by == curator()

    def test_no_words_of_it_stay_in_the_log(self) -> None:
        output, by = make_output(), curator(1)
        summaries.write(output, "Rahasia satu.", "", by=by)
        summaries.write(output, "Rahasia nomor dua.", "Secret.", by=by)
        summaries.discard(output, by=by)
        logged = dict(LogEntry.objects.filter(action__startswith="summary.").values_list("action", "changes"))
        assert logged == {
            "summary.entered": {"text_id": [None, 13], "text_en": [None, 0]},
            "summary.edited": {"text_id": [13, 18], "text_en": [0, 7]},
            "summary.discarded": {"text_id": [18, None]},
        }

    def test_who_wrote_it_does_not_check_it(self) -> None:
        output = make_output()
        summary = summaries.write(output, "Isi.", "", by=curator(1))
        with pytest.raises(PermissionDenied):
            summaries.check(summary, by=curator(1), seen=summary.edited_at)

    def test_nobody_checks_that_of_their_own_paper(self) -> None:
        one = curator(1)
        summary = summaries.write(make_output(one), "Isi.", "", by=curator(2))
        with pytest.raises(PermissionDenied):
            summaries.check(summary, by=one, seen=summary.edited_at)

    def test_a_text_that_changed_meanwhile_is_not_approved_unread(self) -> None:
        output = make_output()
        seen = make_summary(output, is_checked=False).edited_at
        summary = summaries.write(output, "Teks yang lain sama sekali.", "", by=output.owner)
        with pytest.raises(IllegalTransition):
            summaries.check(summary, by=curator(), seen=seen)

    def test_an_edit_makes_it_wait_again(self) -> None:
        output = make_output()
        summary = make_summary(output)
        same = summaries.write(output, summary.text_id, summary.text_en, by=output.owner)
        assert same.checked_on is not None
        before = Change.objects.count()
        assert summaries.write(output, "Lain.", "", by=output.owner).checked_on is None
        assert Change.objects.count() == before + 1

    @pytest.mark.parametrize(
        "texts", [("kata " * (MOST_WORDS + 1), ""), ("Isi.", "word " * 201), ("", "Text."), ("…", "")]
    )
    def test_at_most_two_hundred_words_and_some_in_indonesian(self, texts: tuple[str, str]) -> None:
        output = make_output()
        with pytest.raises(summaries.TooLong):
            summaries.write(output, *texts, by=output.owner)
        assert summaries.write(output, "kata " * MOST_WORDS, "", by=output.owner).pk

    def test_who_may_write(self) -> None:
        output = make_output()
        with pytest.raises(PermissionDenied):
            summaries.write(output, "Isi.", "", by=some_user())
        make_summary(output)
        with pytest.raises(PermissionDenied):
            summaries.discard(output, by=some_user())
        summaries.discard(output, by=output.owner)
        assert not PlainSummary.objects.exists()
        withdraw(output)
        with pytest.raises(PermissionDenied):
            summaries.write(output, "Isi.", "", by=output.owner)

    @pytest.mark.parametrize("columns", [{"checked_on": None}, {"checked_by": None}, {"text_id": ""}])
    def test_the_database_refuses(self, columns: dict[str, object]) -> None:
        make_summary(make_output())
        with pytest.raises(IntegrityError, match="summary_"), transaction.atomic():
            PlainSummary.objects.update(**columns)

    def test_dates_of_history(self) -> None:
        summary = make_summary(make_output(), is_checked=False)
        day = datetime.date(2020, 5, 1)
        assert summaries.check(summary, by=curator(), seen=summary.edited_at, on=day).checked_on == day
