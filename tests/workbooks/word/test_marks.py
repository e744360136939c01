"""What the words in a column of marks mean."""

import pytest

from workbooks.word import marks
from workbooks.word.mapping import DONE, IN_PROGRESS, MARK_DONE, MARK_NOT_YET, NOT_YET, UNKNOWN

PLAIN = {
    DONE: ["Sudah", "a. Sudah", "1) Sudah ditindaklanjuti.", "- Selesai", "A.Sudah", "✓", "Sudah (100%)",
           "100 %", "Telah dilaksanakan", "✅", "100,0 %", "sudah selesai semua", "☑ Sudah ☐ Belum", "Sdh"],
    IN_PROGRESS: ["Sudah sebagian", "Dalam proses", "Telah diusulkan", "Sedang berjalan", "Belum selesai",
                  "Belum sepenuhnya", "Proses", "sudah, menunggu SK"],
    NOT_YET: ["Belum", "-", "x", "❌", "Tidak dapat", "Blm", "☐ Sudah ☑ Belum", "belum ada"],
}  # fmt: skip
PERCENTS = {
    "50%": (IN_PROGRESS, 50),
    "Selesai 50%": (IN_PROGRESS, 50),
    "Sudah 75,5 %": (IN_PROGRESS, 75),
    "25 persen": (IN_PROGRESS, 25),
    "0%": (NOT_YET, 0),
    "100%": (DONE, 100),
    "Belum 100%": (IN_PROGRESS, 100),
    "150%": (UNKNOWN, None),
    "-20%": (UNKNOWN, None),
}
ASKED_ABOUT = {
    "Sudah/Belum": UNKNOWN,
    "Belum/Sudah": UNKNOWN,
    "-%": UNKNOWN,
    "-20%": UNKNOWN,
    "½": UNKNOWN,
    "87,5%": IN_PROGRESS,  # kept as 87
    "Sudah?": UNKNOWN,
    "lihat lampiran": UNKNOWN,
    "☐ Sudah ☐ Belum": UNKNOWN,
    "akan dilaksanakan": NOT_YET,
    "sudah akan dibahas": IN_PROGRESS,
    "Sudah dirapatkan 12/3": IN_PROGRESS,
    "Telah rapat dengan Bappeda": IN_PROGRESS,
}


@pytest.mark.parametrize(
    ("mark", "line"), [(m, line) for m, lines in PLAIN.items() for line in lines]
)
def test_plain_words(mark, line):
    found = marks.meaning(line)
    assert (found.mark, found.is_certain) == (mark, True)


@pytest.mark.parametrize("line", PERCENTS)
def test_percentages(line):
    assert marks.meaning(line)[:2] == PERCENTS[line]


@pytest.mark.parametrize("line", ASKED_ABOUT)
def test_what_a_person_is_asked_about(line):
    (found,) = marks.words_of([(line, "mark")], {})
    assert (found.meaning, found.is_certain) == (ASKED_ABOUT[line], False)


def test_a_tick_says_what_its_column_is_called():
    assert marks.meaning("V", MARK_NOT_YET).mark == NOT_YET
    assert marks.meaning("x", MARK_DONE).mark == DONE


def test_a_person_has_the_last_word():
    assert marks.meaning("a. Sesuai.", known={"sesuai": DONE}).mark == DONE
    assert marks.meaning("Proses 40%", known={"proses 40%": NOT_YET}) == (NOT_YET, 40, True)


def test_an_answer_that_was_not_ticked_is_no_mark():
    assert [marks.is_choice_left(line) for line in ("☐ Belum", "☑ Sudah", "☐", "Belum")] == [
        True, False, False, False
    ]  # fmt: skip
