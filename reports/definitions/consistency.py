"""The consistency checks (uji konsistensi) as a table (DESIGN §2.6)."""

import performance.checks
import recommendations.checks
from reports.tables import Cell, Column, Kind, Orientation, Report, Table, Tone
from sakip.consistency import SEVERITIES

TONES = {"error": Tone.WORSE, "warning": Tone.WARNING}

COLUMNS = (
    Column("No.", lambda row: row[0], Kind.ORDINAL, width=5),
    Column(
        "Tingkat",
        lambda row: Cell(value=SEVERITIES[row[1].severity], tone=TONES.get(row[1].severity)),
        width=11,
    ),
    Column("Objek", lambda row: Cell(value=row[1].object, url=row[1].url), width=34),
    Column("Temuan", lambda row: row[1].message, width=50),
    Column("Tercetak", lambda row: row[1].printed, Kind.NUMBER, width=10),
    Column("Hasil hitung", lambda row: row[1].computed, Kind.NUMBER, width=10),
)


def find(user, *, on, evaluation=None):
    """All findings `user` may see; with an evaluation only those on it and its renaksi."""
    found = recommendations.checks.run(user, on=on, evaluation=evaluation)
    return found if evaluation else found + performance.checks.run(user)


def build(user, scope) -> Report:
    found = find(user, on=scope.today, evaluation=scope.evaluation)
    subtitle = str(scope.evaluation) if scope.evaluation else ""
    table = Table(
        title="Uji Konsistensi",
        columns=COLUMNS,
        rows=list(enumerate(found, start=1)),
        notes=[] if found else ["Tidak ada yang perlu diperiksa."],
    )
    return Report(
        name="consistency",
        title="Uji Konsistensi",
        subtitle=subtitle,
        sections=[table],
        orientation=Orientation.LANDSCAPE,
        filename="uji-konsistensi",
    )
