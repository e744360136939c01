"""How many lines a text takes."""

import pytest

from sakip.type_metrics import line_count, width_of

ROOM = width_of("Biro Organisasi dan")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", 1),
        ("Biro", 1),
        ("Biro Organisasi dan", 1),
        ("Biro Organisasi dan Tata", 2),
        ("Biro Organisasi dan Biro Organisasi dan", 2),
        ("a\n\nb", 3),
        ("W" * 40, 5),
        ("Biro " + "W" * 40, 6),
        ("    Biro Organisasi dan", 2),
        ("\u200b" * 500, 1),
    ],
)
def test_words_go_to_the_next_line_as_a_whole(text, lines):
    assert line_count(text, ROOM) == lines


def test_a_column_without_room_still_has_a_line_for_each_letter():
    assert line_count("abc", 0) >= 2
