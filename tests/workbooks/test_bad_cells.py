"""Bad cells: each is named with its address and a sentence that says what to write."""

from datetime import date
from decimal import Decimal

import pytest

from performance.models import Realisation
from performance.rules.typed_figures import REASONS
from sakip.history.write import record
from tests import factories
from tests.workbooks.books import plan_of, upload
from workbooks.columns import fingerprints
from workbooks.compare.plan import RowOutcome

LEFT_OUT = object()
HERE = "Sekretariat Daerah 2022 / 1"
TITLES = {
    "renaksi": "Rencana aksi",
    "indicators": "Indikator",
    "evaluations": "LHE",
    "recommendations": "Rekomendasi",
    "units": "Unit",
    "evidence": "Bukti dukung",
}
ROWS = {  # a good row of each kind; a case spoils it
    "renaksi": {"Rekomendasi": HERE, "Urutan": "b", "Rencana aksi": "Rapat", "Penanggung jawab": "Biro Organisasi"},
    "indicators": {
        "Sasaran": "Sekretariat Daerah / 1", "Nomor": 3, "Nama indikator": "Indeks", "Satuan": "Indeks",
        "Unit pemilik": "Biro Organisasi",
    },
    "evaluations": {
        "Perangkat daerah": "Sekretariat Daerah", "Tahun kinerja": 2023, "Tahun evaluasi": 2024, "Rubrik": "Perkiraan",
    },
    "recommendations": {"LHE": "Sekretariat Daerah 2022", "Nomor": 3, "Rekomendasi": "Perbaiki"},
    "units": {"Kode": "baru", "Nama": "Biro Baru", "Jenis": "Biro atau bidang", "Unit induk": "Sekretariat Daerah"},
    "people": {"Nama pengguna": "baru", "Nama": "Baru", "Peran": "Operator Biro", "Unit": "Biro Organisasi"},
    "evidence": {"Rencana aksi": HERE + "a", "Nomor": 2, "Jenis": "Tautan", "Judul": "Notula", "Alamat tautan": "https://a.id"},
}  # fmt: skip
STORED = {"renaksi": {"Urutan": "a"}, "indicators": {"Nomor": 1}}


def mark(pk):
    return fingerprints.seal(pk, ())


