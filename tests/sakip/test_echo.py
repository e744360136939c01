"""Under a number or a date stands how the program reads it, before it is saved."""

import pytest
from django.urls import reverse

from sakip.forms.fields import IndonesianDateField, IndonesianDecimalField


def echo(client, kind, text):
    answer = client.get(reverse("echo"), {"jenis": kind, "isi": text})
    assert answer.status_code == 200
    return " ".join(answer.text.split())


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("angka", "1234,560", "dibaca: <strong>1.234,56</strong>"),
        ("angka", "−3,2 %", "dibaca: <strong>-3,2</strong>"),
        ("tanggal", "31/12/2026", "dibaca: <strong>Kamis, 31 Desember 2026</strong>"),
        ("tanggal", "2 okt 2023", "dibaca: <strong>Senin, 2 Oktober 2023</strong>"),
        ("tanggal", "12/31/2026", "“12/31/2026” mendahulukan bulan. Tulis hari lebih dahulu: 31/12/2026."),
        ("angka", "dua", "“dua” bukan angka yang dikenal. Tulis misalnya 87,5 atau 1.234,56."),
        ("angka", "", ""),
        ("warna", "merah", ""),
        ("", "12", ""),
    ],
)  # fmt: skip
def test_the_parser_of_the_forms_is_told(signed_in, cast, kind, text, said):
    assert echo(signed_in(cast.rina), kind, text) == said


def test_of_two_readings_both_are_offered_at_once(signed_in, cast):
    said = echo(signed_in(cast.rina), "angka", "87.500")
    assert "Dapat dibaca dua cara." in said
    assert 'data-echo-choice="87500"' in said and 'data-echo-choice="87,5"' in said


def test_what_was_typed_is_never_read_as_markup(signed_in, cast):
    assert "<b>" not in echo(signed_in(cast.rina), "tanggal", "<b>1</b>")


def test_only_people_who_signed_in_are_answered_and_nothing_is_changed(client, db):
    assert client.get(reverse("echo"), {"jenis": "angka", "isi": "1"}).status_code == 302
    assert client.post(reverse("echo")).status_code in {302, 405}


def test_every_field_for_a_number_or_a_date_asks_for_its_reading():
    number, day = IndonesianDecimalField(), IndonesianDateField()
    assert number.widget.attrs["data-echo"] == "angka"
    assert day.widget.attrs["data-echo"] == "tanggal"
