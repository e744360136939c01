"""The admin site leads to the workbooks instead of having an import of its own."""

import pytest
from django.urls import reverse

from tests import factories


@pytest.fixture
def admin(units, signed_in):
    """A superuser who is a coordinator as well."""
    person = factories.make_user(
        "ada", "coordinator", units.province, is_superuser=True, is_staff=True
    )
    return signed_in(person)


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        ("sakip_unit", "units"),
        ("sakip_user", "units"),
        ("recommendations_evaluation", "evaluations"),
        ("recommendations_renaksi", "renaksi"),
        ("performance_indicator", "indicators"),
        ("recommendations_evidence", "evidence"),
    ],
)
def test_lists_lead_to_their_workbook(admin, page, kind):
    text = admin.get(reverse(f"admin:{page}_changelist")).text
    assert reverse("workbooks:export-choose", args=[kind]) in text
    assert f"{reverse('workbooks:import-list')}?kind={kind}" in text
    chosen = admin.get(reverse("workbooks:import-list"), {"kind": kind}).text
    assert f'<option value="{kind}" selected>' in chosen


def test_others_and_those_without_the_right_lead_nowhere(admin, cast, signed_in):
    text = admin.get(reverse("admin:recommendations_rubric_changelist")).text
    assert "/impor/" not in text
    stranger = factories.make_user("tamu", "", None, is_superuser=True, is_staff=True)
    text = signed_in(stranger).get(reverse("admin:sakip_unit_changelist")).text
    assert "/impor/" not in text
    assert "/ekspor/" not in text


def test_imports_are_shown_and_never_changed(admin, cast):
    run = factories.make_import_run(cast.kadir)
    assert run.original_name in admin.get(reverse("admin:workbooks_importrun_changelist")).text
    page = reverse("admin:workbooks_importrun_change", args=[run.pk])
    assert admin.get(page).status_code == 200
    assert admin.post(page, {"state": "done"}).status_code == 403
    assert admin.post(reverse("admin:workbooks_importrun_delete", args=[run.pk])).status_code == 403
