"""Snapshots stored before records had keys are compared all the same, as far as they tell."""

import pytest

from reports.tables.table import Cell, CellKind, Column, Facts, Figure, Prose, Record, Report, Table
from reports.verification import changes, snapshot

FOLLOW_UP = {
    "title": "Tindak lanjut",
    "labels": ["No.", "Rekomendasi", "Tindak Lanjut", "Sudah/ Belum"],
    "rows": [["1.", "Susun target", "Disusun\nDiukur", "a. Sudah\nb. Belum"]],
    "footer": [],
    "notes": [],
    "records": [
        ["1#1", "Rekomendasi 1", [["Rekomendasi", "Susun target"]]],
        ["1/7#1", "Rekomendasi 1.a", [["Tindak lanjut", "Disusun"], ["Status", "Sudah"]]],
        ["1/8#1", "Rekomendasi 1.b", [["Tindak lanjut", "Diukur"], ["Status", "Belum"]]],
    ],
}
FIGURES = {
    "title": "Sasaran 1",
    "labels": ["No.", "Indikator", "2023"],
    "rows": [["1.", "IPM", "70,00"], ["2.", "SAKIP", "73,90"]],
    "footer": [["Jumlah", "143,90"]],
    "notes": ["Sumber: data"],
    "records": [
        ["IPM#1", "IPM", [["2023", "70,00"]]],
        ["SAKIP#1", "SAKIP", [["2023", "73,90"]]],
        ["footer:Jumlah#1", "Jumlah", [["2023", "143,90"]]],
    ],
}
NOTE = {
    "title": "1. Catatan",
    "records": [
        ["#1", "1. Catatan", [["Isi", "Rapat"], ["Keterangan gambar", "Satu"],
                             ["Keterangan gambar", "Dua"]]],
    ],
}  # fmt: skip


def old(*sections, title="Laporan"):
    return {"version": 1, "title": title, "subtitle": "", "sections": list(sections)}


def follow_up(second="Belum"):
    """Of today, with the number of a renaksi as its key."""

    def records(row):
        yield Record("rekomendasi:1", "Rekomendasi 1", [("Rekomendasi", row[1])], "1")
        yield Record("renaksi:7", "Rekomendasi 1.a", [("Tindak lanjut", "Disusun"), ("Status", "Sudah")], "1.a")  # fmt: skip
        yield Record("renaksi:8", "Rekomendasi 1.b", [("Tindak lanjut", "Diukur"), ("Status", second)], "1.b")  # fmt: skip

    labels = FOLLOW_UP["labels"]
    columns = [Column(label, lambda row, at=at: row[at]) for at, label in enumerate(labels)]
    rows = [["1.", "Susun target", "Disusun\nDiukur", f"a. Sudah\nb. {second}"]]
    return Table(title="Tindak lanjut", key="tindak-lanjut", columns=columns, rows=rows, records=records, subtitle="Keadaan per hari ini")  # fmt: skip


def figures(*values, names=("IPM", "SAKIP"), notes=("Sumber: data",)):
    rows = [
        (at, name, value) for at, (name, value) in enumerate(zip(names, values, strict=True), 1)
    ]
    return Table(
        title="Sasaran 1",
        key="sasaran:1",
        columns=[
            Column("No.", lambda row: row[0], CellKind.ORDINAL),
            Column("Indikator", lambda row: row[1]),
            Column("2023", lambda row: row[2], CellKind.NUMBER),
        ],
        rows=rows,
        row_key=lambda row: row[1],
        footer_rows=[[Cell(value="Jumlah", span=2), sum(values)]],
        notes=notes,
    )


def note(second="Dua"):
    photos = [Figure("Satu", "data:image/png;base64,YQ==", key="1"), Figure(second, key="2")]
    return Prose("1. Catatan", "<p>Rapat</p>", photos, key="catatan:1")


def now(*sections, title="Laporan"):
    head = Facts("Kepala", [("Tanggal", "hari ini")], key="kepala")
    return snapshot.take(Report(name="x", title=title, sections=sections, head=head))


def told(before, after):
    return [str(change) for change in changes.compare(before, after)]


BEFORE = old(FOLLOW_UP, FIGURES, NOTE)
SAME = (follow_up(), figures(70, 73.9), note())


def test_what_they_do_not_hold_is_not_told():
    assert told(BEFORE, now(*SAME)) == []
    assert told(BEFORE, BEFORE) == []


@pytest.mark.parametrize(
    ("sections", "expected"),
    [
        ((follow_up("Sudah"), *SAME[1:]), ["Rekomendasi 1.b: Status Belum → Sudah"]),
        ((SAME[0], figures(71, 73.9), SAME[2]),
         ["IPM: 2023 70,00 → 71,00", "Jumlah: 2023 143,90 → 144,90"]),
        ((SAME[0], figures(70, 73.9, notes=["Sumber: lain"]), SAME[2]),
         ["Sasaran 1: Catatan Sumber: data → Sumber: lain"]),
        ((SAME[0], figures(70, 73.9, names=("IPM baru", "SAKIP")), SAME[2]),
         ["IPM baru: Indikator IPM → IPM baru"]),
        ((*SAME[:2], note("Tiga")), ["1. Catatan: Keterangan gambar (2) Dua → Tiga"]),
        (SAME[:2], ["1. Catatan dihapus"]),
    ],
)  # fmt: skip
def test_what_changed_since_is_told(sections, expected):
    assert told(BEFORE, now(*sections)) == expected


def test_a_row_put_before_others_changes_none_of_them():
    three = figures(5, 70, 73.9, names=("Baru", "IPM", "SAKIP"))
    found = told(old(FIGURES), now(three))
    assert found == ["Baru ditambahkan", "Jumlah: 2023 143,90 → 148,90"]


def test_sections_of_one_title_do_not_hide_each_other():
    second = FIGURES | {"rows": [["1.", "IPM", "1,00"]], "footer": [], "records": [["IPM#1", "IPM", [["2023", "1,00"]]]]}  # fmt: skip
    changed = FIGURES | {"rows": [["1.", "IPM", "71,00"], ["2.", "SAKIP", "73,90"]]}
    (change,) = told(old(FIGURES, second), old(changed, second))
    assert change.endswith("2023 70,00 → 71,00")


def test_another_title_is_told():
    assert told(BEFORE, now(*SAME, title="Lain")) == ["Lain: Judul Laporan → Lain"]


def test_an_empty_one_is_read():
    assert told({"sections": []}, old()) == []
    assert told({"sections": []}, now(note())) == ["1. Catatan ditambahkan"]
