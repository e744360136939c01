"""The source document's twelve indicators, transcribed by hand from its tables and the oracle."""

from decimal import Decimal

from performance.models import Realisation
from tests import factories

YEARS = (2020, 2021, 2022, 2023)
# Objective, name, measure, what is printed for 2020–2023, the change printed, the change that is right.
INDICATORS = (
    (1, "Skor EKPPD", "Skor", ("-", "2,77", "3,51", "3,51"), "0.00", "0,00"),
    (1, "Kerja sama ditindaklanjuti", "Persentase", ("90,00", "85,00", "90,00", "95,00"), "5.55", "5,56"),
    (1, "Kebijakan bidang Kesra", "Persentase", ("85,00", "85,00", "100,00", "100,00"), "0.00", "0,00"),
    (1, "Produk hukum diharmonisasi", "Persentase", ("100,00", "99,86", "102,00", "101,59"), "-0.40", "-0,40"),
    (2, "Kebijakan perekonomian", "Persentase", ("-", "90,00", "96,77", "100,00"), "3.34", "3,34"),
    (2, "Pembangunan tepat waktu", "Persentase", ("-", "98,40", "97,24", "96,63"), "-0.63", "-0,63"),
    (2, "Tata kelola pengadaan", "Indeks", ("-", "74,13", "64,30", "70,55"), "9.72", "9,72"),
    (3, "SAKIP minimal B", "Persentase", ("78,38", "75,68", "89,19", "97,30"), "9.09", "9,09"),
    (3, "Indeks Kelembagaan", "Indeks", ("65,64", "68,14", "71,53", "88,48"), "23.70", "23,70"),
    (4, "IKM di atas 80", "Persentase", ("62,34", "72,67", "85,11", "87,06"), "2.29", "2,29"),
    (4, "IKM kerumahtanggaan", "Indeks", ("81,00", "79,81", "83,38", "84,26"), "1.08", "1,06"),
    (4, "IKM administrasi pimpinan", "Indeks", ("83,00", "85,24", "85,78", "86,29"), "0.59", "0,59"),
)  # fmt: skip


def make_source(body, owner):
    """All four objectives of `body`, with marks, annotations and the figures printed."""
    objectives = {number: factories.make_objective(body, number) for number in (1, 2, 3, 4)}
    for objective in objectives.values():
        objective.sources.create(year=2023, text="data Biro-biro tahun 2023 diolah")
    for number, name, measure, printed, change, _ in INDICATORS:
        values = {
            year: None if text == "-" else Decimal(text.replace(",", "."))
            for year, text in zip(YEARS, printed, strict=True)
        }
        indicator = factories.make_indicator(
            objectives[number], owner, name, measure=measure, values=values
        )
        indicator.realisations.filter(year=2023).update(reported_change=Decimal(change))
    latest = Realisation.objects.filter(indicator__name="Skor EKPPD", year=2023)
    latest.update(mark="*", footnote="Skor EKPPD tahun 2022", is_carried_over=True)
    ranked = Realisation.objects.filter(indicator__name="Indeks Kelembagaan")
    ranked.update(annotation="peringkat 4")
    return objectives
