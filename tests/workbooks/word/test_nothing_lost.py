"""Whatever the shape of a table: every word of its cells is in the draft or in a remark, and no mark is
read that does not stand in the file at that renaksi."""

import os
import re

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.workbooks.word import shapes
from tests.workbooks.word.papers import HEAD, add_table, upload
from tests.workbooks.word.shapes import COMPONENTS, MEANING, Said, row_of
from workbooks.word import drafts
from workbooks.word.lettered import parse

STYLES = [*shapes.OPENINGS, "none"]
HEADS = [
    HEAD,
    ["No", "Rekomendasi", "Rencana Aksi", "Keterangan"],
    ["No", "Uraian", "Tindak Lanjut", "Status"],
    ["No", "Hal", "Isi", "Ket."],
]


@st.composite
def recommendations(draw):
    """Each word occurs once in the file, so that a lost one is seen."""
    names = (f"kata{number}x" for number in range(10_000))
    found = []
    for number in range(1, draw(st.integers(1, 4)) + 1):

        def sentence(stop):
            words = [next(names) for _ in range(draw(st.integers(3, 6)))]
            return " ".join([words[0].capitalize(), *words[1:]]) + stop

        count = draw(st.integers(1, 3))
        points = [sentence(";") for _ in range(draw(st.sampled_from([0, 0, 2, 3])))]
        renaksi = [sentence(draw(st.sampled_from([";", ".", ""]))) for _ in range(count)]
        marks = [draw(st.sampled_from([*MEANING, "lihat lampiran"])) for _ in range(count)]
        text = sentence(":" if points else ".")
        found.append(Said(number, COMPONENTS[number - 1], text, points, renaksi, marks))
    return found


@st.composite
def tables(draw):
    """The recommendations, and the rows of their table."""
    says = draw(recommendations())
    style, component = draw(st.sampled_from(STYLES)), draw(st.sampled_from(["line", "colon", ""]))
    marks = draw(st.sampled_from(["same", "none", "a.", "1)", "-"]))
    number = draw(st.sampled_from(["column", "column", "text"]))
    rows = [row_of(said, style, marks, component, number) for said in says]
    if draw(st.booleans()):
        rows = [half for row in rows for half in _cut(row, draw(st.integers(1, 4)))]
    if draw(st.booleans()):
        rows = [[cell.replace(";\n", "; ") for cell in row] for row in rows]
    if draw(st.booleans()):
        rows.append([""] * (len(rows[0]) - 2) + ["Jumlah katajumlah", "3"])
    return says, rows, number


def _cut(row, keep):
    """A row that a page break cut: each cell goes on in the row below after `keep` lines."""
    lines = [cell.split("\n") for cell in row]
    halves = [
        ["\n".join(cell[:keep]) for cell in lines],
        ["\n".join(cell[keep:]) for cell in lines],
    ]
    return halves if any(halves[1]) else [row]


def read(document):
    file = upload(document)
    return drafts.read(file, file.name, COMPONENTS)


def said_by(draft):
    """Without the samples of the columns, which are only shown."""
    return repr((draft.entries, draft.remarks, draft.text, draft.extras)).casefold()


def words_of(rows):
    return set(re.findall(r"kata\w+", " ".join(cell for row in rows for cell in row).casefold()))


FEW = 20
EXAMPLES = int(os.environ.get("EXAMPLES", FEW))  # more of them, and others, by hand


@settings(
    max_examples=EXAMPLES,
    derandomize=EXAMPLES == FEW,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(tables(), st.sampled_from(HEADS), st.integers(0, 3))
def test_random_tables(table, head, break_after):
    says, rows, number = table
    document = docx.Document()
    head = head if number == "column" else head[1:]
    add_table(document, rows[:break_after] if 0 < break_after < len(rows) else rows, head)
    if 0 < break_after < len(rows):
        document.add_paragraph("")
        add_table(document, rows[break_after:], head=None)
    draft = read(document)
    content = said_by(draft)
    halves = [rows[:break_after], rows[break_after:]] if len(document.tables) > 1 else [rows]
    left_out = re.findall(r"Tabel ([12]) tidak dibaca", " ".join(draft.remarks))
    rows = [row for at, half in enumerate(halves, 1) if str(at) not in left_out for row in half]
    if draft.entries:
        assert {word for word in words_of(rows) if word not in content} == set()
    by_number = {said.number: said for said in says}
    for entry in draft.entries:
        _is_not_invented(entry, by_number.get(entry.number))


def _is_not_invented(entry, said):
    """Every mark that was read is the one that the file has for this renaksi, or for all of them."""
    if said is None:
        assert not any(entry.marks.values())
        return
    meaning = {MEANING.get(mark, "") for mark in said.marks}
    for part in entry.renaksi:
        mark = entry.marks[str(part.position)]
        if not mark:
            continue
        text = f"{part.text} {' '.join(part.steps)}"
        own = [
            MEANING.get(said.marks[at], "") for at, one in enumerate(said.renaksi) if one in text
        ]
        assert mark in own or meaning == {mark}, (entry, said)


@pytest.mark.parametrize("shape", [shapes.with_groups, shapes.merged_down])
def test_merged_cells(shape):
    document = shape(shapes.five())
    content = said_by(read(document))
    texts = [cell.text for row in document.tables[0].rows[1:] for cell in row.cells]
    words = {word.casefold() for text in texts for word in re.findall(r"[A-Za-z]{5,}", text)}
    assert {word for word in words if word not in content} == set()


def test_the_check_sees_a_lost_word():
    assert parse("a. kata1x").parts[0].text not in said_by(drafts.TableDraft([]))
