"""What a typed text asks for, and how it is marked in what was found."""

import pytest

from sakip.finding.asked import Asked, ItemNumber, read_item, says
from sakip.finding.marking import excerpt, marked


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("2.b", ItemNumber(2, 2, None, ())),
        ("2 b", ItemNumber(2, 2, None, ())),
        ("Renaksi 3A 2023", ItemNumber(3, 1, 2023, ())),
        ("3a/2023", ItemNumber(3, 1, 2023, ())),
        ("2023 3a", ItemNumber(3, 1, 2023, ())),
        ("rekomendasi nomor 4", ItemNumber(4, None, None, ())),
        ("12aa", ItemNumber(12, 27, None, ())),
        ("3a LHE 2022 dinas pariwisata", ItemNumber(3, 1, 2022, ("dinas", "pariwisata"))),
    ],
)
def test_a_number_is_read_as_people_write_it(text, item):
    assert read_item(text) == item


@pytest.mark.parametrize("text", ["", "2023", "program 2", "065/12 x", "b2", "1234", "2021 2022 3"])
def test_other_texts_are_words(text):
    assert read_item(text) is None


@pytest.mark.parametrize(
    ("text", "is_too_short"), [("a", True), ("2", False), ("a b", True), ("ab", False)]
)
def test_one_letter_is_no_word_to_look_for(text, is_too_short):
    assert Asked(text).is_too_short is is_too_short


@pytest.mark.parametrize("text", ["", " ", "%_", "\"'--;*", "…"])
def test_signs_alone_ask_for_nothing(text):
    assert Asked(text).is_empty


def test_every_word_must_begin_a_word_of_the_text():
    assert says("Évaluasi kinerja 065/Org", Asked("EVAL org").words)
    assert not says("Evaluasi kinerja", Asked("aluasi").words)
    assert not says("Evaluasi kinerja", Asked("evaluasi rapat").words)


@pytest.mark.parametrize(
    ("text", "asked", "shown"),
    [
        ("Target & hasil", "tar", "<mark>Tar</mark>get &amp; hasil"),
        ("<b>target</b>", "b", "&lt;<mark>b</mark>&gt;target&lt;/<mark>b</mark>&gt;"),
        ("ﬁsik", "fis", "<mark>ﬁsik</mark>"),
        ("batarget", "tar", "batarget"),
        ("Renaksi 2.b", "2.b", "Renaksi <mark>2</mark>.<mark>b</mark>"),
    ],
)
def test_the_beginning_of_a_word_is_marked(text, asked, shown):
    assert marked(text, Asked(asked).words) == shown


def test_an_excerpt_stands_around_the_first_word():
    long = "awal " * 60 + "sasaran " + "akhir " * 60
    piece = excerpt(["lain", long], ("sasaran",))
    assert piece.startswith("…awal") and "sasaran" in piece and piece.endswith("akhir…")
    assert len(piece) < 160
    assert excerpt(["", "lain"], ("sasaran",)) == "lain"
    assert excerpt(["", " "], ("sasaran",)) == ""
