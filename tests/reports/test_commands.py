"""The command lines on the source document: what they write and what they refuse in words."""

import json
from decimal import ROUND_HALF_UP, Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook
from pypdf import PdfReader

from recommendations.models import Evaluation
from reports.models import TelaahStaf
from sakip.models import Unit
from sakip.roles import Role
from tests import factories
from tests.reports.reading import words

# Oracle: name, correct change of 2023, transcribed by hand from oracle/indicators.csv.
CHANGES = {
    "Skor Evaluasi Kinerja Penyelenggaraan Pemerintahan Daerah (EKPPD)": "0.00",
    "Persentase kerjasama yang ditindaklanjuti": "5.56",
    "Persentase kebijakan bidang Kesra yang ditindaklanjuti": "0.00",
    "Persentase rancangan produk hukum yang diharmonisasi": "-0.40",
    "Persentase Kebijakan Daerah di Bidang Perekonomian yang ditindaklanjuti": "3.34",
    "Persentase capaian pelaksanaan pembangunan yang tepat waktu lingkup pekerjaan utama": "-0.63",
    "Indeks tata kelola pengadaan": "9.72",
    "Persentase Perangkat Daerah yang memperoleh Nilai SAKIP minimal (B)": "9.09",
    "Indeks Kelembagaan": "23.70",
    "Persentase Indeks Kepuasan Masyarakat Perangkat Daerah yang nilainya >80 (B)": "2.29",
    "Indeks Kepuasan Masyarakat terhadap Pelayanan Kerumahtanggaan Sekretariat Daerah": "1.06",
    "Indeks Kepuasan Masyarakat terhadap Pelayanan Administrasi Pimpinan": "0.59",
}


@pytest.fixture
def export(source, tmp_path):
    """export(name, format, …) gives the file that the command wrote."""

    def run(name, format_name, **options):
        output = tmp_path / f"{name}.{format_name}"
        whose = {} if "username" in options else {"as_system": True}
        options |= whose | {"format": format_name, "output": output}
        call_command("export_report", name, stdout=StringIO(), **options)
        return output

    return run


def test_the_workbook_holds_the_changes_of_the_oracle(export):
    book = load_workbook(export("indicator-table", "xlsx", year=2023))
    rows = [
        row
        for sheet in book
        for row in sheet.iter_rows(values_only=True)
        if isinstance(row[0], int | float)
    ]
    found = {row[1]: Decimal(str(row[7])).quantize(Decimal("0.01"), ROUND_HALF_UP) for row in rows}
    assert found == {name: Decimal(change) for name, change in CHANGES.items()}
    ekppd = rows[0]
    assert ekppd[3] is None  # 2020 was not measured: an empty cell, not a zero
    assert rows[3][5] == 102


def test_no_cell_of_any_workbook_is_a_formula(export):
    for name in ("indicator-table", "follow-up-table", "score-comparison", "consistency"):
        book = load_workbook(export(name, "xlsx"))
        cells = (cell for sheet in book for row in sheet.iter_rows() for cell in row)
        assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []


def test_the_printed_table_loses_nothing_of_the_source(export):
    path = export("follow-up-table", "pdf")
    text = words(path.read_bytes(), "pdf")
    assert text.count("Sudah") - text.count("Sudah/") - text.count("Sudah menyajikan") == 10
    for phrase in ("Employee of the month", "achievable", "APBD-P", "JF dan Pelaksana"):
        assert phrase.replace(" ", "") in text.replace(" ", "")
    for caption in ("Brawijaya Malang", "Formula SMART-C", "Pembahasan Lanjutan"):
        assert caption in text
    for mended in ("structural", "dan dan", "Rentra", "dilingkup"):
        assert mended not in text
    page = PdfReader(path).pages[0].mediabox
    assert [round(float(side) / 72 * 25.4) for side in (page.width, page.height)] == [215, 330]


