"""The entry grid: each cell saved by itself, years locked, jumps explained."""

import re
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from performance.models import LockedYear, Realisation
from performance.services import realisations
from performance.views import entry_grid
from sakip.errors import WrongState
from sakip.history.entries import HistoryEntry
from sakip.models import UnsavedText
from tests import factories

D = Decimal


@pytest.fixture
def indicator(units):
    objective = factories.make_objective(units.setda)
    return factories.make_indicator(objective, units.organisasi, values={2022: D(90)})


@pytest.fixture
def save(signed_in, indicator):
    """save(person, realisasi=…, target=…, year=2023, lama=""): sends cells of one year."""

    def send(person, *, year=2023, lama="", **cells):
        data = {f"{what}-{indicator.pk}-{year}": text for what, text in cells.items()}
        data |= {f"lama-{name}": lama for name in data}
        return signed_in(person).post(f"{reverse('performance:entry-grid')}?tahun=2023", data)

    return send


def test_each_cell_is_saved_by_itself_and_a_wrong_one_keeps_its_text(cast, indicator, save):
    page = save(cast.kadir, realisasi="87.500", target="80–90").content.decode()
    target = indicator.targets.get(year=2023)
    assert (target.value, target.high) == (D(80), D(90))
    assert not indicator.realisations.filter(year=2023).exists()
    assert 'value="87.500"' in page
    assert "dapat dibaca dua cara" in page


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("87,5", (D("87.5"), "", "")),
        ("91*", (D(91), "", "*")),
        ("belum rilis", (None, "not_released", "")),
    ],
)
def test_a_figure_its_mark_and_its_reason_are_understood(cast, indicator, save, typed, held):
    assert save(cast.rina, realisasi=typed).status_code == 302
    row = indicator.realisations.get(year=2023)
    assert (row.value, row.missing, row.mark) == held
    assert HistoryEntry.objects.about(indicator).get().actor == cast.rina


def test_what_nobody_touched_is_left_alone(cast, indicator, save):
    save(cast.rina, year=2022, realisasi="90", lama="90")
    Realisation.objects.update(value=D(91), version=4)
    save(cast.rina, year=2022, realisasi="90", lama="90")
    assert indicator.realisations.get().version == 4


def test_what_somebody_saved_meanwhile_is_shown_and_not_overwritten(cast, indicator, save):
    page = save(cast.rina, year=2022, realisasi="92", lama="89").content.decode()
    assert "Orang lain menyimpan “90” lebih dahulu" in page
    assert indicator.realisations.get().value == 90
    save(cast.rina, year=2022, realisasi="92", lama="90")
    assert indicator.realisations.get().value == 92


def test_an_operator_writes_no_target_and_another_unit_nothing(cast, indicator, save):
    save(cast.rina, target="80")
    save(cast.umar, realisasi="80")
    assert not indicator.targets.exists()
    assert indicator.realisations.count() == 1


def test_a_value_ten_times_the_last_is_not_saved_by_the_way(cast, indicator, save):
    assert "sepersepuluhnya" in save(cast.rina, realisasi="9,1").content.decode()
    assert not indicator.realisations.filter(year=2023).exists()


def test_a_locked_year_is_written_by_nobody(cast, units, indicator, save, signed_in):
    lock = reverse("performance:year-lock", args=[units.setda.pk, 2023])
    signed_in(cast.kadir).post(lock)
    assert LockedYear.objects.get().locked_by == cast.kadir
    save(cast.kadir, realisasi="91", target="90")
    with pytest.raises(WrongState, match="dikunci"):
        write(indicator, cast.kadir, value=D(91))
    assert not indicator.realisations.filter(year=2023).exists()
    form = reverse("performance:realisation-edit", args=[indicator.pk, 2023])
    assert signed_in(cast.rina).get(form).status_code == 409
    signed_in(cast.kadir).post(lock, {"buka": "ya"})
    assert save(cast.rina, realisasi="91").status_code == 302
    actions = HistoryEntry.objects.about(units.setda).values_list("action", flat=True)
    assert list(actions) == ["unlock_year", "lock_year"]


def write(indicator, actor, **fields):
    return realisations.write_year(
        indicator=indicator,
        year=2023,
        actor=actor,
        at=timezone.now(),
        version=0,
        realisation=fields,
    )


@pytest.mark.parametrize(("value", "is_asked"), [("99", False), ("99.1", True), ("80.9", True)])
def test_a_jump_beyond_the_threshold_is_explained(cast, indicator, value, is_asked):
    indicator.explain_above = 10
    indicator.save()
    if is_asked:
        with pytest.raises(ValidationError, match="lebih dari 10 %"):
            write(indicator, cast.rina, value=D(value))
    write(indicator, cast.rina, value=D(value), explanation="Survei baru" if is_asked else "")
    assert indicator.realisations.get(year=2023).value == D(value)


def test_the_form_asks_at_its_field(cast, indicator, signed_in):
    indicator.explain_above = 5
    indicator.save()
    address = reverse("performance:realisation-edit", args=[indicator.pk, 2023])
    page = signed_in(cast.rina).post(address, {"version": "0", "value": "70"})
    assert "Tulis penjelasannya" in page.context["form"].errors["explanation"][0]


