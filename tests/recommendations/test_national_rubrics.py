"""The two national rubrics are there after `migrate`, once, whatever is loaded before or after."""

from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from recommendations.models import Component, Rubric
from reports.seed.source import load_source, read
from sakip.history.entries import HistoryEntry
from tests import factories

load = import_module("recommendations.migrations.0003_national_rubrics").load
NATIONAL = ["PermenPANRB 12/2015", "PermenPANRB 88/2021"]


def as_read(rubric):
    return {row.component.code: row.weight for row in rubric.weights.select_related("component")}


@pytest.mark.django_db
def test_an_empty_installation_has_them():
    load(apps, None)
    printed = {row["name"]: row for row in read("reference")["rubrics"] if row["name"] in NATIONAL}
    for name in NATIONAL:
        rubric = Rubric.objects.get(name=name)
        assert (rubric.unit, rubric.edition, rubric.is_active) == (None, 1, True)
        assert rubric.regulation == printed[name]["regulation"]
        assert as_read(rubric) == printed[name]["weights"]
        for share in ("existence_share", "quality_share", "use_share"):
            assert getattr(rubric, share) == printed[name].get(share)
        assert HistoryEntry.objects.about(rubric).get().action == "create"
    assert [(row.code, row.name, row.aliases.splitlines()) for row in Component.objects.all()] == [
        (row["code"], row["name"], row["aliases"]) for row in read("reference")["components"]
    ]


@pytest.mark.django_db
def test_the_source_document_doubles_nothing():
    load(apps, None)
    load_source(at=timezone.now())
    assert Component.objects.count() == 5
    names = list(Rubric.objects.values_list("name", flat=True))
    assert names == ["Perkiraan bobot evaluasi 2023", *NATIONAL]
    load(apps, None)
    assert Rubric.objects.count() == 3


def test_what_people_changed_is_left_alone(units):
    load(apps, None)
    Rubric.objects.filter(name=NATIONAL[0]).update(name="Rubrik lama")
    own = factories.make_rubric(NATIONAL[0], unit=units.setda)
    load(apps, None)
    assert Rubric.objects.filter(unit=None).count() == 2
    load_source(at=timezone.now())
    assert Rubric.objects.filter(name=NATIONAL[0]).get() == own