def test_the_checks_find_what_is_known_of_the_source(source):
    output = StringIO()
    call_command("check_consistency", format="json", as_system=True, stdout=output)
    found = json.loads(output.getvalue())
    assert set(found[0]) == {"code", "severity", "object", "message", "printed", "computed"}
    by_code = {}
    for row in found:
        by_code.setdefault(row["code"], []).append(row)
    counts = {code: len(rows) for code, rows in by_code.items()}
    assert counts == {
        "total-differs": 1,
        "rubrics-differ": 1,
        "change-differs": 2,
        "carried-over": 1,
        "repeats-recommendation": 1,
        "proposal-wording": 2,
        "missing-evidence": 10,
        "few-earlier-years": 4,
        "none-verified": 1,
        "rank-unchanged": 1,
        "caption-without-picture": 1,
        "grade-interval": 1,
        "minus-score": 1,
        "memo-letters": 1,
        "memo-incomplete": 1,
        "attachment-absent": 1,
    }
    figures = [(row["printed"], row["computed"]) for row in by_code["change-differs"]]
    assert figures == [("5,55", "5,56"), ("1,08", "1,06")]
    [total] = by_code["total-differs"]
    assert (total["printed"], total["computed"]) == ("67,93", "67,94")
    assert by_code["repeats-recommendation"][0]["object"].startswith("Renaksi 2.c")
    proposals = [row["object"][:11] for row in by_code["proposal-wording"]]
    assert proposals == ["Renaksi 1.b", "Renaksi 3.b"]


def test_a_person_exports_no_more_than_the_own_screen(export):
    hukum = Unit.objects.get(name="Biro Hukum")
    factories.make_user("hakim", Role.OPERATOR, hukum)
    everything = words(export("follow-up-table", "csv").read_bytes(), "csv")
    own = words(export("follow-up-table", "csv", username="hakim").read_bytes(), "csv")
    assert "Dibuatkan TS kepada pimpinan" in everything
    assert "Dibuatkan TS kepada pimpinan" not in own
    assert "Perencanaan Kinerja" in own  # the LHE of the own body and its recommendations


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"evaluation": 999}, "LHE nomor 999 tidak ada"),
        ({"year": 2050}, "Belum ada LHE dari tahun evaluasi 2050"),
        ({"username": "siapa"}, "Tidak ada pengguna aktif bernama “siapa”"),
    ],
)
def test_what_does_not_exist_is_said_in_words(export, options, sentence):
    with pytest.raises(CommandError, match=sentence):
        export("follow-up-table", "csv", **options)


def test_someone_who_left_can_not_be_acted_for(export, cast):
    with pytest.raises(CommandError, match="Tidak ada pengguna aktif"):
        export("follow-up-table", "csv", username="tono")


def test_the_summary_is_of_the_evaluation_that_was_asked_for(export):
    """Evaluation year 2022 is performance year 2021."""
    first = Evaluation.objects.get(performance_year=2021)
    text = words(export("leader-summary", "pdf", evaluation=first.pk).read_bytes(), "pdf")
    assert "Tahun Kinerja 2021" in text


@pytest.mark.parametrize(
    ("name", "options", "sentence"),
    [
        ("leader-summary", {"year": 2050}, "Belum ada LHE tahun kinerja 2050"),
        ("indicator-table", {"evaluation": 1}, "Tabel indikator kinerja tidak dibuat menurut satu LHE"),
        ("indicator-sheet", {"evaluation": 1}, "Lembar indikator tidak dibuat menurut satu LHE"),
        ("indicator-sheet", {"year": 2023}, "Lembar indikator tidak dibuat menurut tahun"),
        ("consistency", {"year": 2023}, "Uji konsistensi tidak dibuat menurut tahun"),
    ],
)  # fmt: skip
def test_a_choice_that_a_report_does_not_know_is_refused(export, name, options, sentence):
    with pytest.raises(CommandError, match=sentence):
        export(name, "pdf", **options)


def test_two_choices_that_contradict_each_other_are_refused(export):
    first, second = Evaluation.objects.order_by("performance_year")
    telaah_staf = TelaahStaf.objects.get(evaluation=second)
    year, choices = {"evaluation": second.pk, "year": 2021}, {"evaluation": first.pk}
    for name, options, sentence in (
        ("matrix", year, "dilakukan pada tahun 2023, bukan 2021"),
        ("leader-summary", year, "menilai tahun kinerja 2022, bukan 2021"),
        (
            "telaah-staf",
            choices | {"document": telaah_staf.pk},
            f"Telaah Staf nomor {telaah_staf.pk} tentang LHE",
        ),
    ):
        with pytest.raises(CommandError, match=sentence):
            export(name, "pdf", **options)