def test_the_grid_costs_the_same_for_many_indicators(cast, units, indicator, signed_in):
    client, address = signed_in(cast.kadir), reverse("performance:entry-grid")
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(2, 12):
        factories.make_indicator(
            indicator.objective,
            units.umum,
            number=number,
            name=f"Indikator {number}",
            values={2021: D(1), 2022: D(number)},
        )
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)


def test_a_figure_typed_over_one_carried_over_is_the_years_own(cast, indicator, save):
    indicator.realisations.create(year=2023, value=D(90), is_carried_over=True)
    assert save(cast.rina, realisasi="91,5", lama="90").status_code == 302
    row = indicator.realisations.get(year=2023)
    assert (row.value, row.is_carried_over) == (D("91.5"), False)
    (entry,) = HistoryEntry.objects.about(indicator)
    assert ["2023 · Nilai tahun sebelumnya", "ya", "tidak"] in entry.in_words


# ── What was typed and not saved ────────────────────────────────────────────────────────────────
GRID, TYPED = "performance:entry-grid", "performance:entry-grid-typed"


@pytest.fixture
def rina(signed_in, cast):
    return signed_in(cast.rina)


def cell(indicator, words, lama="", year=2023):
    name = f"realisasi-{indicator.pk}-{year}"
    return {name: words, f"lama-{name}": lama}


def page_of(client, query="tahun=2023"):
    return client.get(f"{reverse(GRID)}?{query}").text


def test_what_is_typed_is_kept_on_the_server_and_stands_there_again(
    rina, cast, signed_in, indicator
):
    answer = rina.post(reverse(TYPED), cell(indicator, "91,"))
    assert answer.status_code == 200 and answer.text.startswith("Draf tersimpan")
    page = page_of(rina)
    assert 'value="91,"' in page and "kami kembalikan" in page and "belum disimpan" in page
    assert "kami kembalikan" not in page_of(signed_in(cast.kadir))
    assert "kami kembalikan" not in page_of(rina, "tahun=2020")  # its cell is on another page
    rina = signed_in(cast.rina)
    assert rina.post(reverse(TYPED), cell(indicator, "")).text == ""
    assert not UnsavedText.objects.exists()


def test_pages_of_other_years_keep_theirs_beside_it(rina, indicator):
    rina.post(reverse(TYPED), cell(indicator, "91"))
    rina.post(reverse(TYPED), cell(indicator, "89", "90", 2022))
    kept = dict(UnsavedText.objects.get().content["fields"])
    assert {value for name, value in kept.items() if not name.startswith("lama-")} == {"91", "89"}


def test_what_was_saved_is_kept_no_more_and_what_was_refused_is(rina, indicator):
    for year, lama in ((2022, "90"), (2023, "")):
        rina.post(reverse(TYPED), cell(indicator, "87.500", lama, year))
    both = cell(indicator, "91", "90", 2022) | cell(indicator, "87.500")
    assert rina.post(f"{reverse(GRID)}?tahun=2023", both).status_code == 200
    kept = dict(UnsavedText.objects.get().content["fields"])
    assert kept == cell(indicator, "87.500")
    rina.post(f"{reverse(GRID)}?tahun=2023", cell(indicator, "87,5"))
    assert not UnsavedText.objects.exists()


def test_when_the_server_fails_every_figure_is_kept(rina, indicator, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(entry_grid, "save", fail)
    rina.raise_request_exception = False
    sent = cell(indicator, "91") | cell(indicator, "90", "90", 2022)
    assert rina.post(f"{reverse(GRID)}?tahun=2023", sent).status_code == 500
    assert dict(UnsavedText.objects.get().content["fields"]) == cell(indicator, "91")


def test_a_figure_somebody_else_saved_meanwhile_is_not_overwritten_by_it(rina, cast, indicator):
    rina.post(reverse(TYPED), cell(indicator, "91"))
    Realisation.objects.create(indicator=indicator, year=2023, value=D(80))
    assert f'name="lama-realisasi-{indicator.pk}-2023"' in page_of(rina)
    shown = rina.post(f"{reverse(GRID)}?tahun=2023", cell(indicator, "91")).text
    assert "Orang lain menyimpan “80” lebih dahulu" in shown
    assert 'value="91"' in page_of(rina)


def test_a_cell_that_was_locked_shows_what_was_typed(rina, cast, units, indicator):
    rina.post(reverse(TYPED), cell(indicator, "91"))
    LockedYear.objects.create(
        unit=units.setda, year=2023, locked_by=cast.kadir, locked_at=timezone.now()
    )
    assert re.search(r"Realisasi 2023 [^<]*: 91</li>", page_of(rina))
    assert (
        rina.post(f"{reverse(TYPED)}?tahun=2023", {"buang": "ya"}).url
        == f"{reverse(GRID)}?tahun=2023"
    )
    assert not UnsavedText.objects.exists()
