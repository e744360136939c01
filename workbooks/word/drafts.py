"""Reads a Word file into a draft that people correct: which tables, which columns, which rows."""

from workbooks.readers.guard import WorkbookRefused
from workbooks.word import copies, document, entries, heads, marks, surroundings, tables
from workbooks.word.content import DraftEntry, TableDraft
from workbooks.word.losses import Loss
from workbooks.word.mapping import IGNORED, MARKS, Mapping

__all__ = ["DraftEntry", "TableDraft", "read"]
MAX_ENTRIES = 300
MAX_MARKS = 200  # words that a person is asked about


def read(file, name: str, headings: list[str], mapping: Mapping | None = None) -> TableDraft:
    """`headings` are the names of components; `mapping` is what a person said about this file, or about
    one like it. The draft carries how every table was read, also where none was understood.

    Raises WorkbookRefused where the file has no table or cannot be read.
    """
    found = document.read(file, name)
    if not found.tables:
        raise WorkbookRefused(
            f"{name} tidak berisi tabel. Yang dibaca adalah tabel dengan kolom rekomendasi dan tindak "
            "lanjutnya; salin tabelnya ke dokumen Word, lalu unggah lagi."
        )
    read_as = heads.shapes(found.tables, mapping)
    blocks = tables.read_blocks(read_as, headings)
    if len(blocks.blocks) > MAX_ENTRIES:
        raise WorkbookRefused(
            f"{name} berisi {len(blocks.blocks)} rekomendasi. Paling banyak {MAX_ENTRIES}; "
            "bagi menjadi beberapa berkas."
        )
    known = mapping.meanings if mapping else {}
    draft = TableDraft([entries.entry_of(block, headings, known) for block in blocks.blocks])
    draft.text = "\n".join([found.text, *blocks.titles])[:20_000]
    draft.mapping = Mapping([shape for _, shape in read_as], _mark_words(blocks.blocks, known))
    draft.remarks = found.dropped + [remark for _, shape in read_as for remark in _about(shape)]
    draft.remarks += blocks.remarks
    draft.extras = surroundings.read(found, read_as, blocks.blocks, headings)
    draft.remarks += _left_out(read_as, draft)
    copies.leave_out(draft.entries)
    return draft


def _mark_words(blocks, known):
    lines = [
        (line, kind)
        for block in blocks
        for row in block.cells
        for kind in MARKS
        for line in row.get(kind, ())
    ]
    return marks.words_of(lines, known)[:MAX_MARKS]


def _left_out(read_as, draft):
    """Names the tables of which nothing is read or offered, where another one was read."""
    offered = {one.place for one in draft.extras.scores}
    offered |= {one.place.partition(" baris")[0] for one in draft.extras.pictures}
    widths = {len(shape.columns) for _, shape in read_as if shape.is_read}
    places = {
        shape.table: f"Tabel {shape.table}"
        for part, shape in read_as
        if not shape.is_read and part.inside is None and _has_rows(part, widths)
    }
    numbers = [str(number) for number, place in places.items() if place not in offered]
    if not numbers or not draft.entries:
        return []
    *most, last = numbers
    names = f"{', '.join(most)} dan {last}" if most else last
    return [
        Loss(
            f"Tabel {names} tidak dibaca: bukan tabel tindak lanjut. Bila isinya rekomendasi, atur kolomnya."
        )
    ]


def _has_rows(part, widths):
    """Whether it may be of the tables that are read: as wide, or with figures in columns. The head of a
    memo, a letterhead and signatures are not."""
    rows = [[cell.text for cell in row.cells if cell.text] for row in part.rows]
    if any(":" in texts for texts in rows):
        return False
    return any(
        len(texts) > 2 or (len(texts) == 2 and len(row.cells) in widths)
        for texts, row in zip(rows, part.rows, strict=True)
    )


def _about(shape):
    """What of a table that is read is left out."""
    if not shape.is_read or shape.goes_on:
        return
    unknown = [column for column in shape.columns if column.kind == IGNORED]
    labels = ", ".join(f"“{column.heading[:40]}”" for column in unknown if column.heading)
    if labels and not shape.is_given:
        yield Loss(f"Tabel {shape.table}: kolom {labels} tidak dikenal dan dilewati.")
    elif labels:
        yield f"Tabel {shape.table}: kolom {labels} dilewati."
    if not shape.kinds & set(MARKS):
        yield f"Tabel {shape.table} tidak mempunyai kolom Sudah/Belum; semuanya dibaca Belum."
    if not shape.is_certain:
        yield f"Tabel {shape.table}: arti kolomnya diperkirakan dari isinya; periksa."
