"""The reports over one LHE: what each column counts, and totals that are right for every reader."""

from datetime import date, timedelta

import pytest

from recommendations.selectors.follow_up_table import follow_up_rows
from reports import definitions
from reports.renderers import formats
from reports.selectors.annexes import number_annexes
from tests import factories

TODAY = date(2023, 10, 2)


def table(name, user):
    [found] = definitions.build(name, user, today=TODAY).tables
    return found


def body(name, user):
    return [[formats.cell_text(cell) for cell in row] for row in table(name, user).body()]


def footer(name, user):
    return [[formats.cell_text(cell) for cell in row] for row in table(name, user).footer()]


def days_ago(days):
    return TODAY - timedelta(days=days)


@pytest.fixture
def mixed(evaluation, units):
    """Two recommendations: a with three items of Organisasi, b with one of Umum; and one unplanned."""
    many = factories.make_recommendation(evaluation, text="<p>Memanfaatkan pengukuran:</p>")
    points = [many.points.create(position=n, text=f"<p>butir {n};</p>") for n in (1, 2)]
    reason = "Peraturan berubah"
    factories.make_renaksi(many, units.organisasi, status="done", point=points[0])
    factories.make_renaksi(
        many,
        units.organisasi,
        status="not_actionable",
        not_actionable_reason=reason,
        point=points[1],
    )
    single = factories.make_recommendation(evaluation, component="pelaporan")
    factories.make_renaksi(
        single, units.umum, status="submitted", supporting=[units.organisasi], due_date=days_ago(9)
    )
    factories.make_recommendation(evaluation, component="capaian")
    return evaluation


def test_kke_marks_one_column_and_leaves_out_what_cannot_be_done(mixed, cast):
    rows = body("kke-6", cast.kadir)
    assert [[row[0], *row[4:8]] for row in rows] == [
        ["1.a", "0", "0", "1", "1"],
        ["1.b", "-", "-", "-", "-"],
        ["2", "0", "1", "0", "0"],
        ["3", "1", "0", "0", "0"],
    ]
    assert rows[1][8] == "Tidak dapat ditindaklanjuti; tidak dihitung"
    assert rows[3][8] == "Belum ada rencana aksi"


def test_kke_divides_what_is_done_by_what_counts(mixed, cast):
    assert footer("kke-6", cast.kadir) == [
        ["Jumlah (Y)", "1", "1", "1", "1", ""],
        ["Jumlah tindak lanjut yang dihitung (N)", "3", ""],
        ["Persentase pemenuhan = Y/N × 100%", "33%", ""],
    ]
    assert "Rekomendasi yang tuntas seluruhnya: 1 dari 3." in table("kke-6", cast.kadir).notes


def test_kke_of_an_operator_adds_up_to_the_own_rows(mixed, cast):
    rows = body("kke-6", cast.umar)
    assert [row[0] for row in rows] == ["2", "3"]
    assert [line[-2] for line in footer("kke-6", cast.umar)] == ["0", "2", "0%"]
    assert "Hanya tindak lanjut unit Anda yang ditampilkan." in table("kke-6", cast.umar).notes
    assert "Rekomendasi yang tuntas" not in " ".join(table("kke-6", cast.umar).notes)


def test_kke_without_anything_to_count_has_no_percentage(evaluation, units, cast):
    factories.make_renaksi(
        factories.make_recommendation(evaluation),
        units.umum,
        status="not_actionable",
        not_actionable_reason="Sudah bubar",
    )
    assert footer("kke-6", cast.kadir)[-1][1] == "-"


def test_each_point_stands_beside_the_item_that_answers_it(mixed, cast):
    first, second, single, _ = [row[1] for row in body("matrix", cast.kadir)]
    assert first.splitlines()[1:] == ["Memanfaatkan pengukuran:", "a. butir 1;"]
    assert second.splitlines()[1:] == ["b. butir 2;"]
    assert "Pelaporan Kinerja" in single


def test_points_that_nobody_answers_stand_with_the_recommendation(mixed, cast, units):
    many = mixed.recommendations.get(number=1)
    many.points.create(position=3, text="<p>butir 3;</p>")
    assert "c. butir 3;" in body("matrix", cast.kadir)[0][1]


def test_the_matrix_tells_who_until_when_and_how_far(mixed, cast):
    renaksi = mixed.recommendations.get(number=2).renaksi.get()
    for quarter, progress in ((1, 20), (2, 60)):
        renaksi.quarterly_reports.create(year=2023, quarter=quarter, progress=progress)
    factories.make_evidence(renaksi, "Laporan monev", page_hint="3–5")
    row = body("matrix", cast.kadir)[2]
    assert row[3:] == [
        "Biro Umum\nPendukung: Biro Organisasi",
        "23 September 2023",
        "Menunggu reviu\nVerifikasi: Belum diverifikasi\nKemajuan 60% (Triwulan II 2023)",
        "Lampiran 1, hlm. 3–5: Laporan monev",
    ]
    renaksi.status = "returned"
    renaksi.save()
    assert body("matrix", cast.kadir)[2][5].endswith("Terlambat 9 hari")
    assert body("matrix", cast.kadir)[3][2] == "Belum ada rencana aksi."


