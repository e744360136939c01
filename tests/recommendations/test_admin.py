"""In the admin site nothing of an evaluation is made, changed or deleted: rules and history would not know."""

import pytest
from django.contrib import admin
from django.urls import reverse

from recommendations.models import Note, Rubric
from recommendations.workflow import perform
from tests import factories


@pytest.fixture
def superuser(signed_in, units):
    person = factories.make_user("admin", "", units.province, is_superuser=True, is_staff=True)
    return signed_in(person)


@pytest.fixture
def records(renaksi):
    note = Note.objects.create(recommendation=renaksi.recommendation, text="<p>x</p>")
    renaksi.steps.create(position=1, text="<p>x</p>")
    renaksi.recommendation.points.create(position=1, text="<p>x</p>")
    return {
        "rubric": Rubric.objects.get(),
        "evaluation": renaksi.recommendation.evaluation,
        "recommendation": renaksi.recommendation,
        "renaksi": renaksi,
        "note": note,
        "evidence": renaksi.evidence.get(),
    }


@pytest.mark.parametrize(
    "name", ["rubric", "evaluation", "recommendation", "renaksi", "note", "evidence"]
)
def test_records_are_only_looked_at(superuser, records, name):
    change = reverse(f"admin:recommendations_{name}_change", args=[records[name].pk])
    page = superuser.get(change)
    assert page.status_code == 200
    assert "_save" not in page.text
    assert superuser.post(change, {}).status_code == 403
    delete = reverse(f"admin:recommendations_{name}_delete", args=[records[name].pk])
    assert superuser.post(delete, {"post": "yes"}).status_code == 403
    assert superuser.get(reverse(f"admin:recommendations_{name}_add")).status_code == 403


def test_every_model_of_both_apps_is_only_looked_at(rf):
    registered = [
        site
        for model, site in admin.site._registry.items()
        if model._meta.app_label in ("performance", "recommendations")
    ]
    assert registered
    for site in registered:
        request = rf.get("/")
        assert not site.has_add_permission(request)
        assert not site.has_change_permission(request)
        assert not site.has_delete_permission(request)


def test_no_edit_is_told_by_a_word_that_makes_nobody_an_author(cast, renaksi):
    with pytest.raises(LookupError, match="touch_up"):
        perform(action="edit", entry="touch_up", renaksi=renaksi, actor=cast.rina, at=None)
