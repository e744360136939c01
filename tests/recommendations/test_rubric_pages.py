"""Rubrics: weights that sum to 100 and still fit the scores given by them."""

from functools import partial

import pytest

from recommendations.models import Component, Rubric
from sakip.history.entries import HistoryEntry
from tests import factories

NEW = "/rubrik/baru/"


@pytest.fixture
def components(units):
    return [factories.make_component(code) for code, _ in factories.COMPONENTS]


@pytest.fixture
def own(units):
    """A rubric of the Sekretariat Daerah itself, by which nothing was scored yet."""
    return factories.make_rubric("Rubrik Setda", unit=units.setda)


@pytest.fixture
def typed(units):
    """Weights in the order shown; the last row names a component not known yet."""
    return partial(fields_of_rubric, unit=units.setda.pk)


def fields_of_rubric(*weights, new=("", ""), **fields):
    rows = len(weights) + 1
    data = {"name": "Rubrik baru", "regulation": "Pergub 26/2022", "existence_label": "Keberadaan"}
    data["version"] = 0
    data |= {"is_active": "on", "form-TOTAL_FORMS": rows, "form-INITIAL_FORMS": rows}
    data |= {f"form-{index}-weight": weight for index, weight in enumerate(weights)}
    data |= {f"form-{rows - 1}-name": new[0], f"form-{rows - 1}-weight": new[1]}
    return data | fields


def weights(rubric):
    return {row.component.code: str(row.weight) for row in rubric.weights.all()}


def test_it_is_made_with_one_row_of_history(signed_in, cast, components, typed):
    answer = signed_in(cast.kadir).post(NEW, typed("30", "27,5", "17,5", "25", ""))
    rubric = Rubric.objects.get(name="Rubrik baru")
    assert answer.url == rubric.get_absolute_url()
    assert weights(rubric) == {
        "perencanaan": "30.00",
        "pengukuran": "27.50",
        "pelaporan": "17.50",
        "evaluasi-internal": "25.00",
    }
    [entry] = HistoryEntry.objects.about(rubric)
    assert (entry.actor, entry.action) == (cast.kadir, "create")
    assert ["Pengukuran Kinerja · Bobot", "-", "27,50"] in entry.in_words


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (("30", "30", "15", "24", ""), "Jumlah bobot 99,00, padahal harus 100. Tambahkan 1,00."),
        (("30", "30", "15", "25", "1,5"), "Jumlah bobot 101,50, padahal harus 100. Kurangi 1,50."),
        (("", "", "", "", ""), "Jumlah bobot 0,00, padahal harus 100."),
        (("30", "30", "15", "25", "0"), "Tulis angka paling kecil 0,01."),
        (("30.000", "30", "15", "25", ""), "dapat dibaca dua cara"),
    ],
)
def test_weights_that_do_not_make_a_hundred_are_refused(
    signed_in, cast, components, typed, given, sentence
):
    page = signed_in(cast.kadir).post(NEW, typed(*given))
    assert sentence in page.text
    assert 'value="Pergub 26/2022"' in page.text
    assert not Rubric.objects.exists()


def test_a_component_that_is_not_known_yet_is_made(signed_in, cast, components, typed):
    signed_in(cast.kadir).post(NEW, typed("30", "20", "20", "20", "", new=("Inovasi Daerah", "10")))
    assert weights(Rubric.objects.get())["inovasi-daerah"] == "10.00"
    assert Component.objects.last().name == "Inovasi Daerah"


def test_a_new_component_needs_its_weight(signed_in, cast, components, typed):
    page = signed_in(cast.kadir).post(NEW, typed("30", "30", "15", "25", "", new=("Inovasi", "")))
    assert "Tulis nama komponen beserta bobotnya." in page.text
    assert not Component.objects.filter(name="Inovasi").exists()


def test_parts_sum_to_a_hundred(signed_in, cast, components, typed):
    shares = {"existence_share": "20", "quality_share": "30", "use_share": "40"}
    page = signed_in(cast.kadir).post(NEW, typed("30", "30", "15", "25", "", **shares))
    assert "harus berjumlah 100, atau kosong semua" in page.text


def test_editing_leaves_one_row_that_names_the_weights(signed_in, cast, components, typed, own):
    client = signed_in(cast.kadir)
    client.post(f"/rubrik/{own.pk}/ubah/", typed("25", "30", "15", "10", "20", name="Rubrik Setda"))
    assert weights(own)["perencanaan"] == "25.00"
    [entry] = HistoryEntry.objects.about(own)
    assert ["Perencanaan Kinerja · Bobot", "30,00", "25,00"] in entry.in_words
    assert ["Pengukuran Kinerja · Bobot", "25,00", "30,00"] in entry.in_words


def test_everybody_reads_rubrics(signed_in, cast, evaluation):
    client = signed_in(cast.rina)
    assert "Perkiraan" in client.get("/rubrik/").text
    page = client.get(evaluation.rubric.get_absolute_url()).text
    assert "perlu dikonfirmasi kepada Inspektorat" in page
    assert "/ubah/" not in page


def test_a_rubric_names_only_the_evaluations_one_may_see(signed_in, cast, evaluation):
    page = signed_in(cast.sari).get(evaluation.rubric.get_absolute_url())
    assert str(evaluation) not in page.text
