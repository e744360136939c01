"""What a record is asked when only some of its fields are written."""

import pytest
from django.core.exceptions import ValidationError

from sakip.writing import _untouched, set_part, write_part
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def renaksi():
    body = factories.make_unit("Setda", kind="secretariat")
    recommendation = factories.make_recommendation(factories.make_evaluation(body))
    return factories.make_renaksi(recommendation, factories.make_unit("Biro", parent=body))


def test_a_text_is_saved_without_asking_for_what_stands_beside_it(
    renaksi, django_assert_num_queries
):
    with django_assert_num_queries(1):
        assert write_part(renaksi, follow_up="<p>Sudah.</p>")


def test_a_part_that_is_only_set_is_checked_and_told_but_not_saved(
    renaksi, django_assert_num_queries
):
    with django_assert_num_queries(0):
        assert set_part(renaksi, follow_up="<p>Sudah.</p>", plan=renaksi.plan) == [
            ("follow_up", "Target telah dianalisis.", "Sudah.")
        ]
    assert "Sudah" not in type(renaksi).objects.get().follow_up
    with pytest.raises(ValidationError, match="status"):
        set_part(renaksi, status="sudah")


def test_what_is_written_is_checked(renaksi):
    with pytest.raises(ValidationError, match="status"):
        write_part(renaksi, status="sudah")


def test_a_rule_about_two_fields_asks_for_both(renaksi):
    """The reason is cleared of an item that was claimed to be impossible."""
    write_part(renaksi, not_actionable_reason="Dicabut", status="not_actionable")
    with pytest.raises(ValidationError, match="Tulis alasan"):
        write_part(renaksi, not_actionable_reason="")


def test_a_place_is_taken_once(renaksi):
    other = factories.make_renaksi(renaksi.recommendation, renaksi.lead_unit)
    with pytest.raises(ValidationError):
        write_part(other, position=renaksi.position)


def test_a_new_record_is_checked_whole(renaksi):
    with pytest.raises(ValidationError, match="recommendation"):
        write_part(type(renaksi)(), follow_up="<p>Sudah.</p>")


def test_fields_of_one_rule_stay_together(renaksi):
    untouched = _untouched(type(renaksi), ["position"])
    assert "recommendation" not in untouched
    assert {"lead_unit", "person", "status"} <= untouched
