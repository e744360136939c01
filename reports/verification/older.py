"""Makes snapshots of version 1, which have no keys, comparable with other snapshots.

They hold the title of a section, its printed rows, and records [key, name, values] without the cell
that gave the name. Subtitles, pictures, charts, letterheads and heads are not stored in them, so no
changes of these are reported.
"""

import re
from typing import Any

from reports.verification.snapshot import CAPTION, numbered, shortened

KEYED = 2  # the first version with keys
PLACE = re.compile(r"(\d+|[a-z])\.")
FOOTER = "footer:"
WHOLE = "isi"  # key of the only record of a passage or a head


def is_old(snapshot: dict[str, Any]) -> bool:
    return snapshot.get("version", 1) < KEYED


def alike(before: dict[str, Any], after: dict[str, Any]) -> tuple[list, list, bool]:
    """Returns the sections of both as `changes.py` reads them, and whether one snapshot holds less."""
    if not (is_old(before) or is_old(after)):
        return before["sections"], after["sections"], False
    rows = {
        _place(section)
        for snapshot in (before, after)
        if is_old(snapshot)
        for section in snapshot["sections"]
        if "rows" in section and _says_rows(section)
    }
    return _reduced(before, rows), _reduced(after, rows), True


def _place(section):
    return section["title"], tuple(section.get("labels", ()))


def _says_rows(section):
    """Returns whether every record of an old table is one row, so that its printed rows can be used."""
    known = set(section["labels"])
    said = {label for _, _, values in section["records"] for label, _ in values}
    count = len(section["rows"]) + len(section["footer"])
    is_full = all(values for _, _, values in section["records"])
    return is_full and count == len(section["records"]) and said <= known


def _reduced(snapshot, by_rows):
    sections = [
        _section(section, _place(section) in by_rows)
        for section in snapshot["sections"]
        if section.get("kind", "table") in ("table", "prose")
    ]
    values = [["Judul", snapshot.get("title", "")], ["Anak judul", snapshot.get("subtitle", "")]]
    head = _record(snapshot.get("title", ""), [pair for pair in values if pair[1]])
    about = _about("facts", snapshot.get("title", ""), [head | {"key": WHOLE}])
    return [*sections, about | {"key": "kepala"}]


def _about(kind, title, records, **more):
    return {"key": "", "kind": kind, "title": title, "head": [], "records": records} | more


def _section(section, by_rows):
    records = [_plain(record) for record in section["records"]]
    if "rows" not in section:
        return _about("prose", section["title"], [_with_captions(records)])
    totals = [record for record, is_total in records if is_total]
    totals += [_plain(record)[0] for record in section.get("totals", ())]
    body = [record for record, is_total in records if not is_total]
    if by_rows:
        body = [_row(section["labels"], row) for row in section["rows"]]
    kept = {"labels": section["labels"], "notes": section.get("notes", [])}
    return _about("table", section["title"], body, totals=totals, **kept)


def _record(name, values, places=()):
    return {"key": "", "name": shortened(name), "values": list(values), "places": list(places)}


def _plain(record):
    """Returns a record of either version, and whether it is a total of version 1."""
    if isinstance(record, dict):
        return _record(record["name"], record["values"]), False
    key, name, values = record
    return _record(name, values), key.startswith(FOOTER)


def _with_captions(records):
    """Returns the text with its captions, in the form of version 1."""
    (text, _), *figures = records
    captions = [pair for figure, _ in figures for pair in figure["values"] if pair[0] == CAPTION]
    return text | {"key": WHOLE, "values": [*text["values"], *captions]}


def _row(labels, row):
    values = [list(pair) for pair in zip(numbered(labels), row, strict=False)]
    is_numbered = bool(values) and PLACE.fullmatch(values[0][1])
    places, values = (values[:1], values[1:]) if is_numbered else ([], values)
    words = (text for _, text in values if any(char.isalpha() for char in text))
    return _record(next(words, ""), values, places)
