"""A sheet of xlsxwriter whose rows are written whole: a third of the time that its cells take one by one."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

OPENINGS = dict.fromkeys(("whole", "number", "date"), "><v>")
OPENINGS |= {"text": ' t="inlineStr"><is><t', "empty": "/>"}


class StreamedSheet(Worksheet):
    """Only for a workbook in constant memory: a row goes straight to the file of the sheet's rows.

    Texts are written as texts, whatever they look like.
    """

    def begin_rows(self, looks: Sequence[dict[str, object]]):
        """`looks` has the formats of each column by the kind of value: text, whole, number, date.

        A column with a look "empty" gets cells also where there is no value.
        """
        self._columns = [
            (
                f'<c r="{xl_col_to_name(place)}',
                {
                    kind: f'" s="{look._get_xf_index()}"{OPENINGS[kind]}'
                    for kind, look in formats.items()
                },
            )
            for place, formats in enumerate(looks)
        ]
        self._days: dict[date, str] = {}
        self._check_dimensions(0, len(looks) - 1)

    def write_whole_row(self, number: int, values: Sequence, height: int | None = None):
        """Rows come in their order. `height` in points."""
        self._write_single_row(number)  # the one before, where it was written cell by cell
        self._check_dimensions(number, 0)
        name = str(number + 1)
        high = f' ht="{height}" customHeight="1"' if height else ""
        cells = [f'<row r="{name}"{high}>']
        for value, (opening, looks) in zip(values, self._columns, strict=True):
            if isinstance(value, str):
                kept = "" if len(value.strip()) == len(value) else ' xml:space="preserve"'
                text = self._escaped(value)
                cells.append(f"{opening}{name}{looks['text']}{kept}>{text}</t></is></c>")
            elif value is not None:
                kind, figure = self._figure(value)
                cells.append(f"{opening}{name}{looks[kind]}{figure}</v></c>")
            elif "empty" in looks:
                cells.append(f"{opening}{name}{looks['empty']}")
        cells.append("</row>")
        self.fh.write("".join(cells))

    def _figure(self, value: date | int | Decimal) -> tuple[str, str]:
        if isinstance(value, date):
            if value not in self._days:
                self._days[value] = f"{self._convert_date_time(value):.16G}"
            return "date", self._days[value]
        return "whole" if isinstance(value, int) else "number", f"{value:.16G}"

    def _escaped(self, text: str) -> str:
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        if "_x" in text or not text.replace("\n", "").isprintable():
            return self._escape_control_characters(text)
        return text
