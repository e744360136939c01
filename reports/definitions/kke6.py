"""KKE Format 6: how many recommendations of an LHE are carried out (LKE criterion 4.3.1).

The form has three columns. For each follow-up one column holds 1 and the others hold 0. The result is
Y/N × 100 %: Y is the number of Tuntas, N the number of items that can be carried out.
"""

from decimal import Decimal
from itertools import chain

from recommendations.rules.progress import Progress
from recommendations.rules.status import NOT_COUNTED, STATUS_WORDS, is_verified
from recommendations.selectors.follow_up_table import follow_up_rows_of
from recommendations.transitions import DONE, IN_PROGRESS, OPEN
from reports.definitions.follow_up_table import only_own
from reports.definitions.items import as_of, item_records, item_rows, source
from reports.selectors import annexes
from reports.tables.table import Align, Cell, CellKind, Column, Orientation, Record, Report, Table
from sakip.dates import format_date
from sakip.numbers import share_places

# In the order of the form; the statuses come from docs/design.md §2.3.
NONE_YET, PARTLY, COMPLETE = (STATUS_WORDS[status].kke for status in (OPEN, IN_PROGRESS, DONE))
STATUSES = (NONE_YET, PARTLY, COMPLETE)
LHE = "Judul/ Nomor/ Tanggal LHE"
CRITERION = (
    "Kriteria: seluruh rekomendasi atas hasil evaluasi akuntabilitas kinerja telah ditindaklanjuti"
)


def build(user, scope) -> Report:
    evaluation = scope.evaluation
    return Report(
        name="kke-6",
        title="KKE Evaluasi Akuntabilitas Kinerja Internal (Format 6)",
        subtitle=f"{evaluation.unit.name}, LHE SAKIP {evaluation.in_years}\n{CRITERION}",
        sections=tables([evaluation], user, scope.today),
        orientation=Orientation.LANDSCAPE,
        filename=f"kke-format-6-{evaluation.performance_year}",
    )


def tables(evaluations, user, today) -> list[Table]:
    """Returns one table for each evaluation. The number of queries does not depend on how many there are."""
    rows = follow_up_rows_of(evaluations, user)
    annexes.load(chain.from_iterable(rows.values()))
    return [table(one, rows[one.pk], today) for one in evaluations]


def table(evaluation, rows, today) -> Table:
    entries = item_rows(rows)
    first = entries[0] if entries else None
    lhe = _letter(evaluation)
    return Table(
        key="kke-6",
        name="KKE Format 6",
        subtitle=as_of(today),
        columns=(
            Column("No.", "position", width=4, align=Align.CENTER),
            Column(LHE, lambda row: lhe if row is first else "", width=15),
            Column("Rekomendasi Hasil Evaluasi", "recommendation", CellKind.RICH, width=25),
            *OF_ITEM,
        ),
        rows=entries,
        records=lambda row: _records(row, lhe if row is first else ""),
        footer_rows=_footer(entries),
        notes=[*source(evaluation), *_whole(rows), *only_own(rows)],
    )


def _records(entry, lhe):
    if lhe:
        yield Record("lhe", "LHE", [(LHE, lhe)])
    yield from item_records(entry, OF_ITEM)


def _letter(evaluation):
    parts = [evaluation.subject or str(evaluation)]
    if evaluation.letter_number:
        parts.append(f"Nomor {evaluation.letter_number}")
    if evaluation.letter_date:
        parts.append(format_date(evaluation.letter_date))
    return "\n".join(parts)


def status_of(entry) -> str:
    """Returns the KKE status of an entry. A recommendation without renaksi is Belum ada."""
    return entry.item.words.kke if entry.item else NONE_YET


def _mark(status):
    return Column(
        status,
        lambda row: None if status_of(row) == NOT_COUNTED else int(status_of(row) == status),
        CellKind.INTEGER,
        width=6,
        group="Status Tindak Lanjut (1 = ya, 0 = tidak)",
        align=Align.CENTER,
    )


def _fulfilled(row):
    status = status_of(row)
    return None if status == NOT_COUNTED else int(status == COMPLETE)


def _remark(row):
    if not row.item:
        return "Belum ada rencana aksi"
    if status_of(row) == NOT_COUNTED:
        return f"{row.item.renaksi.get_status_display()}; tidak dihitung"
    said = [row.item.renaksi.get_status_display()] if status_of(row) == PARTLY else []
    return "\n".join([*said, *([row.places] if row.places else [])]) or None


OF_ITEM = (
    Column("Tindak Lanjut", "follow_up", CellKind.RICH, width=31),
    *map(_mark, STATUSES),
    Column("Jumlah", _fulfilled, CellKind.INTEGER, width=7, align=Align.CENTER),
    Column("Keterangan", _remark, width=15),
)


def _footer(entries):
    statuses = [status_of(entry) for entry in entries]
    counts = [statuses.count(status) for status in STATUSES]
    total, fulfilled = sum(counts), statuses.count(COMPLETE)
    percent = Decimal(fulfilled) * 100 / total if total else None
    return [
        [Cell(value="Jumlah (Y)", span=4), *counts, fulfilled, ""],
        [Cell(value="Jumlah tindak lanjut yang dihitung (N)", span=7), total, ""],
        [
            Cell(value="Persentase pemenuhan = Y/N × 100%", span=7),
            Cell(value=percent, kind=CellKind.PERCENT, places=share_places(total)),
            "",
        ],
    ]


def _whole(rows):
    """Returns the same result per recommendation: it is carried out when all its countable items are."""
    states = [_state(row) for row in rows if row.items or not row.hidden]
    counted = [state for state in states if state is not None]
    if not counted or any(row.hidden for row in rows):
        return []
    return [f"Rekomendasi yang tuntas seluruhnya: {sum(counted)} dari {len(counted)}."]


def _state(row):
    """Returns whether the recommendation is carried out, or None when it has no countable item.

    A recommendation without renaksi is not carried out.
    """
    return is_verified(Progress.of([item.renaksi.status for item in row.items] or [OPEN]))