CASES = [
    (
        "unknown recommendation",
        "renaksi",
        {"Rekomendasi": "Sekretariat Daerah 2022 / 12"},
        "A2",
        "Rekomendasi “Sekretariat Daerah 2022 / 12” tidak ada atau bukan untuk Anda. Mungkin maksudnya “Sekretariat Daerah 2022 / 2”.",
    ),
    (
        "recommendation of another body",
        "renaksi",
        {"Rekomendasi": "Dinas Pariwisata 2022 / 1"},
        "A2",
        "Rekomendasi “Dinas Pariwisata 2022 / 1” tidak ada atau bukan untuk Anda.",
    ),
    ("no recommendation", "renaksi", {"Rekomendasi": None}, "A2", "Kolom ini wajib diisi."),
    ("no place", "renaksi", {"Urutan": None}, "B2", "Kolom ini wajib diisi."),
    (
        "a place that is no letter",
        "renaksi",
        {"Urutan": "x9"},
        "B2",
        "“x9” bukan urutan. Tulis a, b, c atau 1, 2, 3.",
    ),
    (
        "a place that leaves a gap",
        "renaksi",
        {"Urutan": "d"},
        "B2",
        "Urutan melompat. Yang berikutnya adalah b.",
    ),
    ("place zero", "renaksi", {"Urutan": 0}, "B2", "Terlalu kecil. Tulis paling kecil 1."),
    (
        "month first",
        "renaksi",
        {"Batas waktu": "12/31/2026"},
        "E2",
        "“12/31/2026” mendahulukan bulan. Tulis hari lebih dahulu: 31/12/2026.",
    ),
    (
        "unknown month",
        "renaksi",
        {"Batas waktu": "31 Foo 2026"},
        "E2",
        "Bulan “Foo” tidak dikenal. Tulis misalnya 31/12/2026 atau 31 Desember 2026.",
    ),
    (
        "a day that is not",
        "renaksi",
        {"Batas waktu": "30/2/2026"},
        "E2",
        "Tanggal 30 Februari 2026 tidak ada. Tulis hari 1 sampai 28.",
    ),
    (
        "a short year",
        "renaksi",
        {"Batas waktu": "1/2/26"},
        "E2",
        "Tahun pada “1/2/26” hanya dua angka. Tulis misalnya 31/12/2026 atau 31 Desember 2026.",
    ),
    (
        "a number for a date",
        "renaksi",
        {"Batas waktu": 45000.5},
        "E2",
        "Isi bukan tanggal. Tulis misalnya 31/12/2026 atau 31 Desember 2026.",
    ),
    (
        "a word for a date",
        "renaksi",
        {"Batas waktu": "besok"},
        "E2",
        "“besok” bukan tanggal yang dikenal. Tulis misalnya 31/12/2026 atau 31 Desember 2026.",
    ),
    (
        "a year far off",
        "renaksi",
        {"Batas waktu": "1/1/3026"},
        "E2",
        "Tahun 3026 tidak wajar. Tulis tahun 1900 sampai 2100.",
    ),
    ("no unit", "renaksi", {"Penanggung jawab": None}, "D2", "Kolom ini wajib diisi."),
    (
        "no column for the unit",
        "renaksi",
        {"Penanggung jawab": LEFT_OUT},
        "A2",
        "Kolom “Penanggung jawab” tidak ada, padahal wajib untuk baris baru.",
    ),
    (
        "a unit misspelt",
        "renaksi",
        {"Penanggung jawab": "Biro Organissi"},
        "D2",
        "Unit “Biro Organissi” tidak ada atau bukan untuk Anda. Mungkin maksudnya “Biro Organisasi”.",
    ),
    (
        "a unit of another body",
        "renaksi",
        {"Penanggung jawab": "Dinas Pariwisata"},
        "D2",
        "Dinas Pariwisata bukan bagian dari Sekretariat Daerah. Pilih unit di bawahnya.",
    ),
    (
        "a unit switched off",
        "renaksi",
        {"Penanggung jawab": "Biro Lama"},
        "D2",
        "Biro Lama sudah tidak aktif. Pilih unit yang masih aktif.",
    ),
    (
        "a unit of two",
        "renaksi",
        {"Penanggung jawab": "Biro Umum"},
        "D2",
        "Unit “Biro Umum” lebih dari satu. Tulis salah satu: Biro Umum · Biro Organisasi · Sekretariat Daerah, "
        "Biro Umum · Sekretariat Daerah, atau kodenya: BU, BU2.",
    ),
    (
        "support by the lead",
        "renaksi",
        {"Unit pendukung": "Biro Organisasi"},
        "E2",
        "Biro Organisasi sudah menjadi penanggung jawab, jadi tidak perlu dipilih lagi.",
    ),
    (
        "a point of another recommendation",
        "renaksi",
        {"Menjawab butir": "Sekretariat Daerah 2022 / 1 butir a"},
        "E2",
        "Butir “Sekretariat Daerah 2022 / 1 butir a” tidak ada atau bukan untuk Anda.",
    ),
    (
        "a damaged fingerprint",
        "renaksi",
        {"Sidik": "rusak!"},
        "E2",
        "Kolom Sidik rusak. Kosongkan selnya, atau unduh ulang lembar ini.",
    ),
    (
        "a key changed since",
        "renaksi",
        {"Sidik": mark(999_999)},
        "B2",
        "Kolom kunci berubah sejak diekspor, atau barisnya sudah tidak ada. Kembalikan isinya, atau kosongkan kolom Sidik untuk membuat baris baru.",
    ),
    (
        "what waits for review",
        "renaksi",
        {"Rekomendasi": "Sekretariat Daerah 2022 / 2", "Urutan": "a", "Tindak lanjut": "Baru"},
        "C2",
        "Tindakan ini tidak dapat dilakukan saat status “Menunggu reviu”.",
    ),
    (
        "a required cell cleared",
        "renaksi",
        {"Urutan": "a", "Penanggung jawab": None},
        "D2",
        "Kolom ini wajib diisi.",
    ),
    (
        "a date for a text",
        "recommendations",
        {"Nomor": 4, "Kode kriteria": date(2023, 3, 2)},
        "D2",
        "Excel menjadikan isi sel ini tanggal. Atur sel sebagai Teks, lalu tulis ulang.",
    ),
    (
        "a number for a code",
        "recommendations",
        {"Nomor": 4, "Kode kriteria": 1.1},
        "D2",
        "Excel menjadikan isi sel ini angka. Atur sel sebagai Teks, lalu tulis ulang.",
    ),
    (
        "a number for the code of a unit",
        "units",
        {"Kode": 4.1},
        "A2",
        "Excel menjadikan isi sel ini angka. Atur sel sebagai Teks, lalu tulis ulang.",
    ),
    (
        "a number that was deleted",
        "recommendations",
        {},
        "B2",
        "Nomor ini pernah dipakai lalu dihapus, dan tidak dipakai ulang. Tulis nomor lain.",
    ),
    (
        "no text",
        "recommendations",
        {"Nomor": 4, "Rekomendasi": None},
        "C2",
        "Kolom ini wajib diisi.",
    ),
    (
        "a heading too long",
        "recommendations",
        {"Nomor": 4, "Judul": "x" * 121},
        "D2",
        "Terlalu panjang (121 huruf). Tulis paling banyak 120.",
    ),
    (
        "an unknown component",
        "recommendations",
        {"Nomor": 4, "Komponen": "Keuangan"},
        "D2",
        "Komponen “Keuangan” tidak ada atau bukan untuk Anda.",
    ),
    (
        "two readings",
        "indicators",
        {"Realisasi 2022": "87.500"},
        "F2",
        "“87.500” dapat dibaca dua cara. Tulis 87500 atau 87,5.",
    ),
    (
        "two readings and a mark",
        "indicators",
        {"Realisasi 2022": "87.500*"},
        "F2",
        "“87.500” dapat dibaca dua cara. Tulis 87500* atau 87,5*.",
    ),
    (
        "a text without a scale",
        "indicators",
        {"Realisasi 2022": "WTP"},
        "F2",
        f"“WTP” bukan angka, dan indikator ini tidak mempunyai skala teks. {REASONS}",
    ),
    (
        "a text off the scale",
        "indicators",
        {
            "Nomor": 2,
            "Nama indikator": "Opini",
            "Satuan": "Persentase",
            "Unit pemilik": LEFT_OUT,
            "Realisasi 2022": "Baik",
        },
        "E2",
        f"“Baik” tidak ada dalam skala. Pilih salah satu: WTP, WDP. {REASONS}",
    ),
    (
        "a number on a scale",
        "indicators",
        {
            "Nomor": 2,
            "Nama indikator": "Opini",
            "Satuan": "Persentase",
            "Unit pemilik": LEFT_OUT,
            "Realisasi 2022": 3,
        },
        "E2",
        "Indikator ini berskala teks. Pilih salah satu: WTP, WDP.",
    ),
    (
        "a figure cleared",
        "indicators",
        {"Nomor": 1, "Nama indikator": "Satu", "Satuan": "Persentase", "Realisasi 2022": None},
        "F2",
        "Realisasi tidak dihapus lewat impor. Tulis alasannya, misalnya Belum rilis.",
    ),
    (
        "a year after its life",
        "indicators",
        {"Nomor": 1, "Nama indikator": "Satu", "Satuan": "Persentase", "Realisasi 2024": 82},
        "F2",
        "Indikator ini hanya berlaku sampai 2023.",
    ),
    (
        "a range turned round",
        "indicators",
        {"Target 2022": "90–80"},
        "F2",
        "Batas atas rentang di bawah batas bawahnya. Tulis misalnya 80–90.",
    ),
    (
        "too many decimals",
        "indicators",
        {"Target 2022": "1,23456"},
        "F2",
        "Terlalu banyak desimal. Tulis paling banyak 4 angka di belakang koma.",
    ),
    (
        "a number with words",
        "indicators",
        {"Realisasi 2022": "12 orang"},
        "F2",
        "“12 orang” bukan angka yang dikenal. Tulis misalnya 87,5 atau 1.234,56.",
    ),
    (
        "a tick for a number",
        "indicators",
        {"Target 2022": True},
        "F2",
        "Isi bukan angka. Tulis angka saja, misalnya 87,5.",
    ),
    (
        "a life turned round",
        "indicators",
        {"Berlaku sejak": 2024, "Berlaku sampai": 2022},
        "G2",
        "“Berlaku sampai” tidak boleh mendahului “Berlaku sejak”.",
    ),
    (
        "a remark on nothing",
        "indicators",
        {"Catatan kaki 2022": "*) Skor"},
        "F2",
        "Isi juga Realisasi 2022: keterangan ini melekat padanya.",
    ),
    (
        "a scale of one",
        "indicators",
        {"Skala teks": "WTP"},
        "F2",
        "Tulis sedikitnya dua nilai yang berbeda, dari yang terbaik, misalnya WTP > WDP > TW > TMP.",
    ),
    (
        "a name used twice",
        "indicators",
        {"Nama indikator": "Satu"},
        "E2",
        "Sudah dipakai oleh Satu. Tulis yang lain.",
    ),
    (
        "a score above its weight",
        "evaluations",
        {"Nilai Perencanaan Kinerja": 31},
        "E2",
        "Nilai Perencanaan Kinerja 31,00 melebihi bobotnya. Tulis paling banyak 30,00.",
    ),
    (
        "a recommendation that repeats one of its own year",
        "recommendations",
        {"Nomor": 4, "Mengulang rekomendasi": "Sekretariat Daerah 2022 / 1"},
        "D2",
        "Pilih rekomendasi dari LHE tahun sebelumnya milik perangkat daerah yang sama.",
    ),
    (
        "evaluated before it was done",
        "evaluations",
        {"Tahun evaluasi": 2022},
        "C2",
        "Tahun evaluasi tidak boleh mendahului tahun kinerja.",
    ),
    (
        "an unknown grade",
        "evaluations",
        {"Predikat tercetak": "B+"},
        "E2",
        "“B+” tidak dikenal. Pilih salah satu: AA, A, BB, B, CC, C, D.",
    ),
    (
        "a year of long ago",
        "evaluations",
        {"Tahun kinerja": 1923},
        "B2",
        "Terlalu kecil. Tulis paling kecil 2000.",
    ),
    (
        "an unknown rubric",
        "evaluations",
        {"Rubrik": "PermenPANRB 1/2001"},
        "D2",
        "Rubrik “PermenPANRB 1/2001” tidak ada atau bukan untuk Anda.",
    ),
    (
        "an LHE of another body",
        "evaluations",
        {"Perangkat daerah": "Dinas Pariwisata"},
        "A2",
        "Data ini milik unit lain.",
    ),
    (
        "a unit outside",
        "units",
        {"Unit induk": "Dinas Pariwisata"},
        "D2",
        "Unit ini di luar jangkauan Anda.",
    ),
    (
        "a unit of no parent",
        "units",
        {"Unit induk": None},
        "D2",
        "Kolom ini wajib diisi. Tulis nama unit di atasnya.",
    ),
    (
        "an unknown kind of unit",
        "units",
        {"Jenis": "Kantor"},
        "C2",
        "“Kantor” tidak dikenal. Pilih salah satu: Provinsi, Sekretariat Daerah atau DPRD, Inspektorat, Dinas, Badan, RSUD, Perangkat daerah lain, Biro, Bagian, Bidang, Sekretariat, Inspektur Pembantu, UPTD, Cabang Dinas, Unit lain di bawah perangkat daerah.",
    ),
    ("a number below zero", "units", {"Urutan": -1}, "E2", "Terlalu kecil. Tulis paling kecil 0."),
    (
        "a NIP too short",
        "people",
        {"NIP": "19710808"},
        "E2",
        "NIP terdiri atas 18 angka tanpa spasi.",
    ),
    (
        "a NIP made a number",
        "people",
        {"NIP": 1.97108081991032e17},
        "E2",
        "Angka sepanjang ini dibulatkan oleh Excel. Atur sel sebagai Teks, lalu tulis ulang.",
    ),
    (
        "an address without a sign",
        "people",
        {"Surel": "rina.kaltimprov.go.id"},
        "E2",
        "Alamat surel tidak benar. Tulis misalnya nama@kaltimprov.go.id.",
    ),
    (
        "an unknown role",
        "people",
        {"Peran": "Raja"},
        "C2",
        "“Raja” tidak dikenal. Pilih salah satu: Operator, Evaluator, Koordinator, Pimpinan.",
    ),
    (
        "a name taken",
        "people",
        {"Nama pengguna": "SARI"},
        "A2",
        "Nama ini sudah dipakai akun lain. Tulis yang lain.",
    ),
    (
        "a name with a blank",
        "people",
        {"Nama pengguna": "nama dua"},
        "A2",
        "Masukkan nama pengguna valid. Nilai ini hanya boleh mengandung karakter, angka, dan karakter @/./+/-/_.",
    ),
    (
        "a person of another body",
        "people",
        {"Unit": "Dinas Pariwisata"},
        "D2",
        "Pilih unit di bawah jangkauan Anda.",
    ),
    (
        "bodies for an operator",
        "people",
        {"Perangkat daerah yang dievaluasi": "Sekretariat Daerah"},
        "E2",
        "Hanya untuk evaluator. Kosongkan.",
    ),
    (
        "neither yes nor no",
        "people",
        {"Aktif": "mungkin"},
        "E2",
        "“mungkin” tidak dikenal. Tulis Ya atau Tidak.",
    ),
    (
        "a file by workbook",
        "evidence",
        {"Nomor": 3, "Jenis": "Berkas", "Alamat tautan": None},
        "C2",
        "Berkas tidak masuk lewat Excel. Lampirkan di halaman tindak lanjut.",
    ),
    (
        "a link without address",
        "evidence",
        {"Nomor": 3, "Alamat tautan": None},
        "E2",
        "Tulis alamat tautannya.",
    ),
    (
        "an address of no link",
        "evidence",
        {"Nomor": 3, "Jenis": "Dokumen terpisah"},
        "E2",
        "Alamat hanya untuk jenis Tautan. Kosongkan.",
    ),
    (
        "an address that runs",
        "evidence",
        {"Nomor": 3, "Alamat tautan": "javascript:alert(1)"},
        "E2",
        "Bukan alamat tautan. Tulis misalnya https://jdih.kaltimprov.go.id/….",
    ),
    (
        "evidence in the archive",
        "evidence",
        {"Jenis": "Dokumen terpisah", "Alamat tautan": None, "Judul": "Lain"},
        "D2",
        "Bukti “Arsip” sudah diarsipkan. Pulihkan dahulu di halamannya.",
    ),
    (
        "evidence changed in kind",
        "evidence",
        {"Nomor": 1, "Judul": "Laporan"},
        "C2",
        "Jenis bukti tidak diganti. Arsipkan bukti ini, lalu tambahkan yang baru.",
    ),
    (
        "the same evidence again",
        "evidence",
        {"Nomor": 3, "Jenis": "Dokumen terpisah", "Judul": "Laporan", "Alamat tautan": None},
        "D2",
        "Bukti “Laporan” dengan isi yang sama sudah dilampirkan.",
    ),
]


