"""What else a Word file holds beside its follow-up table: notes, pictures with captions, scores."""

from dataclasses import asdict, dataclass, field


@dataclass
class WordNote:
    """A paragraph of the file in the notation. `number` is the recommendation it names, if any."""

    place: str
    text: str
    number: int | None = None


@dataclass
class Picture:
    """`part` names the picture in the file (`document.picture` reads it); `caption` may be empty.

    `number` is the recommendation in whose row or whose name it stands, if any.
    """

    place: str
    part: str
    caption: str = ""
    number: int | None = None


@dataclass
class ScoreRow:
    """`weight` and the scores by year are figures as the file writes them, such as “23,75”."""

    component: str
    weight: str = ""
    scores: dict[str, str] = field(default_factory=dict)


@dataclass
class ScoreTable:
    """`chosen` are the years whose scores the coordinator takes over."""

    place: str
    rows: list[ScoreRow] = field(default_factory=list)
    chosen: list[str] = field(default_factory=list)

    @property
    def years(self) -> list[str]:
        return list(dict.fromkeys(year for row in self.rows for year in row.scores))


@dataclass
class Extras:
    """`captions` are those that have no picture."""

    notes: list[WordNote] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    captions: list[WordNote] = field(default_factory=list)
    scores: list[ScoreTable] = field(default_factory=list)

    def as_json(self) -> dict:
        return asdict(self)

    @classmethod
    def from_json(cls, content: dict) -> "Extras":
        scores = [
            ScoreTable(**{**one, "rows": [ScoreRow(**row) for row in one["rows"]]})
            for one in content.get("scores", ())
        ]
        return cls(
            [WordNote(**one) for one in content.get("notes", ())],
            [Picture(**one) for one in content.get("pictures", ())],
            [WordNote(**one) for one in content.get("captions", ())],
            scores,
        )
