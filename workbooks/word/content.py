"""What was read from a Word file, as people correct it: one entry for each recommendation.

The texts of an entry are cells as they were typed, with their letters; `lettered.parse` reads them
again after every correction.
"""

from dataclasses import asdict, dataclass, field

from workbooks.word import lettered, losses
from workbooks.word.extras import Extras
from workbooks.word.losses import told_apart
from workbooks.word.mapping import Mapping


@dataclass
class DraftEntry:
    """`place` names table and rows; `component` is the one of its own column, of the row above the
    group or of its heading; `plan` the cell of its own column, empty where one column holds both.

    By the position as text ("1" is a) the file says for each renaksi: `said` the words of its mark,
    `marks` what they mean, `percents`, `units`, `evidence` and `due`. `statuses` and `leads` are what
    the coordinator chose.
    """

    place: str
    number: int | None
    heading: str
    text: str
    follow_up: str
    marks: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    statuses: dict[str, str] = field(default_factory=dict)
    leads: dict[str, int] = field(default_factory=dict)
    is_included: bool = True
    remarks: list[str] = field(default_factory=list)
    component: str = ""
    plan: str = ""
    said: dict[str, str] = field(default_factory=dict)
    percents: dict[str, int] = field(default_factory=dict)
    evidence: dict[str, str] = field(default_factory=dict)
    due: dict[str, str] = field(default_factory=dict)

    @property
    def points(self) -> lettered.Lettered:
        return lettered.parse(self.text)

    @property
    def renaksi(self) -> list[lettered.LetteredItem]:
        """A cell without letters is one renaksi; an empty one is none. One that has only a plan has
        no lines of its own."""
        found = {part.position: part for part in _items(self.follow_up)}
        for part in _items(self.plan):
            item = lettered.LetteredItem(part.position, part.mark, [])
            found.setdefault(part.position, item)
        return [found[position] for position in sorted(found)]

    @property
    def plans(self) -> dict[str, str]:
        """The text of its own column for plans; one without letters is the plan of every renaksi."""
        found = lettered.parse(self.plan)
        if found.parts:
            return {str(part.position): "\n".join([part.text, *part.steps]) for part in found.parts}
        return {str(part.position): self.plan for part in self.renaksi} if self.plan else {}

    @property
    def lead(self) -> str:
        """What opens the follow-up cell before the letters."""
        found = lettered.parse(self.follow_up)
        return found.lead_text if found.parts else ""


def _items(cell):
    found = lettered.parse(cell)
    if found.parts or not found.lead:
        return found.parts
    before, steps = lettered.steps_of(found.lead)
    return [lettered.LetteredItem(1, "", before, steps)]


@dataclass
class TableDraft:
    """`remarks` concern the file; `text` is what stands outside its tables.

    Where no table was understood there are no entries: `mapping` shows the tables, and a person says
    what their columns are.
    """

    entries: list[DraftEntry]
    remarks: list[str] = field(default_factory=list)
    text: str = ""
    mapping: Mapping = field(default_factory=Mapping)
    extras: Extras = field(default_factory=Extras)

    def as_json(self) -> dict:
        content = asdict(self) | {"losses": losses.of(self.remarks)}
        for stored, entry in zip(content["entries"], self.entries, strict=True):
            stored["losses"] = losses.of(entry.remarks)
        return content

    @classmethod
    def from_json(cls, content: dict) -> "TableDraft":
        entries = [cls._entry(**entry) for entry in content["entries"]]
        remarks = told_apart(content["remarks"], content.get("losses", []))
        mapping = Mapping.from_json(content.get("mapping", {}))
        extras = Extras.from_json(content.get("extras", {}))
        return cls(entries, remarks, content["text"], mapping, extras)

    @staticmethod
    def _entry(*, remarks=(), losses=(), **content):
        return DraftEntry(remarks=told_apart(remarks, losses), **content)
