"""A draft states what the records hold and nothing else."""

import re
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommendations.models import Renaksi
from recommendations.rules.score_sentences import course
from reports.documents.telaah_staf.drafting import CLOSING, draft, standard_kinds
from reports.documents.telaah_staf.facts import (
    ComponentFacts,
    EvaluationFacts,
    ItemFacts,
    Misprint,
    Tally,
    YearChange,
    gather,
)
from reports.documents.telaah_staf.wording import Passage
from sakip.dates import format_date
from sakip.numbers import counted, format_number, list_letter
from sakip.richtext import plain_text
from tests import factories

TODAY = date(2026, 6, 1)
D = Decimal


def tally(recommendations=1, **statuses):
    """So many renaksi in each status, all in the first recommendation."""
    rows = [status for status, count in statuses.items() for _ in range(count)]
    items = [
        ItemFacts(
            recommendation=1, reference=f"1.{list_letter(place)}", unit="Biro Umum", status=status
        )
        for place, status in enumerate(rows, 1)
    ]
    return Tally(recommendations=recommendations, items=tuple(items))


EMPTY = EvaluationFacts(body="Sekretariat Daerah", year=2022, on=TODAY)
MEASURING = ComponentFacts(
    name="Pengukuran Kinerja",
    score=YearChange(then=D("15.00"), now=D("14.80")),
    share=YearChange(then=D(60), now=D(74)),
)
CHOSEN = EvaluationFacts(
    body="Sekretariat Daerah",
    year=2022,
    on=TODAY,
    previous_year=2021,
    letter_number="700.1.2.1/2753/Itprov-II",
    letter_date=date(2023, 9, 5),
    components=(MEASURING,),
    about=("Pengukuran Kinerja",),
    total=YearChange(then=D("67.94"), now=D("73.90")),
    grade="BB",
    previous_grade="B",
    weights_differ=True,
    tally=tally(submitted=3),
)


def words(facts, **options):
    parts = [part for section in draft(facts, **options) for part in section.parts]
    return " ".join(plain_text(part.html) for part in parts if isinstance(part, Passage)).replace(
        "\n", " "
    )


def test_the_letter_the_change_and_both_scales_are_told():
    text = words(CHOSEN)
    for sentence in (
        "Nomor 700.1.2.1/2753/Itprov-II tanggal 5 September 2023, perlu ditindaklanjuti, khususnya "
        "pada komponen Pengukuran Kinerja.",
        "turun 0,20, yaitu dari 15,00 pada tahun 2021 menjadi 14,80 pada tahun 2022.",
        "terhadap bobotnya, nilai itu naik 14,00 poin, yaitu dari 60,00 persen menjadi 74,00 persen.",
        "naik 5,96, yaitu dari 67,94 dengan predikat B pada tahun 2021 menjadi 73,90 dengan "
        "predikat BB pada tahun 2022.",
        "memuat 1 (satu) rekomendasi pada komponen Pengukuran Kinerja, yang dijabarkan dalam "
        "3 (tiga) rencana aksi.",
        "Unit penanggung jawab menyatakan seluruh rencana aksi sudah ditindaklanjuti; belum ada "
        "yang diverifikasi evaluator.",
    ):
        assert sentence in text


def test_what_is_not_known_leaves_its_sentence_out():
    text = words(EMPTY)
    assert "None" not in text
    assert "tahun kinerja 2022 perlu ditindaklanjuti." in text
    for word in ("Nomor", "tanggal", "sebesar", "predikat", "rekomendasi", "Dibandingkan"):
        assert word not in text


