"""The admin site mends texts; what has a place, a file or a person is made and deleted on its page."""

import pytest
from django.urls import reverse

from recommendations.models import Note
from tests import factories


@pytest.fixture
def admin(signed_in, units):
    person = factories.make_user("admin", "", units.province, is_superuser=True, is_staff=True)
    return signed_in(person)


@pytest.fixture
def records(renaksi):
    note = Note.objects.create(recommendation=renaksi.recommendation, text="<p>x</p>")
    note.photos.create(caption="Rapat", position=1, image="catatan/a.png")
    renaksi.steps.create(position=1, text="<p>x</p>")
    renaksi.recommendation.points.create(position=1, text="<p>x</p>")
    return {
        "recommendation": renaksi.recommendation,
        "renaksi": renaksi,
        "note": note,
        "evidence": renaksi.evidence.get(),
    }


@pytest.mark.parametrize("name", ["recommendation", "renaksi", "note", "evidence"])
def test_nothing_is_deleted_and_no_place_is_changed(admin, records, name):
    record = records[name]
    delete = reverse(f"admin:recommendations_{name}_delete", args=[record.pk])
    assert admin.post(delete, {"post": "yes"}).status_code == 403
    page = admin.get(reverse(f"admin:recommendations_{name}_change", args=[record.pk])).text
    assert "-DELETE" not in page
    assert 'position" value' not in page
    record.refresh_from_db()


def test_renaksi_are_planned_on_their_page(admin, records, units):
    url = reverse("admin:recommendations_renaksi_change", args=[records["renaksi"].pk])
    page = admin.get(url).text
    for name in ("lead_unit", "supporting_units", "person", "due_date", "position"):
        assert f'name="{name}' not in page
    assert admin.get(reverse("admin:recommendations_renaksi_add")).status_code == 403