def test_the_matrix_never_gives_one_figure_for_both(mixed, cast):
    assert footer("matrix", cast.kadir) == [
        ["Sudah ditindaklanjuti menurut unit", "2 dari 2 (100%)"],
        ["Telah diverifikasi sesuai", "1 dari 2 (50%)"],
    ]
    assert footer("matrix", cast.umar)[0][1] == "1 dari 1 (100%)"


def test_the_four_statuses_of_bpk_add_up(mixed, cast):
    assert body("bpk-recap", cast.kadir) == [
        ["1.", "Biro Organisasi", "1", "50", "0", "0", "0", "0", "1", "50", "2"],
        ["2.", "Biro Umum", "0", "0", "1", "100", "0", "0", "0", "0", "1"],
    ]
    assert footer("bpk-recap", cast.kadir) == [
        ["Jumlah", "1", "33", "1", "33", "0", "0", "1", "33", "3"]
    ]
    assert footer("bpk-recap", cast.umar)[0][-1] == "1"


@pytest.mark.parametrize(
    ("days", "column"), [(1, 0), (30, 0), (31, 1), (60, 1), (61, 2), (90, 2), (91, 3), (900, 3)]
)
def test_lateness_is_told_in_four_ages(days, column, evaluation, units, cast):
    recommendation = factories.make_recommendation(evaluation)
    factories.make_renaksi(recommendation, units.umum, due_date=days_ago(days))
    factories.make_renaksi(recommendation, units.umum, due_date=days_ago(days), status="submitted")
    [row] = body("unit-recap", cast.kadir)
    ages = ["0"] * 4
    ages[column] = "1"
    assert row[11:] == [*ages, "1"]


def test_units_are_counted_by_status_with_both_percentages(mixed, cast):
    assert table("unit-recap", cast.kadir).subtitle == "Keadaan per 2 Oktober 2023"
    rows = [row[1:11] for row in body("unit-recap", cast.kadir)]
    assert rows == [
        ["Biro Organisasi", "0", "0", "0", "0", "1", "1", "2", "100", "100"],
        ["Biro Umum", "0", "0", "1", "0", "0", "0", "1", "100", "0"],
    ]
    [total] = footer("unit-recap", cast.kadir)
    assert total[:10] == ["Jumlah", "0", "0", "1", "0", "1", "1", "3", "100", "50"]


def test_annexes_are_numbered_in_the_order_of_the_table(mixed, cast):
    first, second = mixed.recommendations.get(number=1).renaksi.all()
    single = mixed.recommendations.get(number=2).renaksi.get()
    factories.make_evidence(single, "Ketiga", page_hint="hlm. 3")
    factories.make_evidence(second, "Kedua")
    factories.make_evidence(first, "Pertama", caption="Arsip", document_number="065/1")
    factories.make_evidence(first, "Diarsipkan", is_archived=True)
    annexes = number_annexes(follow_up_rows(mixed, cast.kadir))
    assert [(annex.reference, annex.place, annex.evidence.title) for annex in annexes] == [
        ("Rekomendasi 1.a", "Lampiran 1", "Pertama"),
        ("Rekomendasi 1.b", "Lampiran 2", "Kedua"),
        ("Rekomendasi 2", "Lampiran 3, hlm. 3", "Ketiga"),
    ]
    row = body("evidence-annex", cast.kadir)[0]
    assert row[:5] == ["1", "Rekomendasi 1.a", "Pertama Arsip", "Dokumen terpisah", "065/1"]
    own = table("evidence-annex", cast.umar)
    assert [formats.cell_text(cell[2]) for cell in own.body()] == ["Ketiga"]
    assert "Nomor lampiran berlaku untuk cetakan ini saja." in own.notes


def test_the_annex_names_the_latest_file_and_its_fingerprint(mixed, cast):
    evidence = factories.make_evidence(
        mixed.recommendations.get(number=2).renaksi.get(), "Berkas", kind="file"
    )
    for number, letter in enumerate("ab", start=1):
        evidence.revisions.create(
            number=number,
            file="bukti/x.pdf",
            original_name=f"{letter}.pdf",
            content_type="application/pdf",
            size=1,
            sha256=letter * 64,
            uploaded_by=cast.umar,
        )
    [row] = body("evidence-annex", cast.kadir)
    assert row[-2:] == ["b.pdf (revisi 2)", "b" * 64]


def test_the_pages_lead_to_the_reports(mixed, cast, signed_in):
    browser = signed_in(cast.kadir)
    for address in (f"/evaluasi/{mixed.pk}/", f"/evaluasi/{mixed.pk}/tindak-lanjut/"):
        page = browser.get(address).content.decode()
        for name in ("matrix", "kke-6", "unit-recap", "bpk-recap", "evidence-annex"):
            assert f"/laporan/{name}/?evaluasi={mixed.pk}" in page
        assert f"/laporan/quarterly/?unit={mixed.unit_id}" in page
