"""The kinds of units of a province."""

import pytest
from django.urls import reverse

from sakip.models import Unit
from sakip.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_body_is_what_gets_an_lhe():
    for kind in Unit.Kind:
        factories.make_unit(kind=kind)
    bodies = {"secretariat", "inspectorate", "dinas", "badan", "hospital", "body"}
    assert set(Unit.objects.bodies().values_list("kind", flat=True)) == bodies
    assert {unit.kind for unit in Unit.objects.all() if unit.is_body} == bodies
    evaluated = set(Unit.objects.evaluated().values_list("kind", flat=True))
    assert evaluated == bodies | {"province"}


def offered_kinds(client, unit=None):
    address = reverse("sakip:unit-edit", args=[unit.pk]) if unit else reverse("sakip:unit-create")
    return {kind for kind, _ in client.get(address).context["form"].fields["kind"].choices}


def test_a_dinas_is_offered_no_biro(client):
    province = factories.make_unit(kind=Unit.Kind.PROVINCE)
    dinas = factories.make_unit("Dinas Pariwisata", parent=province, kind=Unit.Kind.DINAS)
    setda = factories.make_unit("Setda", parent=province, kind=Unit.Kind.SECRETARIAT)
    client.force_login(factories.make_user("sari", Role.COORDINATOR, dinas))
    assert {"field", "uptd"} <= offered_kinds(client)
    assert not {"bureau", "assistant"} & offered_kinds(client)
    # One that is stored as a Biro stays one until somebody chooses another kind.
    old = factories.make_unit("Biro lama", parent=dinas, kind=Unit.Kind.BUREAU)
    assert "bureau" in offered_kinds(client, old)
    page = client.get(reverse("recommendations:unit-reorganise", args=[old.pk]))
    offered = {kind for kind, _ in page.context["form"].fields["baru-1-jenis"].choices}
    assert "field" in offered
    assert not {"province", "dinas", "assistant"} & offered
    client.force_login(factories.make_user("koko", Role.COORDINATOR, setda))
    assert "bureau" in offered_kinds(client)


def test_a_code_in_use_is_told_with_what_to_write(client):
    dinas = factories.make_unit("Dinas Pariwisata", kind=Unit.Kind.DINAS)
    client.force_login(factories.make_user("sari", Role.COORDINATOR, dinas))
    values = {"name": "Sekretariat", "kind": "office", "parent": dinas.pk, "code": dinas.code}
    page = client.post(reverse("sakip:unit-create"), values)
    assert "Tulis kode lain" in page.context["form"].errors["code"][0]
    # The name of a new unit is not yet one to correct.
    assert "Reorganisasi" not in page.context["form"].fields["name"].help_text
