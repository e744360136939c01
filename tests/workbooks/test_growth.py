"""The worst input for every pattern that reads a workbook or a Word file."""

import io
import zipfile
from contextlib import suppress

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from sakip import notation
from tests.growth import WORST, ends, much
from workbooks.columns import cells
from workbooks.readers import guard, workbook
from workbooks.readers.guard import WorkbookRefused
from workbooks.word import copies, drafts, heads, lettered, marks, tables
from workbooks.word.document import WordCell, WordRow, WordTable

SHEET = "xl/worksheets/sheet1.xml"


def archive(name, content):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        others = {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} - {name}
        for other in others:
            book.writestr(other, "<x/>")
        book.writestr(name, content)
    return SimpleUploadedFile("buku.xlsx", file.getvalue())


@pytest.mark.parametrize(
    ("part", "content"),
    [
        (SHEET, much("<c ")),
        (SHEET, much("<x:c ", end="<f")),
        (SHEET, much('<c r="A1" ', end="<f")),
        (SHEET, much(' r="A1"', start="<c", end="<f")),
        (SHEET, much(' r="A1"', start="<c>", end="<f")),
        (SHEET, much('<c t="e" ')),
        (SHEET, much(' t="e"', start="<c")),
        (SHEET, much("<")),
        (SHEET, much("c:", start="<")),
        (SHEET, much("c", start="<", end="<f")),
        (SHEET, much(" ", start='<c r="A1">', end="<f")),
        ("xl/workbook.xml", much("<sheet ")),
        ("xl/workbook.xml", much("a", start="<sheet ", end=">")),
        ("xl/workbook.xml", much('a="', start="<sheet ", end=">")),
        ("xl/workbook.xml", much("a ", start="<sheet ", end=">")),
        ("xl/workbook.xml", much(" ", start="<sheet a", end=">")),
        ("xl/_rels/workbook.xml.rels", much("<Relationship ")),
        ("content.xml", much("<a>")),
        ("content.xml", much(' a="1"', start="<a", end="/>")),
    ],
)
def test_the_guard_looks_at_a_workbook_once(part, content):
    file = archive(part, content)
    assert ends(lambda: guard.check(file, file.name), expected=WorkbookRefused)


READERS = {
    "label": workbook.folded_label,
    "html of notation": notation.to_html,
    "plain notation": notation.plain,
    "normal notation": notation.normal,
    "letters": lettered.parse,
    "marked": lambda text: lettered.is_marked(text, text.split("\n")),
    "mark": marks.meaning,
    **{
        f"cell {kind.__name__}": kind().clean
        for kind in (
            cells.TextWidget,
            cells.LinesWidget,
            cells.RichTextWidget,
            cells.NumberWidget,
            cells.WholeWidget,
            cells.DayWidget,
        )
        + (cells.EmailWidget, cells.FlagWidget, cells.LetterWidget)
    },
}


@pytest.mark.parametrize("reader", READERS)
def test_every_reader_of_a_text_reads_it_once(reader):
    def read_all():
        for text in WORST.values():
            with suppress(ValueError):
                READERS[reader](text)

    assert ends(read_all)


def table(rows):
    head = ["No", "Rekomendasi", "Tindak Lanjut", "Sudah/Belum"]
    return WordTable(
        1,
        [
            WordRow(number, [WordCell(text.split("\n"), at, at + 1) for at, text in enumerate(row)])
            for number, row in enumerate([head, *rows], 1)
        ],
    )


@pytest.mark.parametrize(
    "row",
    [
        ["", "Rekomendasi {0}.", "Rapat", "Sudah"],
        ["1", "Rekomendasi {0}.", "Rapat", "Sudah"],
        ["", "ab. {0}", "ab. {0}", "ab. Sudah"],
        ["", "Perencanaan Kinerja", "", ""],
    ],
)
def test_a_long_table_is_read_row_by_row(row):
    found = table([[text.format(number) for text in row] for number in range(5000)])
    names = ["Perencanaan Kinerja"]
    assert ends(lambda: tables.read_blocks(heads.shapes([found], None), names))


def test_many_entries_are_compared_by_their_words():
    text = " ".join(f"kata{number}" for number in range(300))
    entries = [
        drafts.DraftEntry(f"Baris {number}", None, "", f"{text} {number} " * 2, text)
        for number in range(drafts.MAX_ENTRIES)
    ]
    for number, entry in enumerate(entries):
        entry.text = entry.text.replace("kata", f"kata{number % 2}x{number}")
    assert ends(lambda: copies.leave_out(entries))
