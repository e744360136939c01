"""The kinds of units of a province, and how the migration tells those of stored units."""

from importlib import import_module

import pytest
from django.apps import apps

from sakip.models import Unit
from tests import factories

pytestmark = pytest.mark.django_db
migration = import_module("sakip.migrations.0009_unit_kinds")


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("Sekretariat Daerah", "body", "secretariat"),
        ("Inspektorat Daerah Provinsi", "body", "inspectorate"),
        ("Dinas Kesehatan", "body", "dinas"),
        ("Badan Pendapatan Daerah", "body", "badan"),
        ("RSUD Kanujoso", "body", "hospital"),
        ("Satuan Polisi Pamong Praja", "body", "body"),
        ("Sekretariat", "bureau", "office"),
        ("Bidang Pemasaran", "bureau", "field"),
        ("Cabang Dinas Wilayah I", "bureau", "branch"),
        ("Biro Umum", "bureau", "bureau"),
    ],
)
def test_the_kind_of_a_stored_unit_is_told_from_its_name(name, before, after):
    unit = factories.make_unit(name, kind=before)
    migration.tell_kinds(apps, None)
    unit.refresh_from_db()
    assert unit.kind == after
    migration.forget_kinds(apps, None)
    unit.refresh_from_db()
    assert unit.kind == before


def test_a_body_is_what_gets_an_lhe():
    for kind in Unit.Kind:
        factories.make_unit(kind=kind)
    bodies = {"secretariat", "inspectorate", "dinas", "badan", "hospital", "body"}
    assert set(Unit.objects.bodies().values_list("kind", flat=True)) == bodies
    assert {unit.kind for unit in Unit.objects.all() if unit.is_body} == bodies
    evaluated = set(Unit.objects.evaluated().values_list("kind", flat=True))
    assert evaluated == bodies | {"province"}
