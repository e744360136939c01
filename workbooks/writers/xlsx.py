"""Writes workbooks: a table that people can fill in, with drop-downs and locked keys, row by row to disk."""

import json

from django.utils import timezone

from sakip import colours, type_metrics
from sakip.spreadsheets import A4, DATE_FORMAT, GROUPED_FORMAT, NAME_LIMIT, WHOLE_FORMAT, room_of
from workbooks.columns import fingerprints
from workbooks.columns.sheets import WorkbookKind
from workbooks.readers.workbook import META_SHEET, TEMPLATE_VERSION
from workbooks.services.memory import many_objects
from workbooks.writers import exports as exporting
from workbooks.writers import instructions
from workbooks.writers.exports import SheetExport

ROOM = 1000  # empty rows prepared below the last
LINE, MOST_LINES = 15, 20  # points of height; longer texts are read in the cell itself
MAX_INLINE = 250  # characters that a drop-down's own list may have
LOOKS = {
    "text": {"num_format": "@"},
    "number": {"num_format": f"{GROUPED_FORMAT}.####"},
    "whole": {"num_format": WHOLE_FORMAT},
    "date": {"num_format": DATE_FORMAT, "align": "left"},
}
# Keys are locked so that nobody changes them unawares; there is no password.
ALLOWED = dict.fromkeys(
    (
        "format_cells",
        "format_columns",
        "format_rows",
        "insert_rows",
        "delete_rows",
        "sort",
        "autofilter",
    ),
    True,
)


class WorkbookWriter:
    """An open workbook. Texts are written as texts: `=1+1` stays what it is."""

    def __init__(self, output, kind: WorkbookKind):
        # Only for who writes a workbook.
        import xlsxwriter

        from workbooks.writers.streamed import StreamedSheet

        self.kind = kind
        self.page_class = StreamedSheet
        self.book = xlsxwriter.Workbook(
            output,
            {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
        )
        make = self.book.add_format
        wrap = {
            "text_wrap": True,
            "valign": "top",
            "border": 1,
            "border_color": colours.SHEET_EDGE,
        }
        head = {"bold": True, "text_wrap": True, "valign": "top", "border": 1}
        self.head = make(head | {"bg_color": colours.SHEET_HEAD})
        self.head_key = make(head | {"bg_color": colours.TABLE_HEAD})
        self.formats = {
            (kind, locked): make(
                wrap | look | ({"bg_color": colours.TABLE_FOOT} if locked else {"locked": False})
            )
            for kind, look in LOOKS.items()
            for locked in (True, False)
        }
        self.example = make(wrap | {"italic": True, "font_color": colours.SHEET_EXAMPLE})
        self.lists, self.exports = {}, []
        self.guide = self.book.add_worksheet(instructions.TITLE)

    def close(self):
        instructions.write(self.guide, self.book, self.kind, self.exports)
        self._write_lists()
        self._write_meta()
        self.book.close()

    def add(self, export: SheetExport, *, empty=False):
        """One sheet with a head, the rows (or one that shows how) and room for more."""
        page = self.book.add_worksheet(export.sheet.title[:NAME_LIMIT], self.page_class)
        if not self.exports:
            page.activate()
        self.exports.append(export)
        self._write_head(page, export.columns)
        last = len(export.columns)
        number = (self._write_example if empty else self._write_rows)(page, export)
        self._offer_choices(page, export, number + ROOM)
        page.autofilter(0, 0, max(1, number), last - 1)
        page.protect("", ALLOWED)
        page.set_landscape()
        page.set_paper(A4)
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        page.ignore_errors({"number_stored_as_text": f"A1:XFD{number + ROOM}"})
        return page

    def _write_head(self, page, columns):
        page.freeze_panes(1, sum(column.key for column in columns))
        for position, column in enumerate(columns):
            look = self.formats["text", column.locked]
            page.set_column(position, position, column.width, look)
        last = len(columns)
        page.set_column(last, last, 4, self.formats["text", False], {"hidden": True})
        for position, column in enumerate(columns):
            look = self.head_key if column.key or column.locked else self.head
            page.write_string(0, position, column.label + ("*" if column.required else ""), look)
        page.write_string(0, last, fingerprints.LABEL, self.head_key)

    def _write_example(self, page, export):
        for position, column in enumerate(export.columns):
            page.write_string(1, position, export.sheet.example.get(column.label, ""), self.example)
        return 1

    def _write_rows(self, page, export):
        """An empty cell looks as its column does and need not be written, except in locked keys."""
        looks = [self._looks(column) for column in export.columns]
        page.begin_rows([*looks, {"text": self.formats["text", True]}])
        rooms = [room_of(column.width) for column in export.columns]
        number = 0
        for number, (values, mark) in enumerate(export, 1):
            lines = _lines(values, rooms)
            height = LINE * min(lines, MOST_LINES) if lines > 1 else None
            page.write_whole_row(number, [*values, mark], height)
        return number

    def _looks(self, column):
        locked = column.locked or column.key
        looks = {kind: self.formats[kind, locked] for kind in LOOKS}
        return looks | {"empty": looks["text"]} if column.key else looks

    def _offer_choices(self, page, export, last_row):
        for position, column in enumerate(export.columns):
            offered = column.widget.choices() or self._names(column, export)
            if not offered or column.locked:
                continue
            source = self._source(column, offered)
            page.data_validation(
                1, position, last_row, position,
                {"validate": "list", "source": source, "ignore_blank": True, "error_type": "warning",
                 "error_title": column.label[:32], "error_message": "Pilih salah satu dari daftar."},
            )  # fmt: skip

    def _names(self, column, export):
        shelf = getattr(column.widget, "directory", None)
        return export.directory.names(shelf) if shelf else []

    def _source(self, column, offered):
        if len(",".join(offered)) <= MAX_INLINE and not any("," in name for name in offered):
            return offered
        position, _ = self.lists.setdefault(column.label, (len(self.lists), offered))
        from xlsxwriter.utility import xl_col_to_name

        letters = xl_col_to_name(position, col_abs=True)
        return f"=Pilihan!{letters}$2:{letters}${len(offered) + 1}"

    def _write_lists(self):
        if not self.lists:
            return
        page = self.book.add_worksheet("Pilihan")
        rows = max(len(offered) for _, offered in self.lists.values())
        for number in range(rows + 1):
            for label, (position, offered) in self.lists.items():
                text = (
                    label if number == 0 else offered[number - 1] if number <= len(offered) else ""
                )
                page.write_string(number, position, text)
        page.hide()

    def _write_meta(self):
        page = self.book.add_worksheet(META_SHEET)
        made = {
            "kind": self.kind.name,
            "version": TEMPLATE_VERSION,
            "made": timezone.now().isoformat(),
        }
        page.write_string(0, 0, json.dumps(made))
        page.very_hidden()


def _lines(values, rooms) -> int:
    """About how many lines the row takes: not every program finds the height by itself."""
    lines = 1
    for value, room in zip(values, rooms, strict=True):
        if isinstance(value, str) and not type_metrics.is_short(value, room):
            lines = max(lines, type_metrics.line_count(value, room))
    return lines


def write(output, kind: WorkbookKind, user, *, empty=False):
    """The whole workbook of one kind with the rows that `user` may see, or none of them."""
    write_exports(output, kind, exporting.exports(kind, user), empty=empty)


@many_objects()
def write_exports(output, kind: WorkbookKind, exports, *, empty=False):
    book = WorkbookWriter(output, kind)
    for export in exports:
        book.add(export, empty=empty)
    book.close()