@pytest.fixture
def records(cast, units, recommendation, renaksi):
    """What the cases speak of: besides the cast, a twin of Biro Umum and a bureau that was closed."""
    factories.make_unit("Biro Lama", parent=units.setda, is_active=False)
    units.umum.code = "BU"
    units.umum.save()
    units.organisasi.children.create(name="Biro Umum", kind="bureau", code="BU2")
    factories.make_recommendation(factories.make_evaluation(units.dinas, 2022))
    locked = factories.make_recommendation(recommendation.evaluation, 2)
    factories.make_renaksi(locked, units.organisasi, status="submitted")
    gone = [("recommendation.number", 3, "")]
    record(
        actor=cast.kadir,
        action="delete_recommendation",
        target=recommendation.evaluation,
        changes=gone,
    )
    objective = factories.make_objective(units.setda)
    values = {2021: Decimal("80"), 2022: Decimal("81")}
    factories.make_indicator(objective, units.organisasi, "Satu", values=values, year_to=2023)
    opinion = factories.make_indicator(objective, units.umum, "Opini", scale="WTP > WDP")
    Realisation.objects.create(indicator=opinion, year=2022, text_value="WTP")
    factories.make_evidence(renaksi, "Arsip", position=2, is_archived=True)
    return cast.kadir


def judged(actor, kind, change):
    """The problems of a workbook with one row spoilt so."""
    row = {label: value for label, value in (ROWS[kind] | change).items() if value is not LEFT_OUT}
    title, name = ("Pengguna", "units") if kind == "people" else (TITLES[kind], kind)
    return plan_of(name, actor, upload({title: [list(row), list(row.values())]}))


@pytest.mark.once
@pytest.mark.parametrize(
    ("kind", "change", "cell", "message"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_a_bad_cell_is_named(records, kind, change, cell, message):
    plan = judged(records, kind, change)
    assert [(problem.cell, problem.message) for problem in plan.errors] == [(cell, message)]
    assert {row.outcome for sheet in plan.sheets for row in sheet.rows} == {RowOutcome.REFUSED}


@pytest.mark.parametrize("kind", ROWS)
def test_the_row_that_the_cases_spoil_is_good(records, kind):
    change = (
        {"Nomor": 4} if kind == "recommendations" else {"Nomor": 3} if kind == "evidence" else {}
    )
    plan = judged(records, kind, change)
    assert plan.errors == []
    assert plan.count(RowOutcome.NEW) == 1
