"""How tables were understood is written down, and what a person says about it is obeyed."""

import json

import docx

from tests.workbooks.word.papers import add_table, upload
from tests.workbooks.word.shapes import COMPONENTS, expected, five, paper, read_back, row_of
from workbooks.word import drafts
from workbooks.word.content import TableDraft
from workbooks.word.mapping import IGNORED, MARK, NUMBER, TEXT, WORK, MarkWord

HEAD = ["Butir", "Hal", "Isi", "Hasil"]


def read(document, mapping=None):
    file = upload(document)
    return drafts.read(file, file.name, COMPONENTS, mapping)


def unclear():
    """A table that nothing is known of: its marks are words of the office."""
    return paper([row_of(said) for said in five(("OK banget", "Nanti"))], HEAD)


def mapped(mapping, kinds=(NUMBER, TEXT, WORK, MARK)):
    for column, kind in zip(mapping.tables[0].columns, kinds, strict=True):
        column.kind = kind
    return mapping


def test_what_a_person_says_is_read():
    found = read(unclear()).mapping
    assert not found.tables[0].is_read
    mapping = mapped(found)
    mapping.marks = [MarkWord("ok banget", "done"), MarkWord("nanti", "not_yet")]
    draft = read(unclear(), mapping)
    assert read_back(draft.entries) == expected(five(("Sudah", "Belum")))
    assert (draft.mapping.is_certain, draft.mapping.tables[0].is_given) == (True, True)
    assert draft.remarks == []


def test_words_of_marks_are_listed_to_be_asked_about():
    draft = read(unclear(), mapped(read(unclear()).mapping))
    assert draft.mapping.marks == [MarkWord("ok banget", "", False), MarkWord("nanti", "", False)]
    assert not draft.mapping.is_certain


def test_another_file_with_the_same_head_is_read_alike():
    mapping = mapped(read(unclear()).mapping)
    document = docx.Document()
    add_table(document, [["1", "Pengukuran", "30,00"]], ["No", "Komponen", "Nilai"])
    add_table(document, [row_of(said) for said in five()[2:]], HEAD)
    draft = read(document, mapping)
    assert read_back(draft.entries) == expected(five()[2:])
    assert [shape.is_given for shape in draft.mapping.tables] == [False, True]


def test_a_table_may_be_left_out():
    document = paper([row_of(said) for said in five()])
    mapping = mapped(read(document).mapping, [IGNORED] * 4)
    draft = read(document, mapping)
    assert (draft.entries, draft.mapping.tables[0].is_read) == ([], False)


def test_a_person_says_which_rows_are_the_head():
    document = paper([["x", "y", "z", "q"], *(row_of(said) for said in five())], HEAD)
    mapping = mapped(read(document).mapping)
    mapping.tables[0].head_rows = 2
    draft = read(document, mapping)
    assert read_back(draft.entries) == expected(five())
    assert draft.mapping.tables[0].columns[1].heading == "Hal y"


def test_a_table_that_goes_on_does_so_when_it_is_read_again():
    rows = [row_of(said) for said in five()]
    document = paper(rows[:2])
    document.add_paragraph("")
    add_table(document, rows[2:], head=None)
    draft = read(document, read(document).mapping)
    assert read_back(draft.entries) == expected(five())
    assert [shape.goes_on for shape in draft.mapping.tables] == [False, True]


def test_a_draft_survives_its_storage():
    draft = read(paper([row_of(said) for said in five(("Sudah", "50%"))]))
    assert TableDraft.from_json(json.loads(json.dumps(draft.as_json()))) == draft


def test_a_draft_that_was_stored_earlier_still_loads():
    entry = {"place": "Tabel 1 baris 2", "number": 1, "heading": "", "text": "Teks.", "follow_up": "Rapat.",
             "marks": {"1": "done"}, "units": {}, "statuses": {"1": "in_progress"}, "leads": {},
             "is_included": True, "remarks": []}  # fmt: skip
    draft = TableDraft.from_json({"entries": [entry], "remarks": [], "text": ""})
    assert (draft.entries[0].plans, draft.mapping.tables, draft.extras.notes) == ({}, [], [])
