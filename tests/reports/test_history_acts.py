"""An act on very many records is folded on the page of the history, and has pages of its own."""

import re
import uuid
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.urls import reverse

from reports.selectors import history, history_pages
from sakip.history.write import record, record_many
from sakip.models import User
from tests import factories

HISTORY = reverse("reports:history")
AT = datetime(2026, 6, 1, 2, tzinfo=UTC)
LINE = "untuk direviu."


@pytest.fixture
def folded(monkeypatch):
    """An act of more than three entries is folded, and five are counted."""
    monkeypatch.setattr(history, "SHOWN", 3)
    monkeypatch.setattr(history, "MOST_TOLD", 5)


@pytest.fixture
def batch(cast, recommendation, units, folded):
    """An act on eight renaksi, of which four are of the unit of Rina, the latest first."""
    batch = uuid.uuid4()
    own = [factories.make_renaksi(recommendation, units.organisasi) for _ in range(4)]
    others = [factories.make_renaksi(recommendation, units.umum) for _ in range(4)]
    changes = [("status", "in_progress", "submitted")]
    entries = [("submit", item, changes) for item in (*own, *others)]
    record_many(actor=cast.kadir, at=AT, batch=batch, entries=entries)
    return batch


def read(client, address=HISTORY):
    return unescape(client.get(address).content.decode())


def all_of(text):
    """Where the link to the entries of a folded act leads."""
    return re.search(r'<a href="(\?[^"]*sekali=[^"]*)">Lihat rinciannya<', text)[1]


def test_a_large_act_is_counted_up_to_a_limit(signed_in, cast, batch):
    text = read(signed_in(cast.kadir))
    assert "lebih dari 5 rencana aksi" in text
    assert all_of(text)
    assert text.count(LINE) == 1


def test_a_small_act_is_told_on_the_page_itself(signed_in, cast, batch, monkeypatch):
    monkeypatch.setattr(history, "SHOWN", 4)
    text = read(signed_in(cast.rina))
    assert text.count(LINE) == 1 + 4
    assert "sekali=" not in text


@pytest.mark.parametrize("name", ["rina", "umar"])
def test_nothing_is_counted_that_the_reader_may_not_see(signed_in, cast, batch, name):
    assert "4 rencana aksi" in read(signed_in(getattr(cast, name)))


def test_the_link_leads_to_all_of_them_page_by_page(signed_in, cast, batch, settings):
    settings.PAGE_LENGTH = 5
    client = signed_in(cast.kadir)
    text = read(client, HISTORY + all_of(read(client)))
    following = re.search(r'href="(\?[^"]*page=2[^"]*)"', text)[1]
    assert text.count(LINE) == 5
    assert read(client, HISTORY + following).count(LINE) == 3


def test_the_pages_of_an_act_show_only_what_one_may_see(signed_in, cast, batch):
    client = signed_in(cast.rina)
    assert read(client, HISTORY + all_of(read(client))).count(LINE) == 4
    assert read(signed_in(cast.sari), f"{HISTORY}?sekali={batch}").count(LINE) == 0


def test_an_old_part_of_a_large_act_is_found(signed_in, cast, units, recommendation):
    """Rina sees none of the entries that were written last."""
    own = factories.make_renaksi(recommendation, units.organisasi)
    other = factories.make_renaksi(recommendation, units.umum)
    entries = [("edit", own, []), *[("edit", other, [])] * 60]
    record_many(actor=cast.kadir, at=AT, batch=uuid.uuid4(), entries=entries)
    text = read(signed_in(cast.rina))
    assert f'href="{own.get_absolute_url()}"' in text
    assert f'href="{other.get_absolute_url()}"' not in text


def test_the_filter_stays_on_the_pages_of_an_act(signed_in, cast, batch):
    client = signed_in(cast.kadir)
    address = all_of(read(client, f"{HISTORY}?orang=kadir&page=1"))
    assert "orang=kadir" in address
    assert "page=" not in address


def test_deeds_that_differ_are_not_told_as_one(signed_in, cast, batch):
    changed = User.objects.get(pk=cast.rina.pk)
    record_many(actor=cast.kadir, at=AT, batch=batch, entries=[("edit", changed, [])])
    assert "melakukan lebih dari 5 tindakan" in read(signed_in(cast.kadir))


def test_a_large_act_costs_what_a_small_one_costs(
    signed_in, cast, batch, renaksi, django_assert_num_queries
):
    client = signed_in(cast.kadir)
    client.get(HISTORY)
    for _ in range(2):
        entries = [("edit", renaksi, []) for _ in range(20)]
        with django_assert_num_queries(15):
            client.get(HISTORY)
        record_many(actor=cast.kadir, at=AT, batch=batch, entries=entries)


def told_of(client, name):
    return re.findall(r'datetime="([^"]+)"', read(client, f"{HISTORY}?orang={name}"))


@pytest.mark.parametrize("unit", ["inspektorat", "setda"])
def test_the_acts_of_some_people_are_those_that_all_acts_have_of_them(
    signed_in, cast, units, renaksi, monkeypatch, unit
):
    """Read one person after another, or all acts through a filter."""
    people = [cast.kadir, cast.laila, cast.rina] * 3
    for minute, person in enumerate(people):
        at = AT + timedelta(minutes=minute)
        record(actor=person, at=at, action="edit", target=renaksi, changes=[])
    client = signed_in(factories.make_user("tini", "leader", getattr(units, unit)))
    by_person = {name: told_of(client, name) for name in ("kadir", "a", "tidak-ada")}
    monkeypatch.setattr(history_pages, "MOST_STREAMS", 0)
    assert by_person == {name: told_of(client, name) for name in by_person}
    assert [len(found) for found in by_person.values()] == [3, 9, 0]


def test_nonsense_instead_of_an_act_is_said(signed_in, cast, batch):
    text = read(signed_in(cast.kadir), f"{HISTORY}?sekali=x")
    assert "Tautan ini tidak lengkap." in text
    assert LINE not in text
