"""The umbrella word is a setting, known in both languages and checked at start."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings
from django.utils.translation import override

from taxonomy import umbrella


@pytest.mark.parametrize(
    ("word", "indonesian", "english"),
    [
        ("PMKS", "Penyandang Masalah Kesejahteraan Sosial", "People with social-welfare problems"),
        ("PPKS", "Pemerlu Pelayanan Kesejahteraan Sosial", "People in need of social-welfare services"),
        ("PAS", "Pemerlu Atensi Sosial", "People in need of social attention"),
    ],
)
def test_each_word_is_written_out_in_both_languages(word: str, indonesian: str, english: str) -> None:
    with override_settings(UMBRELLA_TERM=word):
        assert str(umbrella.current()) == word
        assert umbrella.check_umbrella() == []
        with override("id"):
            assert umbrella.current().label == indonesian
        with override("en"):
            assert umbrella.current().label == english


@override_settings(UMBRELLA_TERM="PMSK")
def test_an_unknown_word_stops_the_start_and_names_the_choices() -> None:
    (error,) = umbrella.check_umbrella()
    assert "'PMSK'; it must be one of PMKS, PPKS, PAS" in error.msg
    with pytest.raises(ImproperlyConfigured):
        umbrella.current()
