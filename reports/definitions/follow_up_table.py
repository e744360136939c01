"""The follow-up table as the source prints it, with the notes on it (DESIGN §2.2)."""

from django.template.loader import render_to_string
from django.urls import reverse

from recommendations.follow_up import follow_up_rows
from reports.letterheads import letterhead_of, picture_uri
from reports.tables import Align, Column, Figure, Kind, Prose, Report, Table

NOTES_TITLE = "Catatan atas rekomendasi dan tindak lanjut"


def _html(template, row):
    return render_to_string(f"reports/cells/{template}.html", {"row": row})


COLUMNS = (
    Column("No.", "number", Kind.ORDINAL, width=6.5),
    Column("Rekomendasi", lambda row: _html("recommendation", row), Kind.RICH, width=34),
    Column("Tindak Lanjut/ Rencana Aksi", lambda row: _html("follow_up", row), Kind.RICH, width=48),
    Column("Sudah/ Belum", lambda row: _html("marks", row), Kind.RICH, width=13, align=Align.START),
)


def build(user, scope) -> Report:
    evaluation = scope.evaluation
    rows = follow_up_rows(evaluation, user)
    return Report(
        name="follow-up-table",
        title=f"Tindak Lanjut Rekomendasi LHE SAKIP Tahun {evaluation.evaluation_year}",
        subtitle=evaluation.unit.name,
        letterhead=letterhead_of(evaluation.unit),
        sections=[table(evaluation, rows), *notes(rows)],
        filename=f"tindak-lanjut-lhe-sakip-{evaluation.evaluation_year}",
    )


def table(evaluation, rows) -> Table:
    hidden = sum(row.hidden for row in rows)
    title = (
        "Rekomendasi, Tindak Lanjut dan Rencana Aksi atas LHE SAKIP "
        f"{evaluation.unit.name} Tahun {evaluation.evaluation_year}"
    )
    return Table(
        title=title,
        name="Tindak lanjut",
        columns=COLUMNS,
        rows=rows,
        notes=["Hanya tindak lanjut unit Anda yang ditampilkan."] if hidden else [],
    )


def notes(rows) -> list[Prose]:
    """One passage per recommendation that has a note, numbered as the recommendation is."""
    found = [row for row in rows if row.note]
    if not found:
        return []
    return [
        Prose(NOTES_TITLE),
        *(
            Prose(f"{row.number}. {row.heading}", row.note.text, _figures(row.note), level=3)
            for row in found
        ),
    ]


def _figures(note):
    return [
        Figure(
            photo.caption,
            picture_uri(photo.image),
            reverse("recommendations:note-photo", args=[photo.pk]) if photo.image else None,
        )
        for photo in note.photos.all()
    ]