@pytest.mark.parametrize(
    ("statuses", "sentences"),
    [
        ({"open": 1}, ["Rencana aksi tersebut belum ditindaklanjuti."]),
        ({"done": 2}, ["Seluruh rencana aksi tersebut tuntas.", "telah tuntas."]),
        (
            {"submitted": 1, "done": 1},
            ["menyatakan seluruh rencana aksi sudah ditindaklanjuti; 1 (satu) di antaranya telah"],
        ),
        (
            {"open": 2, "done": 1, "not_actionable": 1},
            [
                "2 (dua) belum ditindaklanjuti, 1 (satu) tuntas, dan 1 (satu) tidak dapat",
                "menyatakan 1 (satu) dari 3 (tiga) rencana aksi yang dapat ditindaklanjuti sudah "
                "ditindaklanjuti; evaluator telah memverifikasinya.",
            ],
        ),
        ({"submitted": 1}, ["sudah ditindaklanjuti; evaluator belum memverifikasinya."]),
        ({}, ["yang belum dijabarkan dalam rencana aksi.", "agar segera disusun."]),
    ],
)
def test_claimed_and_verified_are_told_apart(statuses, sentences):
    text = words(EvaluationFacts(body="Setda", year=2022, on=TODAY, tally=tally(**statuses)))
    for sentence in sentences:
        assert sentence in text


def test_the_ending_is_one_section_or_two():
    assert [section.kind for section in draft(EMPTY)] == standard_kinds(two_endings=False)
    *_, conclusion, advice = draft(CHOSEN, two_endings=True)
    assert (conclusion.heading, advice.heading) == ("Kesimpulan", "Saran")
    assert CLOSING in advice.parts[-1].html and CLOSING not in conclusion.parts[0].html


def test_names_are_text_not_markup():
    facts = EvaluationFacts(body="<script>Setda & Co</script>", year=2022, on=TODAY)
    assert "&lt;script&gt;Setda &amp; Co" in draft(facts)[0].parts[0].html


# ── Any records: no figure of its own ───────────────────────────────────────────────────────────
scores = st.none() | st.decimals(0, 100, places=2)
names = st.sampled_from(["Perencanaan", "Pengukuran & Data", "Pelaporan", "Capaian"])
changes = st.builds(YearChange, now=scores, then=scores)
components = st.builds(ComponentFacts, name=names, score=changes, share=st.none() | changes)
units = st.sampled_from(["Biro Umum", "Biro Organisasi"])
due = st.none() | st.dates(date(2022, 1, 1), date(2030, 1, 1))
items = st.builds(
    ItemFacts,
    recommendation=st.just(1),
    reference=st.sampled_from(["1.a", "1.b", "2"]),
    unit=units,
    status=st.sampled_from(Renaksi.Status.values),
    due_date=due,
    is_overdue=st.booleans(),
    sent_back=st.sampled_from(["", "return", "reopen"]),
    sent_back_by=st.sampled_from(["evaluator", "koordinator"]),
)
tallies = st.builds(
    Tally, recommendations=st.integers(0, 30), items=st.lists(items, max_size=12).map(tuple)
)
grades = st.none() | st.sampled_from(["A", "BB", "B"])
records = st.builds(
    EvaluationFacts,
    body=st.just("Setda"),
    year=st.just(2022),
    on=st.dates(date(2022, 1, 1), date(2030, 1, 1)),
    previous_year=st.just(2021),
    letter_number=st.sampled_from(["", "700/12/X"]),
    letter_date=st.none() | st.dates(date(2022, 1, 1), date(2023, 1, 1)),
    regulation=st.sampled_from(["", "Peraturan Nomor 88"]),
    previous_regulation=st.sampled_from(["", "Peraturan Nomor 12"]),
    estimated_years=st.sampled_from([(), (2021,), (2021, 2022)]),
    components=st.lists(components, unique_by=lambda row: row.name).map(tuple),
    about=st.lists(names, unique=True).map(tuple),
    total=changes,
    grade=grades,
    previous_grade=grades,
    misprints=st.lists(
        st.builds(
            Misprint, year=st.just(2021), printed=st.just(D("67.93")), computed=st.just(D("67.94"))
        ),
        max_size=1,
    ).map(tuple),
    weights_differ=st.booleans(),
    tally=tallies,
    course=st.lists(st.decimals(0, 100, places=2), max_size=5).map(
        lambda rows: course(list(enumerate(rows, 2023 - len(rows))))
    ),
)


