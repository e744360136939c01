"""Which kind of workbook a file is: by what it says of itself, by the names of its sheets, by the heads of its
tables. A mixture, and what nobody recognises, is read as all sheets together, which asks or refuses in words."""

from workbooks.columns.sheets import WorkbookKind
from workbooks.compare.analysis import HELPER_SHEETS
from workbooks.kinds import ALL, KINDS
from workbooks.readers import workbook
from workbooks.readers.workbook import ReadSheet, folded_label

SINGLE = [kind for kind in KINDS.values() if kind is not ALL]


def kind_of(book: list[ReadSheet], directory) -> WorkbookKind:
    template = workbook.template_of(book)
    if template and template.kind in KINDS:
        return KINDS[template.kind]
    tables = [
        one for one in book if not one.is_hidden and one.rows and one.name not in HELPER_SHEETS
    ]
    found = {kind.name for read in tables for kind in _named(read)}
    if not found and len(tables) == 1:
        found = _by_head(tables[0], directory)
    return KINDS[found.pop()] if len(found) == 1 else ALL


def _named(read):
    """The kinds that have a sheet of this name."""
    name = folded_label(read.title or read.name)
    return [kind for kind in SINGLE if name in {folded_label(sheet.title) for sheet in kind.sheets}]


def _by_head(read, directory) -> set[str]:
    """The kinds of which the head names most columns, all keys among them."""
    counts: dict[int, set[str]] = {}
    for kind in SINGLE:
        for sheet_class in kind.sheets:
            sheet = sheet_class()
            columns = sheet.columns()
            head = workbook.find_head(
                read, columns, lambda labels, one=sheet: one.more_columns(labels, directory)
            )
            keys = {column.label for column in columns if column.key}
            if head and keys <= set(head.labels.values()):
                counts.setdefault(len(head.columns), set()).add(kind.name)
    return counts[max(counts)] if counts else set()
