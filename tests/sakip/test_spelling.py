"""How texts are compared: without case, accents and signs."""

import unicodedata

import pytest

from sakip.spelling import LONGEST_WORD, STRETCH, bare, words_of


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("", ""),
        ("Évaluasi", "evaluasi"),
        ("e\u0301", "e"),
        ("ﬁsik m²", "fisik m2"),
        ("Straße", "strasse"),
        ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
        ("ｗｉｄｅ", "wide"),
        ("RENAKSI 2.B", "renaksi 2.b"),
    ],
)
def test_case_and_accents_do_not_count(text, plain):
    assert bare(text) == plain


def test_a_long_text_keeps_every_letter():
    text = "É" * (2 * STRETCH + 1)
    assert bare(text) == "e" * len(text)
    assert unicodedata.normalize("NFC", text) == text


def test_words_are_told_once_in_their_order():
    assert words_of("Biro b, biro_a 2.b – É") == ["biro", "b", "a", "2", "e"]


def test_an_endless_word_is_cut():
    assert words_of("x" * 200) == ["x" * LONGEST_WORD]
    assert words_of("é" * 200 + " y") == ["e" * LONGEST_WORD, "y"]