def figures_of(facts):
    """Every figure of the records as it may be printed."""
    known = {str(facts.year), str(facts.previous_year), facts.letter_number, "67,93", "67,94"}
    for year, total in facts.course.totals if facts.course else ():
        known |= {str(year), format_number(total)}
    known |= {str(number) for number in range(1, 13)}  # lainnya (lihat tabel)
    for day in (facts.on, facts.letter_date):
        known |= set(re.findall(r"\d+", format_date(day))) if day else set()
    moved = [facts.total, *(row.score for row in facts.components)]
    moved += [row.share for row in facts.components if row.share]
    for change in moved:
        values = [change.now, change.then, change.difference and abs(change.difference)]
        known |= {format_number(value) for value in values if value is not None}
    return known


def counts_of(tally):
    numbers = [tally.recommendations, tally.claimed_recommendations, tally.verified_recommendations]
    numbers += [len(tally.overdue), tally.renaksi, tally.countable, tally.claimed, tally.verified]
    numbers += [tally.unfinished, *tally.states.values(), tally.count("open", "in_progress")]
    returned = [item for item in tally.items if item.state == "returned"]
    numbers += [sum(bool(item.sent_back) is told for item in returned) for told in (True, False)]
    reopened = [item for item in tally.items if item.state == "reopened"]
    numbers += Counter(item.sent_back_by for item in reopened).values()
    return {counted(number) for number in numbers}


@given(records, st.booleans())
def test_every_figure_is_one_of_the_records(facts, two_endings):
    text = words(facts, two_endings=two_endings)
    assert "None" not in text and "(nol)" not in text
    assert "  " not in text and " ." not in text and " ," not in text
    for regulation in (facts.regulation, facts.previous_regulation):
        text = text.replace(regulation, "") if regulation else text
    for item in facts.tally.items:
        text = text.replace(f"renaksi {item.name}", "")
    assert not re.search(r"renaksi \d", text)
    spelt = r"\d[\d.]* \([a-z ]+\)"
    assert set(re.findall(spelt, text)) <= counts_of(facts.tally)
    assert set(re.findall(r"[\d./]*\d[\d.,/X]*\b", re.sub(spelt, "", text))) <= figures_of(facts)


@given(records)
def test_up_and_down_agree_with_the_figures(facts):
    text = words(facts)
    for row in facts.chosen:
        if row.score.direction:
            verb = "naik" if row.score.now > row.score.then else "turun"
            assert f"Nilai komponen {row.name} {verb} " in text


# ── What is gathered ────────────────────────────────────────────────────────────────────────────
def test_the_facts_are_those_of_the_chosen_component(evaluation, recommendation, cast, units):
    factories.make_renaksi(recommendation, units.organisasi, status="submitted")
    factories.make_renaksi(recommendation, units.umum, status="open", due_date="2026-05-31")
    other = factories.make_recommendation(evaluation, component="pengukuran")
    factories.make_renaksi(other, units.umum, status="done")
    facts = gather(
        evaluation=evaluation, components=[recommendation.component], user=cast.kadir, on=TODAY
    )
    assert facts.about == ("Perencanaan Kinerja",)
    assert facts.tally.states == {"open": 1, "submitted": 1}
    assert [item.name for item in facts.tally.overdue] == [
        "1.b (Biro Umum, batas waktu 31 Mei 2026)"
    ]
    assert (facts.total.now, facts.total.then, facts.grade) == (D("73.90"), None, "BB")


def test_the_weights_of_an_estimate_are_no_regulation(evaluation, cast):
    facts = gather(evaluation=evaluation, components=[], user=cast.kadir, on=TODAY)
    assert (facts.regulation, facts.estimated_years) == ("", (2022,))


def test_gathering_costs_as_much_for_many_renaksi_as_for_one(
    evaluation, renaksi, cast, units, django_assert_max_num_queries
):
    for _ in range(30):
        factories.make_renaksi(renaksi.recommendation, units.umum)
    assert cast.kadir.reach
    with django_assert_max_num_queries(13):
        gather(evaluation=evaluation, components=[], user=cast.kadir, on=TODAY)
