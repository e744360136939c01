"""Filters kept under a name: by their owner, shared with the own unit."""

import pytest
from django.urls import reverse

from recommendations.models import SavedView
from sakip.history.entries import HistoryEntry
from sakip.models import Post
from sakip.services.posts import take_up
from tests import factories

LIST = reverse("recommendations:renaksi-list")
CREATE = reverse("recommendations:saved-view-create")


@pytest.fixture
def view(cast):
    rina = cast.rina
    given = {"name": "Yang saya tunggu", "query": "batas=overdue"}
    return SavedView.objects.create(owner=rina, unit=rina.unit, **given)


@pytest.fixture
def colleague(units):
    return factories.make_user("raka", "operator", units.organisasi)


def address(name, view):
    return reverse(f"recommendations:saved-view-{name}", args=[view.pk])


def test_filters_are_saved_opened_renamed_and_deleted(signed_in, cast, renaksi):
    client = signed_in(cast.rina)
    page = client.get(f"{CREATE}?status=unfinished&q=")
    data = {"name": "Sisa kerja", "query": page.context["form"]["query"].value()}
    assert client.post(CREATE, data).url == f"{LIST}?status=unfinished"
    view = SavedView.objects.get()
    assert f'href="{LIST}?status=unfinished">Sisa kerja' in client.get(LIST).content.decode()
    assert (
        client.post(address("edit", view), {"name": "Belum", "is_shared": "on"}).status_code == 302
    )
    view.refresh_from_db()
    assert (view.name, view.is_shared, view.query) == ("Belum", True, "status=unfinished")
    assert client.post(address("delete", view)).status_code == 302
    assert not SavedView.objects.exists()
    actions = HistoryEntry.objects.order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["create", "edit", "delete"]


@pytest.mark.parametrize("query", ["", "asal=1", "status=asal", "urut=due"])
def test_only_what_the_list_understands_is_saved(signed_in, cast, query):
    response = signed_in(cast.rina).post(CREATE, {"name": "Semua", "query": query})
    assert response.status_code == 200
    assert not SavedView.objects.exists()


def test_a_name_is_given_once(signed_in, cast, view):
    data = {"name": "Yang saya tunggu", "query": "batas=none"}
    response = signed_in(cast.rina).post(CREATE, data)
    assert "sudah mempunyai tampilan dengan nama ini" in response.content.decode()
    assert SavedView.objects.count() == 1


def test_what_is_shared_is_seen_by_the_own_unit_alone(signed_in, cast, view, colleague):
    for shared, seen in ((False, False), (True, True)):
        SavedView.objects.update(is_shared=shared)
        assert ("Yang saya tunggu" in signed_in(colleague).get(LIST).content.decode()) is seen
    assert "Yang saya tunggu" not in signed_in(cast.umar).get(LIST).content.decode()


def test_a_shared_view_stays_where_it_was_shared(signed_in, cast, units, view, colleague):
    """Rina takes up a post in another body: the people there do not see what she shared here."""
    SavedView.objects.update(is_shared=True)
    Post.objects.create(person=cast.rina, role="operator", unit=units.dinas)
    rina = take_up(user=cast.rina, role="operator", unit_id=units.dinas.pk)
    abroad = factories.make_user("dina", "operator", units.dinas)
    page = reverse("recommendations:saved-view-list")
    assert "Yang saya tunggu" not in signed_in(abroad).get(page).content.decode()
    assert "Yang saya tunggu" in signed_in(colleague).get(page).content.decode()
    here = {"name": "Milik Dinas", "query": "batas=overdue", "is_shared": "on"}
    assert signed_in(rina).post(CREATE, here).status_code == 302
    assert "Milik Dinas" in signed_in(abroad).get(page).content.decode()
    assert "Milik Dinas" not in signed_in(colleague).get(page).content.decode()


@pytest.mark.parametrize("name", ["edit", "delete"])
def test_only_the_owner_changes_a_view(signed_in, cast, view, colleague, name):
    data = {"name": "Lain"}
    assert signed_in(colleague).post(address(name, view), data).status_code == 404
    SavedView.objects.update(is_shared=True)
    assert signed_in(colleague).post(address(name, view), data).status_code == 403
    assert signed_in(cast.kadir).post(address(name, view), data).status_code == 404
    assert SavedView.objects.get().name == "Yang saya tunggu"


def test_deleting_takes_a_post(signed_in, cast, view):
    assert signed_in(cast.rina).get(address("delete", view)).status_code == 405
