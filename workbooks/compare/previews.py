"""A preview as it is kept and shown: the plan's rows in words, page by page, without reading the file again."""

import json
from collections import defaultdict
from dataclasses import dataclass, field

from django.core.files.base import ContentFile
from django.db import transaction

from sakip.uploads.removing import remove
from workbooks.compare import judged, versions
from workbooks.compare.plan import ImportPlan, RowOutcome
from workbooks.models import ImportRun

SHOWN, FEW = 6, 3  # cells and different contents of a group that are named
WORDS = {
    RowOutcome.NEW: ("Baru", "success"),
    RowOutcome.CHANGED: ("Berubah", "info"),
    RowOutcome.UNCHANGED: ("Tetap", "secondary"),
    RowOutcome.REFUSED: ("Ditolak", "danger"),
}


@dataclass(frozen=True)
class Preview:
    """`rows` are dicts of sheet, number, outcome, label, changes and problems; `problems` concern whole sheets.

    `questions` are Question.as_json; previews of earlier versions have none. `bodies` are those that the
    rows belong to, None for every body.
    """

    rows: list[dict]
    problems: list[dict]
    questions: list[dict] = field(default_factory=list)
    bodies: list[int] | None = None

    def chosen(self, outcome: str) -> list[dict]:
        """The rows of one outcome, "conflict" for those with a decision to make; "" is what needs a look, the
        refused ones first."""
        if outcome == "conflict":
            return [row for row in self.rows if row["conflicts"]]
        if outcome:
            return [row for row in self.rows if row["outcome"] == outcome]
        rows = [
            row for row in self.rows if row["outcome"] != RowOutcome.UNCHANGED or row["problems"]
        ]
        return sorted(rows, key=lambda row: row["outcome"] != RowOutcome.REFUSED)

    @property
    def errors(self) -> list[dict]:
        """What is wrong with single cells, in the order of the workbook."""
        return [problem for problem in self.cells if not problem["is_warning"]]

    @property
    def warnings(self) -> list[dict]:
        return [problem for problem in self.cells if problem["is_warning"]]

    @property
    def error_groups(self) -> list["ProblemGroup"]:
        return grouped(self.errors)

    @property
    def warning_groups(self) -> list["ProblemGroup"]:
        return grouped(self.warnings)

    @property
    def cells(self) -> list[dict]:
        """All problems of single cells, in the order of the workbook."""
        return [problem for row in self.rows for problem in row["problems"]]


@dataclass(frozen=True)
class ProblemGroup:
    """The same sentence about several cells of one column; `cells` and `values` are the first of them."""

    sheet: str
    column: str
    message: str
    count: int
    cells: list[str]
    values: list[str]

    @property
    def more(self) -> int:
        return self.count - len(self.cells)


def grouped(problems: list[dict]) -> list[ProblemGroup]:
    """Equal problems together, in the order in which they first occur."""
    found = defaultdict(list)
    for one in problems:
        found[one["sheet"], one["column"], one["message"]].append(one)
    return [
        ProblemGroup(
            *key,
            len(several),
            [one["cell"] for one in several[:SHOWN]],
            list(dict.fromkeys(str(one["value"]) for one in several))[:FEW],
        )
        for key, several in found.items()
    ]


def keep(run, plan: ImportPlan, records: list):
    """Stores the preview beside the workbook, under a name of its own; the run is not saved.

    `records` are the versions of all records before the plan was made (versions.of_records).
    """
    coder = judged.Coder(plan) if judged.is_recallable(plan) else None
    bodies = judged.bodies_of(plan) if coder else None
    content = {
        "problems": [_problem(problem) for problem in plan.problems]
        + [_problem(problem) for sheet in plan.sheets for problem in sheet.problems],
        "questions": [question.as_json() for question in plan.questions],
        "rows": [_row(sheet, row, coder) for sheet in plan.sheets for row in sheet.rows],
        "bodies": bodies,
    }
    text = json.dumps(content, ensure_ascii=False).encode()
    run.preview.save("pratinjau.json", ContentFile(text), save=False)
    run.data_version = ""
    if coder:
        seen = records if bodies is None else versions.among(records, bodies)
        run.data_version = versions.key_of(seen, run.actor, text)


def still_holding(run, kind) -> ImportPlan | None:
    """The plan of the preview, when nothing that it looked at has changed since; else None.

    To be called in the transaction that writes. It asks twice: at first, lest it work in vain, and when it
    holds the records beneath which it will write.
    """
    if not run.data_version:
        return None
    try:
        with run.preview.open("rb") as file:
            text = file.read()
    except FileNotFoundError:
        return None
    preview = Preview(**json.loads(text))
    if not _holds(run, preview, text):
        return None
    try:
        plan = judged.recalled(kind, preview, run.actor)
    except judged.Lost:
        return None
    return plan if _holds(run, preview, text) else None


def _holds(run, preview, text):
    records = versions.of_records(preview.bodies)
    return versions.key_of(records, run.actor, text) == run.data_version


def forget(name):
    storage = ImportRun._meta.get_field("preview").storage
    transaction.on_commit(lambda: remove(storage, [name]))


def load(run) -> Preview:
    """Empty when there is none, or its file has gone; the newer one when another tab made it meanwhile."""
    for _ in range(2):
        if not run.preview:
            break
        try:
            with run.preview.open("rb") as file:
                return Preview(**json.load(file))
        except FileNotFoundError:
            run.refresh_from_db(fields=["preview"])
    return Preview([], [])


def _row(sheet, row, coder):
    return {
        "sheet": sheet.name,
        "title": sheet.sheet.title,
        "number": row.number,
        "outcome": str(row.outcome),
        "label": row.label,
        "changes": [
            {
                "key": f"{sheet.name}!{change.cell}",
                "cell": change.cell,
                "column": change.column.label,
                "before": change.before,
                "after": change.after,
                "conflict": change.conflict and row.outcome != RowOutcome.REFUSED,
                **(coder.change(change) if coder and row.outcome in judged.WRITTEN else {}),
            }
            for change in row.changes
        ],
        "problems": [_problem(problem) for problem in row.problems],
        "conflicts": len(row.conflicts),
        **(coder.row(row) if coder else {}),
    }


def _problem(problem):
    return problem.as_json() | {"is_warning": problem.is_warning}
