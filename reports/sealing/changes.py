"""What changed between two issues of one report, read off their snapshots alone."""

from dataclasses import dataclass
from typing import Any

from reports.tables import Column, Table

LONGEST = 240  # characters of a value that is shown whole
KEPT = 6  # words left standing around what changed in a longer one
NOTHING = "-"


@dataclass(frozen=True, slots=True)
class Change:
    """One value that is another now. Without a `label` the whole record is new, or gone."""

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


def compare(before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    """In the order in which they are printed; what is gone comes at the end of its section."""
    found: dict[Change, None] = {}
    old, new = _sections(before), _sections(after)
    for title in [*new, *(title for title in old if title not in new)]:
        found |= dict.fromkeys(_compare(old.get(title, {}), new.get(title, {})))
    return list(found)


def annex(changes: list[Change], number: str, date: str) -> Table:
    """The last table of the next issue."""
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


def _sections(snapshot):
    """Records by key, by the title of their section. A table that stands twice counts once."""
    sections = {}
    for section in snapshot["sections"]:
        records = {key: (name, values) for key, name, values in section["records"]}
        sections.setdefault(section["title"], {}).update(records)
    return sections


def _compare(old, new):
    for key, (name, values) in new.items():
        if key not in old:
            yield Change(name, before=NOTHING, after="ditambahkan")
            continue
        was, now = dict(map(tuple, old[key][1])), dict(map(tuple, values))
        for label in [*now, *(label for label in was if label not in now)]:
            if was.get(label, "") != now.get(label, ""):
                yield Change(name, label, *_excerpts(was.get(label, ""), now.get(label, "")))
    for key in old:
        if key not in new:
            yield Change(old[key][0], before="ada", after="dihapus")


def _excerpts(before, after):
    """Both whole where they are short, else what differs with a few words around it."""
    if max(len(before), len(after)) <= LONGEST:
        return before or NOTHING, after or NOTHING
    old, new = before.split(), after.split()
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
    text = " ".join(words[first:last])
    text = text if len(text) <= 2 * LONGEST else f"{text[: 2 * LONGEST].rpartition(' ')[0]} …"
    return f"{'… ' if first else ''}{text}{' …' if last < len(words) else ''}" or NOTHING
