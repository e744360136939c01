"""Objectives, indicators and targets that two people have open: the second reads both and loses nothing."""

import pytest
from django.urls import reverse
from django.utils import timezone

from performance.models import Realisation, Target
from tests import factories
from tests.browsing import fields_of
from tests.workbooks.books import upload
from workbooks.services import imports as workbooks


@pytest.fixture
def kadir(signed_in, cast):
    return signed_in(cast.kadir)


@pytest.fixture
def objective(units):
    objective = factories.make_objective(units.setda, name="Tata kelola")
    objective.sources.create(year=2022, text="data Biro")
    return objective


@pytest.fixture
def indicator(objective, units):
    return factories.make_indicator(objective, units.organisasi, "Indeks", values={2023: 80})


def page_of(name, record, *args):
    return reverse(f"performance:{name}", args=[record.pk, *args])


def both(client, url, first, second):
    """Two pages opened at once; the answer to the slower one."""
    old = fields_of(client.get(url))
    assert client.post(url, old | first).status_code == 302
    assert client.post(url, old | first).status_code == 302  # a second click
    return client.post(url, old | second)


def test_an_objective_and_its_sources(kadir, objective):
    url = page_of("objective-edit", objective)
    new_source = {"sources-1-year": "2023", "sources-1-text": "data BPS"}
    answer = both(kadir, url, new_source, {"name": "Pelayanan publik"})
    assert answer.status_code == 409
    for words in ("Sumber 2023", "data BPS", "Pelayanan publik"):
        assert words in answer.text
    assert objective.sources.count() == 2
    again = fields_of(answer) | new_source
    assert kadir.post(url, again).status_code == 302
    objective.refresh_from_db()
    assert (objective.name, objective.sources.count()) == ("Pelayanan publik", 2)


def test_a_source_taken_away_meanwhile(kadir, objective):
    url = page_of("objective-edit", objective)
    answer = both(kadir, url, {"sources-0-DELETE": "on"}, {"sources-0-text": "data Biro 2"})
    assert answer.status_code == 409
    assert "data Biro 2" in answer.text
    assert kadir.post(url, fields_of(answer)).status_code == 302
    assert objective.sources.get().text == "data Biro 2"


def test_an_indicator(kadir, indicator):
    url = page_of("indicator-edit", indicator)
    answer = both(kadir, url, {"formula": "A dibagi B"}, {"definition": "Nilai rata-rata"})
    assert answer.status_code == 409
    for words in ("A dibagi B", "Nilai rata-rata"):
        assert words in answer.text
    indicator.refresh_from_db()
    assert (indicator.formula, indicator.definition) == ("A dibagi B", "")
    assert kadir.post(url, fields_of(answer)).status_code == 302


def test_the_check_list(kadir, indicator):
    url = page_of("smart-edit", indicator)
    answer = both(kadir, url, {"s": "ya"}, {"m": "tidak", "m-remark": "Satuannya belum jelas"})
    assert answer.status_code == 409
    for words in ("terpenuhi", "Satuannya belum jelas"):
        assert words in answer.text
    assert indicator.smart_marks.get().criterion == "s"
    assert kadir.post(url, fields_of(answer) | {"s": "ya"}).status_code == 302
    assert indicator.smart_marks.count() == 2


def test_a_target(kadir, indicator):
    url = page_of("realisation-edit", indicator, 2023)
    old = fields_of(kadir.get(url))
    assert kadir.post(url, old | {"target-value": "85"}).status_code == 302
    answer = kadir.post(url, old | {"target-value": "90"})
    assert answer.status_code == 409
    assert 'value="90"' in answer.text and "<dd>85</dd>" in answer.text
    assert Target.objects.get().value == 85
    assert kadir.post(url, fields_of(answer)).status_code == 302
    assert Target.objects.get().value == 90


def test_an_older_page_without_a_target_takes_none_away(kadir, indicator):
    url = page_of("realisation-edit", indicator, 2023)
    old = fields_of(kadir.get(url))
    kadir.post(url, old | {"target-value": "85"})
    assert kadir.post(url, old).status_code == 409
    assert Target.objects.exists()


def test_a_figure_that_was_imported_meanwhile_is_not_overwritten(kadir, cast, indicator):
    url = page_of("realisation-edit", indicator, 2024)
    old = fields_of(kadir.get(url))
    head = ["Sasaran", "Nomor", "Nama indikator", "Satuan", "Unit pemilik", "Realisasi 2024"]
    row = ["Sekretariat Daerah / 1", 1, "Indeks", "Persentase", "Biro Organisasi", 82]
    file = upload({"Indikator": [head, row]})
    run = workbooks.start(kind="indicators", upload=file, actor=cast.kadir, at=timezone.now())
    plan = workbooks.preview(run)
    assert plan.errors == []
    workbooks.carry_out(run, at=timezone.now())
    assert kadir.post(url, old | {"value": "83"}).status_code == 409
    assert Realisation.objects.get(year=2024).value == 82
