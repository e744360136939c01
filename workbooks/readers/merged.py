"""Cells that are merged downwards: what such a cell says holds for every row that it covers."""

from collections import defaultdict

from workbooks.readers.workbook import Head, ReadSheet, address

SHOWN = 3  # cells that a remark names


def fill_down(read: ReadSheet, head: Head) -> list[tuple[str, str]]:
    """Repeats the values of understood columns below the head; returns pairs of a cell and a remark.

    One remark for each column.
    """
    rows, filled = dict(read.rows), defaultdict(list)
    for top, column, last in read.merged_down:
        if top <= head.row or column - 1 not in head.columns or top not in rows:
            continue
        value = _cell(rows[top], column)
        covered = [number for number in range(top + 1, last + 1) if number in rows]
        for number in covered:
            if column <= len(rows[number]) and _cell(rows[number], column) in ("", None):
                rows[number][column - 1] = value
        if covered and value not in ("", None):
            filled[column].append((top, last))
    return [_remark(column, sorted(areas), head) for column, areas in sorted(filled.items())]


def _cell(values, column):
    return values[column - 1] if column <= len(values) else None


def _remark(column, areas, head):
    places = [f"{address(column - 1, top)}:{address(column - 1, last)}" for top, last in areas]
    more = f", dan {len(places) - SHOWN} lagi" if len(places) > SHOWN else ""
    label = head.labels[column - 1]
    return (
        address(column - 1, areas[0][0]),
        f"Kolom “{label}” berisi sel yang digabung ke bawah ({', '.join(places[:SHOWN])}{more}). "
        "Isinya dibaca untuk setiap baris yang dicakupnya.",
    )
