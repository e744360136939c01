"""Finds what changed between two issues of one report. Reads only their snapshots."""

import json
from collections import Counter
from dataclasses import dataclass
from itertools import count
from typing import Any

from reports.tables.table import Column, Table
from reports.verification import older
from reports.verification.aligning import align
from reports.verification.snapshot import numbered

LONGEST = 240  # longest value that is shown completely, in characters
KEPT = 6  # words shown around a change in a longer value
NOTHING, EMPTY = "-", "(kosong)"
CAME, GONE = (NOTHING, "ditambahkan"), ("ada", "dihapus")


@dataclass(frozen=True, slots=True)
class ValueChange:
    """One changed value. An empty `label` means that the whole record is new or was removed."""

    name: str
    label: str = ""
    before: str = ""
    after: str = ""

    @property
    def where(self) -> str:
        return f"{self.name}: {self.label}" if self.label else self.name

    def __str__(self):
        if self.label:
            return f"{self.where} {self.before} → {self.after}"
        return f"{self.name} {self.after}"


def compare(before: dict[str, Any], after: dict[str, Any]) -> list[ValueChange]:
    """Returns the changes in printed order; what was removed comes at the end of its section."""
    old, new, is_partial = older.alike(before, after)
    pairs = _distinct(align(old, new, name=_heading, content=_said))
    found: list[ValueChange] = []
    told = set()
    for (was, now), name in zip(pairs, _namers(pairs), strict=True):
        if was is None or now is None:
            found.append(ValueChange(name(""), "", *(CAME if was is None else GONE)))
            continue
        head = (now["key"], str(was["head"]), str(now["head"]))
        if not (now["key"] and head in told):  # passages under one heading have the same head
            found += _values(name(""), was["head"], now["head"])
        told.add(head)
        found += _of_section(was, now, name, is_partial)
    return found


def annex(changes: list[ValueChange], number: str, date: str) -> Table:
    """Returns the table of changes, which is the last table of the next issue."""
    return Table(
        title=f"Perubahan sejak terbitan nomor {number} tanggal {date}",
        name="Perubahan",
        columns=(
            Column("Yang berubah", "where", width=26),
            Column("Semula", "before", width=37),
            Column("Menjadi", "after", width=37),
        ),
        rows=changes,
        notes=[] if changes else ["Tidak ada yang berubah."],
    )


# ── Sections ────────────────────────────────────────────────────────────────────────────────────
def _heading(section):
    return section["kind"], section["title"]


def _said(section):
    """Returns everything in the section except its title."""
    rest = {name: value for name, value in section.items() if name not in ("key", "title", "head")}
    records = [record["values"] for record in section["records"]]
    return json.dumps(rest | {"records": records}, sort_keys=True)


def _distinct(pairs):
    """Removes duplicates: a section printed twice with the same change is listed once."""
    return list({json.dumps(pair, sort_keys=True): pair for pair in pairs}.values())


def _namers(pairs):
    """Yields for each pair a function that returns a unique name for a record, with its section if needed."""
    shown = [now or was for was, now in pairs]
    titles = Counter(section["title"] for section in shown)
    numbers = {title: count(1) for title in titles}
    names = Counter(
        name for section in shown for name in {record["name"] for record in section["records"]}
    )
    for section in shown:
        title = section["title"] or "Uraian"
        if titles[section["title"]] > 1:
            title += f" ({next(numbers[section['title']])})"
        yield _namer(section["title"], title, names)


def _namer(plain, title, names):
    def name(record):
        if record in ("", plain):
            return title
        return f"{title} › {record}" if names[record] > 1 else record

    return name


def _of_section(was, now, name, is_partial):
    columns = _Columns(was.get("labels", []), now.get("labels", []))
    yield from columns.changes(name(""))
    for part in ("records", "totals"):
        old, new = (_placed(section.get(part, [])) for section in (was, now))
        for one, other in align(old, new, name=_name, content=_rest):
            yield from _of_record(one, other, name, columns, is_partial)
    yield from _of_notes(name(""), was.get("notes", []), now.get("notes", []))


def _of_notes(name, old, new):
    gone = list((Counter(old) - Counter(new)).elements())
    came = list((Counter(new) - Counter(old)).elements())
    if len(gone) == len(came):
        for pair in zip(gone, came, strict=True):
            yield ValueChange(name, "Catatan", *_excerpts(*pair))
        return
    for text in came:
        yield ValueChange(name, "Catatan", *_excerpts("", text))
    for text in gone:
        yield ValueChange(name, "Catatan", *_excerpts(text, ""))


