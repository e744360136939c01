"""What the words in a column of marks mean: Sudah, dalam proses with a percentage, or Belum."""

import re
from typing import NamedTuple

from sakip import notation
from workbooks.word import lettered
from workbooks.word.mapping import (
    DONE,
    IN_PROGRESS,
    MARK,
    MARK_NOT_YET,
    NOT_YET,
    UNKNOWN,
    MarkWord,
)

LONGEST = 60  # characters of a cell that may be a mark
TICKS = frozenset("✓✔√☑☒🗸✅vx")
NOTHING = frozenset("-–—×✗❌☐")
UNFINISHED = re.compile(
    r"\b(?:belum|blm|tidak|tdk) +(?:selesai|tuntas|terlaksana|terpenuhi|semua|semuanya|seluruhnya|"
    r"sepenuhnya|lengkap|optimal|maksimal)\b"
)
BOX = re.compile(r"([☑☒✓✔√☐□]) *([a-z][a-z ]*)")
EMPTY_BOX = re.compile(r"[☐□] *[a-z]")
PERCENT = re.compile(r"(?<![0-9,.])([-–−]?)([0-9]{1,3})(?:[,.]([0-9]{1,2}))?\s?(?:%|persen\b)")
WORD = re.compile(r"[a-z]+")
# Words that take something back: what stands beside them is not finished.
PARTLY = frozenset(
    [
        "sebagian",
        "sebahagian",
        "proses",
        "sedang",
        "berjalan",
        "berproses",
        "progres",
        "progress",
        "tahap",
        "bertahap",
        "masih",
        "berlangsung",
        "sementara",
        "kurang",
        "draf",
        "draft",
        "konsep",
        "diusulkan",
        "usulan",
        "disarankan",
        "diajukan",
        "menunggu",
        "hampir",
    ]
)
PLANNED = frozenset(["akan", "rencana", "direncanakan", "dijadwalkan", "rencananya"])
DONE_WORDS = frozenset(
    ["sudah", "sdh", "selesai", "tuntas", "telah", "ya", "terlaksana", "terpenuhi", "done"]
)
NOT_YET_WORDS = frozenset(["belum", "blm", "tidak", "tdk", "bukan", "not"])
# What may stand beside “Sudah” without saying more than it.
PLAIN = DONE_WORDS | frozenset(
    [
        "ditindaklanjuti",
        "ditindak",
        "lanjuti",
        "dilaksanakan",
        "dilakukan",
        "dipenuhi",
        "diselesaikan",
        "lengkap",
        "semua",
        "semuanya",
        "seluruhnya",
        "sepenuhnya",
        "ada",
        "dibuat",
        "disusun",
        "sesuai",
        "persen",
        "dan",
        "di",
    ]
)


class Meaning(NamedTuple):
    mark: str
    percent: int | None = None
    is_certain: bool = True


def folded(line: str) -> str:
    """The words of a mark, as they are compared: without the letter or bullet that opens them."""
    return notation.plain(lettered.opened(line)[1]).casefold().strip(" .;,:!")


def meaning(line: str, column: str = MARK, known: dict[str, str] | None = None) -> Meaning:
    """`known` is what a person said about words. A tick says what its column is called."""
    word = folded(line)
    found = _meaning(word, column)
    if known and word in known:
        return Meaning(known[word], found.percent)
    return found


def _meaning(word, column):
    if word in TICKS:
        is_crossed = word == "x" and column == MARK
        return Meaning(NOT_YET if is_crossed or column == MARK_NOT_YET else DONE)
    if word in NOTHING:
        return Meaning(NOT_YET if column == MARK else UNKNOWN)
    boxes = BOX.findall(word)
    ticked = [label for sign, label in boxes if sign in TICKS]
    if len(boxes) > 1:
        return _meaning(ticked[0].strip(), column) if len(ticked) == 1 else Meaning(UNKNOWN)
    if match := PERCENT.search(word):
        minus, whole, decimals = match.groups()
        found = _of_percent(word, int(whole))
        if minus and len(match[0]) == len(word):
            return Meaning(UNKNOWN)
        return found._replace(is_certain=False) if (decimals or "").strip("0") else found
    if "?" in word:
        return Meaning(UNKNOWN)
    if UNFINISHED.search(word):
        return Meaning(IN_PROGRESS)
    return Meaning(*_of_words(WORD.findall(word), has_figures=any(map(str.isdecimal, word))))


def _of_percent(word, percent):
    words = set(WORD.findall(word))
    if percent > 100:
        return Meaning(UNKNOWN)
    if percent == 0:
        return Meaning(NOT_YET, 0, not words & DONE_WORDS)
    if percent < 100 or words & (PARTLY | PLANNED | NOT_YET_WORDS):
        return Meaning(IN_PROGRESS, percent, not words & PLANNED)
    return Meaning(DONE if words <= PLAIN else IN_PROGRESS, 100, words <= PLAIN)


def _of_words(words, has_figures):
    """Meaning and certainty. What is not plainly finished is never read as Sudah."""
    found = set(words)
    done, not_yet = found & DONE_WORDS, found & NOT_YET_WORDS
    if found & PARTLY:
        return IN_PROGRESS, None, not found & PLANNED
    if not_yet:
        return (UNKNOWN, None, False) if done else (NOT_YET, None, True)
    if found & PLANNED:
        return (IN_PROGRESS if done else NOT_YET), None, False
    if words and words[0] in DONE_WORDS:
        is_plain = found <= PLAIN and not has_figures
        return (DONE if is_plain else IN_PROGRESS), None, is_plain
    return UNKNOWN, None, False


def is_choice_left(line: str) -> bool:
    """Whether the line is one of several answers to tick, and it was not ticked: “☐ Belum”."""
    return bool(EMPTY_BOX.match(folded(line))) and len(BOX.findall(folded(line))) == 1


def is_mark(line: str) -> bool:
    return len(line) <= LONGEST and bool(meaning(line).mark)


def are_marks(lines: list[str]) -> bool:
    """Whether a cell holds nothing but marks."""
    return bool(lines) and all(map(is_mark, lines))


def words_of(lines, known: dict[str, str]) -> list[MarkWord]:
    """Each word once, with what it means. `lines` are pairs of line and column."""
    found = {}
    for line, column in lines:
        if (word := folded(line)) and word not in found:
            said = meaning(line, column, known)
            found[word] = MarkWord(word, said.mark, said.is_certain and bool(said.mark))
    return list(found.values())
