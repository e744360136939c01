"""The list of evidence (lampiran bukti dukung), numbered as in the follow-up table."""

from recommendations.selectors.follow_up_table import follow_up_rows
from reports.definitions.follow_up_table import only_own
from reports.definitions.items import as_of, source
from reports.selectors.annexes import number_annexes
from reports.tables.table import Align, Cell, CellKind, Column, Orientation, Report, Table

FINGERPRINT = "SHA-256 adalah sidik isi berkas: berkas yang diubah mempunyai sidik lain."
OWN_NUMBERS = "Nomor lampiran berlaku untuk cetakan ini saja."


def build(user, scope) -> Report:
    evaluation = scope.evaluation
    rows = follow_up_rows(evaluation, user)
    return Report(
        name="evidence-annex",
        title=f"Daftar Lampiran Bukti Dukung Tindak Lanjut LHE SAKIP {evaluation.in_years}",
        subtitle=evaluation.unit.name,
        sections=[table(evaluation, rows, scope.today)],
        orientation=Orientation.LANDSCAPE,
        filename=f"lampiran-bukti-dukung-{evaluation.evaluation_year}",
    )


def table(evaluation, rows, today) -> Table:
    annexes = number_annexes(rows)
    partial = only_own(rows)
    return Table(
        key="lampiran",
        name="Lampiran bukti",
        subtitle=as_of(today),
        columns=COLUMNS,
        rows=annexes,
        row_key="evidence.pk",
        notes=[
            *source(evaluation),
            *([FINGERPRINT] if any(annex.revision for annex in annexes) else []),
            *([*partial, OWN_NUMBERS] if partial else []),
        ],
    )


def _title(annex):
    return Cell(value=annex.evidence.title, annotation=annex.evidence.caption)


def _where(annex):
    if annex.revision:
        return f"{annex.revision.original_name} (revisi {annex.revision.number})"
    return annex.evidence.url or None


COLUMNS = (
    Column("Lampiran", "number", CellKind.ID, width=8.5, is_place=True),
    Column("Untuk", "reference", width=12, align=Align.CENTER, is_place=True),
    Column("Judul dan Keterangan", _title, width=24),
    Column("Jenis", lambda annex: annex.evidence.get_kind_display(), width=8),
    Column("Nomor Dokumen", lambda annex: annex.evidence.document_number or None, width=13),
    Column("Tanggal", "evidence.document_date", CellKind.DATE, width=11),
    Column("Halaman", lambda annex: annex.pages or None, width=8),
    Column("Berkas atau Alamat", _where, width=18),
    Column("SHA-256", lambda annex: annex.revision and annex.revision.sha256, width=19),
)