# ── Columns ─────────────────────────────────────────────────────────────────────────────────────
class _Columns:
    """Matches columns of two issues by label, or by position when the number of columns is equal.

    The other columns are new or removed.
    """

    def __init__(self, old, new):
        self.old, self.new = old, new
        self.partner = {}  # position in `new` → position in `old`
        left = dict.fromkeys(range(len(old)))
        for is_same in (
            lambda at, to: at == to and old[at] == new[to],
            lambda at, to: old[at] == new[to],
            lambda at, to: at == to and len(old) == len(new),
        ):
            for to in range(len(new)):
                found = (at for at in left if to not in self.partner and is_same(at, to))
                if (at := next(found, None)) is not None:
                    self.partner[to] = at
                    del left[at]
        before, after = numbered(old), numbered(new)
        self.back = {before[at]: after[to] for to, at in self.partner.items()}
        self.gone = [before[at] for at in left]
        self.came = [label for to, label in enumerate(after) if to not in self.partner]

    def changes(self, name):
        for to, at in self.partner.items():
            if self.old[at] != self.new[to]:
                yield ValueChange(name, "Judul kolom", self.old[at] or EMPTY, self.new[to] or EMPTY)
        for label in self.came:
            yield ValueChange(name, f"Kolom {label}", *CAME)
        for label in self.gone:
            yield ValueChange(name, f"Kolom {label}", *GONE)

    def matched(self, was, now):
        """Returns the values of a record under the present labels, without new and removed columns."""
        was = {
            self.back.get(label, label): text
            for label, text in was.items()
            if label not in self.gone
        }
        return was, {label: text for label, text in now.items() if label not in self.came}


def _by_label(values):
    labels = numbered([label for label, _ in values])
    return dict(zip(labels, (text for _, text in values), strict=True))


# ── Records ─────────────────────────────────────────────────────────────────────────────────────
def _name(record):
    return record["name"] or None


def _rest(record):
    """Returns what a record says apart from its name."""
    return tuple((label, text) for label, text in record["values"] if text != record["name"])


def _placed(records):
    """Adds `counts` to each record: whether each of its numbers just continues the counting (1, 2 or a,
    b).
    """
    last = {}
    found = []
    for record in records:
        counts = []
        for label, text in record["places"]:
            counts.append(_follows(last.setdefault(label, [0, 0]), text.rstrip(".")))
        found.append(record | {"counts": counts})
    return found


def _follows(last, word):
    if word.isdecimal():
        follows, last[:] = int(word) == last[0] + 1, [int(word), 0]
        return follows
    value = ord(word) - ord("a") + 1 if len(word) == 1 else 0
    follows, last[1] = value == last[1] + 1, value
    return follows


def _of_record(was, now, name, columns, is_partial):
    if was is None:
        yield ValueChange(name(now["name"]), "", *CAME)
    elif now is None:
        yield ValueChange(name(was["name"]), "", *GONE)
    else:
        called = name(now["name"])
        yield from _moves(called, was, now)
        yield from _values(called, was["values"], now["values"], columns, is_partial)


def _moves(called, was, now):
    old, new = _by_label(was["places"]), _by_label(now["places"])
    counted = len(was["counts"]) == len(now["counts"]) and [
        all(pair) for pair in zip(was["counts"], now["counts"], strict=True)
    ]
    for at, (label, text) in enumerate(new.items()):
        if label in old and old[label] != text and not (counted and counted[at]):
            yield ValueChange(called, label, old[label] or EMPTY, f"pindah ke {text or EMPTY}")


def _values(called, was, now, columns=None, is_partial=False):
    was, now = _by_label(was), _by_label(now)
    if columns:
        was, now = columns.matched(was, now)
    labels = [*now, *(label for label in was if label not in now)]
    if is_partial:
        labels = [label for label in now if label in was]
    for label in labels:
        if was.get(label, "") != now.get(label, ""):
            yield ValueChange(called, label, *_excerpts(was.get(label, ""), now.get(label, "")))


def _excerpts(before, after):
    """Returns both texts if short, otherwise only the differing part with a few words around it."""
    if max(len(before), len(after)) <= LONGEST:
        return before or EMPTY, after or EMPTY
    old, new = before.split(), after.split()
    if old == new:  # only the line breaks differ
        return _shortened(before), f"{_shortened(after)} (pembagian baris lain)"
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    return _excerpt(old, start, end), _excerpt(new, start, end)


def _common(left, right):
    pairs = zip(left, right, strict=False)
    return next(
        (at for at, (one, two) in enumerate(pairs) if one != two), min(len(left), len(right))
    )


def _excerpt(words, start, end):
    first, last = max(0, start - KEPT), len(words) - max(0, end - KEPT)
    text = _shortened(" ".join(words[first:last]))
    return f"{'… ' if first else ''}{text}{' …' if last < len(words) else ''}" or EMPTY


def _shortened(text):
    start = text[: 2 * LONGEST]
    return text if start == text else f"{start.rpartition(' ')[0] or start} …"
