from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sakip.dates import MONTHS, DateError, format_date, format_datetime, parse_date, time_of

NEW_YEARS_EVE = date(2026, 12, 31)
days = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "31/12/2026", "31-12-2026", "31.12.2026", "2026-12-31", "31 Des 2026", "31 Desember 2026",
        "31 DESEMBER 2026", "31 desember 2026", "31 Des. 2026", "31-Des-2026", " 31  Desember  2026 ",
        "\u200e31/12/2026\u200e", "\u200b31\u00a0Des\u00a02026",
    ],
)  # fmt: skip
def test_it_reads_what_people_write(text):
    assert parse_date(text) == NEW_YEARS_EVE


@pytest.mark.parametrize(
    ("name", "month"),
    [
        ("Jan", 1), ("Feb", 2), ("Peb", 2), ("Pebruari", 2), ("Mar", 3), ("Apr", 4), ("Mei", 5),
        ("Jun", 6), ("Jul", 7), ("Agu", 8), ("Agt", 8), ("Ags", 8), ("Sep", 9), ("Sept", 9),
        ("Okt", 10), ("Nov", 11), ("Nop", 11), ("Nopember", 11), ("Des", 12),
        *((name, month) for month, name in enumerate(MONTHS, start=1)),
    ],
)  # fmt: skip
def test_it_knows_the_months_and_their_short_forms(name, month):
    assert parse_date(f"2 {name} 2023") == date(2023, month, 2)


def test_the_day_comes_first():
    assert parse_date("1/2/2026") == date(2026, 2, 1)


def test_it_refuses_the_month_first_and_says_what_to_write():
    with pytest.raises(DateError) as caught:
        parse_date("12/31/2026")

    assert str(caught.value) == (
        "“12/31/2026” mendahulukan bulan. Tulis hari lebih dahulu: 31/12/2026."
    )


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("31 Februari 2026", "Tanggal 31 Februari 2026 tidak ada. Tulis hari 1 sampai 28."),
        ("29/2/2023", "Tulis hari 1 sampai 28"),
        ("31/13/2026", "Bulan 13"),
        ("0/1/2026", "Tulis hari 1 sampai 31"),
        ("1/0/2026", "Bulan 0"),
        ("31/12/26", "hanya dua angka"),
        ("31 Des 26", "hanya dua angka"),
        ("31 Foo 2026", "Bulan “Foo” tidak dikenal"),
        ("1/1/0206", "Tahun 0206 tidak wajar"),
        ("2026-31-12", "bukan tanggal yang dikenal"),
        ("31/12-2026", "bukan tanggal yang dikenal"),
        ("2026/12/31", "bukan tanggal yang dikenal"),
        ("31122026", "bukan tanggal yang dikenal"),
        ("٣١/12/2026", "bukan tanggal yang dikenal"),
        ("besok", "bukan tanggal yang dikenal"),
        ("x" * 5000, "bukan tanggal yang dikenal"),
        ("", "belum diisi"),
        (None, "bukan tanggal"),
        (46387, "bukan tanggal"),
    ],
)
def test_it_refuses_the_rest_in_words(text, part):
    with pytest.raises(DateError) as caught:
        parse_date(text)

    assert part in str(caught.value)
    assert "ulis " in str(caught.value)
    assert len(str(caught.value)) < 130


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (5, "Isi bukan tanggal. Tulis misalnya 31/12/2026 atau 31 Desember 2026."),
        (" ", "Tanggal belum diisi. Tulis misalnya 31/12/2026 atau 31 Desember 2026."),
        ("besok", "“besok” bukan tanggal yang dikenal. Tulis misalnya 31/12/2026 atau 31 Desember 2026."),
        ("x" * 30, f"“{'x' * 30}” bukan tanggal yang dikenal. Tulis misalnya 31/12/2026 atau 31 Desember 2026."),
        ("x" * 31, f"“{'x' * 30}…” bukan tanggal yang dikenal. Tulis misalnya 31/12/2026 atau 31 Desember 2026."),
        ("31/12/26", "Tahun pada “31/12/26” hanya dua angka. Tulis misalnya 31/12/2026 atau 31 Desember 2026."),
        ("1/1/1899", "Tahun 1899 tidak wajar. Tulis tahun 1900 sampai 2100."),
        ("1/1/2101", "Tahun 2101 tidak wajar. Tulis tahun 1900 sampai 2100."),
        ("12/13/2026", "“12/13/2026” mendahulukan bulan. Tulis hari lebih dahulu: 13/12/2026."),
        ("1/31/2026", "“1/31/2026” mendahulukan bulan. Tulis hari lebih dahulu: 31/1/2026."),
        ("2/29/2026", "Bulan 29 pada “2/29/2026” tidak ada. Tulis bulan 1 sampai 12."),
        ("13/13/2026", "Bulan 13 pada “13/13/2026” tidak ada. Tulis bulan 1 sampai 12."),
        ("0/13/2026", "Bulan 13 pada “0/13/2026” tidak ada. Tulis bulan 1 sampai 12."),
        ("1/0/2026", "Bulan 0 pada “1/0/2026” tidak ada. Tulis bulan 1 sampai 12."),
        ("0/1/2026", "Tanggal 0 Januari 2026 tidak ada. Tulis hari 1 sampai 31."),
        ("31/4/2026", "Tanggal 31 April 2026 tidak ada. Tulis hari 1 sampai 30."),
        ("2 Foo 2026", "Bulan “Foo” tidak dikenal. Tulis misalnya 31/12/2026 atau 31 Desember 2026."),
    ],
)  # fmt: skip
def test_each_refusal_says_what_to_write(value, sentence):
    with pytest.raises(DateError) as caught:
        parse_date(value)
    assert str(caught.value) == sentence


def test_the_first_and_the_last_year_are_read():
    assert parse_date("1/1/1900") == date(1900, 1, 1)
    assert parse_date("31/12/2100") == date(2100, 12, 31)


def test_it_reads_spreadsheet_cells():
    assert parse_date(NEW_YEARS_EVE) == NEW_YEARS_EVE
    assert parse_date(datetime(2026, 12, 31, 23, 30)) == NEW_YEARS_EVE  # noqa: DTZ001


def test_an_aware_moment_is_the_day_it_is_here():
    assert parse_date(datetime(2026, 12, 30, 16, 0, tzinfo=UTC)) == NEW_YEARS_EVE


@given(days)
def test_every_form_of_a_day_is_read_back(day):
    for text in (
        format_date(day),
        day.isoformat(),
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d-%m-%Y}",
    ):
        assert parse_date(text) == day


@given(st.text() | st.from_regex(r"[0-9]{1,4}[/.-][0-9]{1,4}[/.-][0-9]{1,4}"))
def test_hostile_text_raises_nothing_else(text):
    try:
        parse_date(text)
    except DateError as error:
        assert str(error)


def test_it_prints_the_indonesian_way():
    assert format_date(date(2023, 10, 2)) == "2 Oktober 2023"
    assert format_date(None) == "-"
    assert format_datetime(datetime(2023, 10, 2, 2, 42, tzinfo=UTC)) == "2 Oktober 2023 10.42 WITA"
    assert format_datetime(None) == "-"


def test_a_moment_of_today_is_told_by_its_hour():
    at = datetime(2023, 10, 1, 16, 5, tzinfo=UTC)
    assert time_of(at, date(2023, 10, 2)) == "00.05"
    assert time_of(at, date(2023, 10, 1)) == "2 Oktober 2023 00.05"
