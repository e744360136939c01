"""Asks what an unknown sheet or heading is, when it looks like one that is missing. Nothing is guessed in silence."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from sakip.numbers import roman
from workbooks.compare.plan import Question
from workbooks.readers.workbook import (
    LONGEST_LABEL,
    ReadSheet,
    address,
    find_head,
    folded_label,
    key_of,
)

CLOSE = 0.74
MOST_QUESTIONS = 30  # about one sheet; a table with more strange headings is another table
CONTAINED = 0.8  # the likeness of a name that has all words of the known one, and more
NUMBER = re.compile(rf"[0-9]+|{'|'.join(roman(quarter).lower() for quarter in (1, 2, 3, 4))}")
SYNONYMS = {
    "opd": "perangkat daerah",
    "skpd": "perangkat daerah",
    "no": "nomor",
    "tgl": "tanggal",
    "thn": "tahun",
    "th": "tahun",
    "tahun": "",  # “Realisasi tahun 2023”
    "tl": "tindak lanjut",
    "tlhp": "tindak lanjut",
    "renaksi": "rencana aksi",
    "rekom": "rekomendasi",
    "pj": "penanggung jawab",
    "pic": "penanggung jawab",
    "deadline": "batas waktu",
    "tenggat": "batas waktu",
    "iku": "indikator",
    "triwulan": "tw",
    "user": "pengguna",
    "username": "nama pengguna",
    "email": "pos el",
}


@lru_cache(maxsize=20_000)
def likeness(found: str, known: str) -> float:
    """From 0 to 1. Years and quarters must be equal where the known name has one."""
    ours, theirs = _words(found), _words(known)
    numbers = [word for word in theirs if NUMBER.fullmatch(word)]
    if numbers and numbers != [word for word in ours if NUMBER.fullmatch(word)]:
        return 0
    ratio = SequenceMatcher(None, " ".join(ours), " ".join(theirs)).ratio()
    return max(ratio, CONTAINED) if theirs and set(theirs) <= set(ours) else ratio


def _words(name):
    words = [SYNONYMS.get(word, word) for word in folded_label(name).split()]
    return " ".join(words).split() or folded_label(name).split()


def closest(found: str, known: Iterable[str]) -> list[str]:
    """These names, the most similar one first; a name that is not similar comes last, by its order."""
    scores = {name: likeness(found, name) for name in known}
    return sorted(scores, key=lambda name: -scores[name] if scores[name] >= CLOSE else 0)


def is_like(found: str, known: str) -> bool:
    return likeness(found, known) >= CLOSE


def about_headings(read: ReadSheet, head, absent, likely) -> list[Question]:
    """`absent` are the columns of the sheet that were not found, `likely` columns of years and the like.

    Every unknown heading is asked about while a key is missing, else those that look like a column.
    """
    if head is None:
        return []
    labels = [column.label for column in absent]
    taken = set(head.labels.values())
    found = []
    for position, label in head.unknown.items():
        if label in read.named or len(label) > LONGEST_LABEL or len(found) == MOST_QUESTIONS:
            continue
        more = [column.label for column in likely(label) if column.label not in taken]
        options = closest(label, dict.fromkeys([*labels, *more]))
        proposed = options[0] if options and is_like(label, options[0]) else ""
        if proposed or (options and any(column.key for column in absent)):
            cell = address(position, head.row)
            key = key_of(read.name, label)
            found.append(Question(key, read.name, cell, label, proposed, tuple(options)))
    return found


def about_sheets(unread: Iterable[ReadSheet], sheets: Iterable, directory) -> list[Question]:
    """`unread` are visible sheets that stand for nothing, `sheets` the known ones that were not found."""
    found, sheets = [], list(sheets)
    for read in unread:
        options = closest(read.name, [sheet.title for sheet in sheets])
        proposed = options[0] if options and is_like(read.name, options[0]) else ""
        proposed = proposed or _by_its_head(read, sheets, directory)
        if proposed and read.title is None:
            options = [proposed, *(title for title in options if title != proposed)]
            found.append(Question(read.name, read.name, "", read.name, proposed, tuple(options)))
    return found


def _by_its_head(read, sheets, directory):
    """The known sheet whose key columns this one has; empty when it is none."""
    for sheet in sheets:
        columns = sheet.columns()
        head = find_head(
            read, columns, lambda labels, one=sheet: one.more_columns(labels, directory)
        )
        keys = {column.label for column in columns if column.key}
        if head and keys <= set(head.labels.values()):
            return sheet.title
    return ""
