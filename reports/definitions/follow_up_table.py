"""The follow-up table in the layout of the source document, with its notes (docs/design.md §2.2)."""

from dataclasses import replace
from functools import partial

from django.template.loader import render_to_string
from django.urls import reverse

from recommendations.selectors.follow_up_table import follow_up_rows
from reports.selectors.annexes import position
from reports.selectors.letterheads import letterhead_of, picture_uri
from reports.tables.table import Align, Cell, CellKind, Column, Figure, Prose, Record, Report, Table

ONLY_OWN = "Hanya tindak lanjut unit Anda yang ditampilkan."
ONLY_VERIFIED = "Sudah berarti telah diverifikasi oleh evaluator."
NOTES_TITLE = "Catatan atas rekomendasi dan tindak lanjut"


def _html(template, row, **context):
    """Returns None for a cell without content."""
    return (
        render_to_string(f"reports/cells/{template}.html", {"row": row, **context}).strip() or None
    )


NUMBER = Column("No.", "number", CellKind.ORDINAL, width=6.5)
RECOMMENDATION = Column(
    "Rekomendasi", lambda row: _html("recommendation", row), CellKind.RICH, width=34
)
FOLLOW_UP = Column(
    "Tindak Lanjut/ Rencana Aksi", lambda row: _html("follow_up", row), CellKind.RICH, width=48
)
MARKS = Column(
    "Sudah/ Belum", lambda row: _html("marks", row), CellKind.RICH, width=13, align=Align.START
)
VERIFIED_MARKS = replace(MARKS, value=lambda row: _html("marks", row, verified=True))


def build(user, scope) -> Report:
    evaluation = scope.evaluation
    rows = follow_up_rows(evaluation, user)
    return Report(
        name="follow-up-table",
        title=f"Tindak Lanjut Rekomendasi LHE SAKIP {evaluation.in_years}",
        subtitle=evaluation.unit.name,
        letterhead=letterhead_of(evaluation.unit),
        sections=[table(evaluation, rows, verified=scope.verified), *notes(rows)],
        filename=f"tindak-lanjut-lhe-sakip-{evaluation.evaluation_year}",
    )


def table(evaluation, rows, *, verified=False) -> Table:
    title = (
        "Rekomendasi, Tindak Lanjut dan Rencana Aksi atas LHE SAKIP "
        f"{evaluation.unit.name} Tahun {evaluation.evaluation_year}"
    )
    return Table(
        key="tindak-lanjut",
        title=title,
        name="Tindak lanjut",
        columns=(NUMBER, RECOMMENDATION, FOLLOW_UP, VERIFIED_MARKS if verified else MARKS),
        rows=rows,
        notes=[*([ONLY_VERIFIED] if verified else []), *only_own(rows)],
        records=partial(records, verified=verified),
    )


def records(row, *, verified=False, places=None):
    """Returns a Record for the recommendation, then one for each renaksi with its letter: "Rekomendasi
    2.b".

    `places` maps the pk of a renaksi to the text about its annexes, where the table prints them.
    """
    yield recommendation_record(row, ("Pengantar tindak lanjut", rich(row.lead)))
    for item in row.items:
        status = item.words.printed_verified if verified else item.printed_status
        said = render_to_string("reports/cells/_item.html", {"item": item})
        values = [("Tindak lanjut", rich(said)), ("Status", status)]
        if places is not None:
            values.append(("Lampiran", places.get(item.renaksi.pk, "-")))
        number = position(row, item)
        yield Record(f"renaksi:{item.renaksi.pk}", f"Rekomendasi {number}", values, number)


def recommendation_record(row, *values) -> Record:
    """Returns what the first row of a recommendation prints about the recommendation itself."""
    values = [("Rekomendasi", RECOMMENDATION.read(row)), *values]
    key = f"rekomendasi:{row.recommendation.pk}"
    return Record(key, f"Rekomendasi {row.number}", values, str(row.number))


def rich(html) -> Cell:
    return Cell(value=html or None, kind=CellKind.RICH)


def only_own(rows) -> list[str]:
    """Returns the note for a reader who may not see every item."""
    return [ONLY_OWN] if any(row.hidden for row in rows) else []


def notes(rows) -> list[Prose]:
    """Returns one passage for each recommendation that has a note, with the number of the recommendation."""
    found = [row for row in rows if row.note]
    if not found:
        return []
    return [
        Prose(NOTES_TITLE, key="catatan"),
        *(
            Prose(
                f"{row.number}. {row.heading}",
                row.note.text,
                _figures(row.note),
                level=3,
                key=f"catatan:{row.recommendation.pk}",
            )
            for row in found
        ),
    ]


def _figures(note):
    return [
        Figure(
            photo.caption,
            picture_uri(photo.image),
            reverse("recommendations:note-photo", args=[photo.pk]) if photo.image else None,
            key=str(photo.pk),
        )
        for photo in note.photos.all()
    ]
