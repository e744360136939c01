"""Filters, addresses and fields that nobody types by mistake: an answer in words, never a failure."""

import pytest
from django.urls import reverse

from sakip.converters import key_of
from sakip.models import Unit
from tests.test_strange_input import STRANGE


@pytest.mark.parametrize("value", [*STRANGE, "0"])
@pytest.mark.parametrize("field", ["status", "unit", "petugas", "tahun", "evaluasi", "page", "q"])
def test_a_filter_alone_is_not_understood_or_finds_nothing(signed_in, cast, renaksi, field, value):
    page = signed_in(cast.kadir).get(reverse("recommendations:renaksi-list"), {field: value})
    assert page.status_code == 200


@pytest.mark.parametrize(
    "address", ["/renaksi/?q=a%00b", "/renaksi/?%00=1", "/riwayat/?teks=%00", "/?page=%00"]
)
def test_the_character_nul_in_a_question_is_refused_in_words(signed_in, cast, address):
    answer = signed_in(cast.rina).get(address)
    assert answer.status_code == 400
    assert "Permintaan tidak dapat dibaca" in answer.content.decode()


def test_the_character_nul_in_a_cookie_is_refused(client, db):
    client.cookies["sessionid"] = '"\\000aaaaaaaaaaaa"'
    assert client.get("/", headers={"cookie": 'sessionid="\\000aaaaaaaaaaaa"'}).status_code == 400


def test_the_character_nul_in_a_form_names_its_field_and_keeps_what_was_typed(
    signed_in, cast, renaksi
):
    address = reverse("recommendations:comment-create", args=[renaksi.pk])
    answer = signed_in(cast.rina).post(address, {"text": "Sudah\x00 dirapatkan"})
    form = answer.context["form"]
    assert (answer.status_code, "null" in str(form.errors["text"])) == (200, True)
    assert form["text"].value() == "Sudah\x00 dirapatkan"


@pytest.mark.parametrize("key", ["%00", "²", "9" * 5000, "a%2Fb", "%C2%B2"])
def test_an_address_of_a_calendar_that_nobody_has_is_no_page(client, db, key):
    assert client.get(f"/kalender/{key}.ics").status_code == 404


@pytest.mark.parametrize("number", ["9" * 19, "9" * 5000, "²", "-1", "%00"])
def test_the_address_of_a_record_that_cannot_be_is_no_page(signed_in, cast, renaksi, number):
    for path in ("renaksi", "rekomendasi", "indikator", "pengaturan/unit"):
        assert signed_in(cast.kadir).get(f"/{path}/{number}/").status_code == 404


@pytest.mark.parametrize("typed", STRANGE)
def test_a_unit_that_cannot_be_is_refused_in_words(signed_in, cast, units, typed):
    data = {"name": "Nur", "username": "nur", "role": "operator", "unit": typed}
    answer = signed_in(cast.kadir).post(reverse("sakip:user-create"), data)
    assert answer.context["form"].errors["unit"]
    assert answer.context["form"]["name"].value() == "Nur"


def test_a_list_of_keys_may_hold_what_no_record_has(units):
    found = Unit.objects.filter(pk__in=[units.umum.pk, 10**30, -(10**30)])
    assert list(found) == [units.umum]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("7", 7),
        (7, 7),
        ("9" * 18, 10**18 - 1),
        ("9" * 19, None),
        ("²", None),
        ("٣", None),
        ("", None),
    ],
)
def test_what_names_a_record(text, key):
    assert key_of(text) == key
