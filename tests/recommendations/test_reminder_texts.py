"""The text for a chat group says who owes what, until when, with a link."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from recommendations.rules import reminder_text
from sakip.dates import format_date
from tests import factories

PAGE = reverse("recommendations:reminder-texts")


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def late(recommendation, units, cast, today):
    return factories.make_renaksi(
        recommendation,
        units.umum,
        plan="<p>Menyusun pedoman.</p>",
        due_date=today - timedelta(days=20),
        person=cast.umar,
    )


def texts(client, user, **query):
    client.force_login(user)
    return {row.unit.name: row.text for row in client.get(PAGE, query).context["texts"]}


def test_the_text_of_a_unit(client, cast, late, recommendation, units, today, settings):
    settings.SITE_URL = "https://sakip.example"
    returned = factories.make_renaksi(recommendation, units.umum, status="returned")
    soon = factories.make_renaksi(recommendation, units.umum, due_date=today + timedelta(days=3))
    factories.make_renaksi(recommendation, units.umum, due_date=today + timedelta(days=31))
    factories.make_renaksi(
        recommendation, units.umum, status="submitted", due_date=today - timedelta(days=1)
    )
    assert texts(client, cast.kadir) == {
        "Biro Umum": f"""Tindak lanjut rekomendasi LHE: Biro Umum, Sekretariat Daerah
Keadaan {format_date(today)}

Dikembalikan (1)
1. Renaksi 1.b, LHE 2022: {recommendation.title}
https://sakip.example/renaksi/{returned.pk}/

Terlambat (1)
2. Renaksi 1.a, LHE 2022: Menyusun pedoman. · batas {format_date(late.due_date)} (lewat 20 hari) · petugas Umar
https://sakip.example/renaksi/{late.pk}/

Akan jatuh tempo (1)
3. Renaksi 1.c, LHE 2022: {recommendation.title} · batas {format_date(soon.due_date)} (3 hari lagi)
https://sakip.example/renaksi/{soon.pk}/"""
    }


def test_a_long_list_ends_with_a_link(client, cast, late, recommendation, units, monkeypatch):
    monkeypatch.setattr(reminder_text, "MOST_LISTED", 1)
    factories.make_renaksi(recommendation, units.umum, status="returned")
    text = texts(client, cast.kadir)["Biro Umum"]
    assert "dan 1 lainnya: " in text
    assert text.endswith(f"/renaksi/?unit={units.umum.pk}&status=unfinished")


def test_nobody_reads_the_text_of_another_body_or_unit(client, cast, late):
    assert "Biro Umum" in texts(client, cast.umar)
    assert texts(client, cast.rina) == texts(client, cast.sari) == {}


def test_a_body_stands_for_its_units(client, cast, late, units):
    assert texts(client, cast.kadir, unit=units.setda.pk)
    assert not texts(client, cast.kadir, unit=units.organisasi.pk)
    assert f'value="{units.dinas.pk}"' not in client.get(PAGE).content.decode()


def test_many_items_cost_no_more_queries(
    client, cast, late, recommendation, units, today, django_assert_max_num_queries
):
    client.force_login(cast.kadir)
    client.get(PAGE)
    for unit in (units.umum, units.organisasi) * 10:
        factories.make_renaksi(recommendation, unit, due_date=today)
    with django_assert_max_num_queries(10):
        client.get(PAGE)
