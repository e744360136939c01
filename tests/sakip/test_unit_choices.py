"""Units of one name are told apart by the body they are part of, and only those."""

import pytest

from sakip.forms.officials import OfficialForm
from sakip.forms.unit_choices import told_apart, with_body
from sakip.forms.users import UserForm
from sakip.models import Unit
from sakip.roles import Role
from tests import factories


@pytest.fixture
def twins(units):
    return [factories.make_unit("Sekretariat", parent=body) for body in (units.setda, units.dinas)]


def names(*units):
    return list(told_apart(units).values())


def test_the_body_follows_where_names_are_alike(units, twins):
    assert names(*twins, units.umum) == [
        "Sekretariat · Sekretariat Daerah",
        "Sekretariat · Dinas Pariwisata",
        "Biro Umum",
    ]
    assert names(twins[0], units.umum) == ["Sekretariat", "Biro Umum"]


def test_within_a_body_the_units_between_follow(units):
    one, two = (
        factories.make_unit("Seksi", parent=above) for above in (units.organisasi, units.umum)
    )
    assert names(one, two) == [
        "Seksi · Biro Organisasi · Sekretariat Daerah",
        "Seksi · Biro Umum · Sekretariat Daerah",
    ]


def test_the_code_is_the_last_resort(units):
    one, two = (
        factories.make_unit(f"Bagian {number}", parent=units.umum, short_name="Bagian")
        for number in (1, 2)
    )
    assert names(one, two) == [
        f"Bagian · Biro Umum · Sekretariat Daerah · {unit.code}" for unit in (one, two)
    ]


def test_names_that_differ_cost_no_query(units, django_assert_num_queries):
    with django_assert_num_queries(0):
        names(units.umum, units.organisasi)


def test_a_body_stands_for_itself(units, twins):
    assert [with_body(unit) for unit in (units.setda, units.umum, units.province)] == [
        "Sekretariat Daerah",
        "Biro Umum · Sekretariat Daerah",
        "Provinsi",
    ]


@pytest.mark.parametrize("form_class", [UserForm, OfficialForm])
def test_forms_offer_them_so(units, twins, form_class):
    gita = factories.make_user("gita", Role.COORDINATOR, units.province)
    labels = [label.strip("\u2003") for _, label in form_class(user=gita).fields["unit"].choices]
    assert {"Sekretariat · Sekretariat Daerah", "Sekretariat · Dinas Pariwisata"} <= set(labels)
    assert "Biro Umum" in labels


def test_what_is_switched_off_but_stands_there_is_marked(units, cast):
    Unit.objects.filter(pk=units.umum.pk).update(is_active=False)
    labels = [
        str(label)
        for _, label in UserForm(instance=cast.umar, user=cast.kadir).fields["unit"].choices
    ]
    assert [label.strip("\u2003") for label in labels if "nonaktif" in label] == [
        "Biro Umum (nonaktif)"
    ]


@pytest.mark.parametrize("pk", ["²", "9" * 20])
def test_what_is_no_number_is_refused_in_words(units, pk):
    gita = factories.make_user("gita", Role.COORDINATOR, units.province)
    form = UserForm({"unit": pk, "assigned_bodies": [pk]}, user=gita)
    assert {"unit", "assigned_bodies"} <= set(form.errors)
