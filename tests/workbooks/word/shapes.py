"""The same recommendations as different offices would put them into a Word table."""

from dataclasses import dataclass, field

import docx

from sakip.numbers import list_letter
from tests.workbooks.word.papers import HEAD, Lists, add_table, upload

COMPONENTS = [
    "Perencanaan Kinerja",
    "Pengukuran Kinerja",
    "Pelaporan Kinerja",
    "Evaluasi Akuntabilitas Kinerja Internal",
    "Capaian Kinerja",
]


@dataclass
class Said:
    """One recommendation: `marks` has a word for each renaksi."""

    number: int
    component: str
    text: str
    points: list[str] = field(default_factory=list)
    renaksi: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)

    @property
    def lead(self) -> str:
        return f"Dasar {self.number} pada:" if self.points else ""


def five(marks=("Sudah", "Belum", "Sudah")):
    """Five recommendations with five points and ten renaksi, as in the source."""
    sizes = [(0, 3), (3, 3), (2, 2), (0, 1), (0, 1)]
    return [
        Said(
            number,
            COMPONENTS[number - 1],
            f"Supaya hal ke-{number} disusun dengan memadai" + (":" if points else "."),
            [f"Butir {number}{list_letter(at)} ditetapkan;" for at in range(1, points + 1)],
            [
                f"Kegiatan {number}{list_letter(at)} telah dirapatkan;"
                for at in range(1, renaksi + 1)
            ],
            [marks[at % len(marks)] for at in range(renaksi)],
        )
        for number, (points, renaksi) in enumerate(sizes, 1)
    ]


OPENINGS = {
    "a.": lambda at: f"{list_letter(at)}. ",
    "a)": lambda at: f"{list_letter(at)}) ",
    "(a)": lambda at: f"({list_letter(at)}) ",
    "A.": lambda at: f"{list_letter(at).upper()}. ",
    "1.": lambda at: f"{at}. ",
    "1)": lambda at: f"{at}) ",
    "(1)": lambda at: f"({at}) ",
    "i.": lambda at: ("i", "ii", "iii")[at - 1] + ". ",
    "I.": lambda at: ("I", "II", "III")[at - 1] + ". ",
    "a.Kata": lambda at: f"{list_letter(at)}.",
    "-": lambda at: "- ",
    "•": lambda at: "• ",
}
AUTOMATIC = {
    "automatic letters": ("lowerLetter", "%1."),
    "automatic capitals": ("upperLetter", "%1."),
    "automatic numbers": ("decimal", "%1)"),
    "automatic bullets": ("bullet", "•"),
}


def listed(items, style, lead=""):
    """A cell: one item alone has no letter."""
    opening = OPENINGS.get(style, lambda at: "")
    if len(items) == 1:
        return "\n".join(filter(None, [lead, *items]))
    return "\n".join(
        filter(None, [lead, *(f"{opening(at)}{one}" for at, one in enumerate(items, 1))])
    )


def row_of(said, style="a.", marks="same", component="line", number="column"):
    """No, Rekomendasi, Tindak Lanjut, Sudah/Belum."""
    text = listed(said.points, style, said.text) if said.points else said.text
    if component == "line":
        text = f"{said.component}\n{text}"
    elif component == "colon":
        text = f"{said.component}: {text}"
    if number == "text":
        text = f"{said.number}. {text}"
    own = style if marks == "same" else marks
    row = [text, listed(said.renaksi, style, said.lead), listed(said.marks, own)]
    return row if number == "text" else [f"{said.number}.", *row]


def paper(rows, head=HEAD):
    document = docx.Document()
    add_table(document, rows, head)
    return document


def automatic(says, style):
    """Lists that Word counts itself: the letters stand nowhere in the text."""
    document = docx.Document()
    table = add_table(document, [row_of(said, "none") for said in says])
    lists = Lists(document)
    for row, said in zip(table.rows[1:], says, strict=True):
        for cell, items in zip(row.cells[1:], (said.points, said.renaksi, said.marks), strict=True):
            if len(items) > 1:
                number = lists.begin(AUTOMATIC[style])
                for paragraph in cell.paragraphs[-len(items) :]:
                    lists.put(paragraph, number)
    return document


def with_groups(says):
    """A merged row with the name of the component above each recommendation."""
    document = docx.Document()
    rows = [row for said in says for row in ([""] * 4, row_of(said, component=""))]
    table = add_table(document, rows)
    for place, said in enumerate(says):
        cells = table.rows[1 + 2 * place].cells
        cells[0].merge(cells[-1]).text = said.component.upper()
    return document


def merged_down(says):
    """A row for each renaksi; number and recommendation are merged over them."""
    document = docx.Document()
    rows, spans = [], []
    for said in says:
        number, text, *_ = row_of(said)
        spans.append((len(rows) + 1, len(rows) + len(said.renaksi)))
        rows += [
            [number, text, work, mark] for work, mark in zip(said.renaksi, said.marks, strict=True)
        ]
    table = add_table(document, rows)
    for first, last in spans:
        for column in (0, 1):
            text = table.cell(first, column).text
            for row in range(first + 1, last + 1):
                table.cell(row, column).text = ""
            merged = table.cell(first, column).merge(table.cell(last, column))
            merged.text = text
    return document


def read_back(entries):
    """What was read, to be compared with what was said."""
    return [
        (
            one.number,
            one.component,
            one.points.lead_text or one.text,
            [part.text for part in one.points.parts],
            [part.text for part in one.renaksi],
            list(one.marks.values()),
        )
        for one in entries
    ]


MEANING = {"Sudah": "done", "Belum": "not_yet", "Dalam proses": "in_progress", "50%": "in_progress"}


def expected(says, has_component=True):
    return [
        (
            said.number,
            said.component if has_component else "",
            said.text,
            said.points,
            said.renaksi,
            [MEANING[mark] for mark in said.marks],
        )
        for said in says
    ]


__all__ = ["upload"]
