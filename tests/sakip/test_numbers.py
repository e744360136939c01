from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sakip.numbers import (
    AmbiguousNumber,
    NumberError,
    counted,
    exact_number,
    format_number,
    in_words,
    input_text,
    list_letter,
    movement,
    own_places,
    parse_number,
    places_apart,
    position,
    roman,
    round_half_up,
    share_places,
)

figures = st.decimals(
    min_value=-(10**12), max_value=10**12, places=4, allow_nan=False, allow_infinity=False
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("87,5", "87.5"),
        ("87.5", "87.5"),
        ("87,50", "87.50"),
        ("90.00", "90"),
        ("102", "102"),
        ("0", "0"),
        ("1.234,56", "1234.56"),
        ("1.234,5", "1234.5"),
        ("1.234.567", "1234567"),
        ("1.234.567,8", "1234567.8"),
        ("1234,56", "1234.56"),
        ("-3,2", "-3.2"),
        ("−3,2", "-3.2"),
        ("–3,2", "-3.2"),
        ("+5,97", "5.97"),
        (" 87,5 %", "87.5"),
        ("87,5%", "87.5"),
        ("\u00a087,5\u00a0%\u00a0", "87.5"),
        ("\u200e87,5\u200b", "87.5"),
        ("\ufeff1.234,56\u2060 %", "1234.56"),
        ("1,234", "1.234"),
        ("87,500", "87.5"),
        ("0.500", "0.5"),
        ("-0.500", "-0.5"),
        ("1234.500", "1234.5"),
        ("87.5000", "87.5"),
    ],
)
def test_it_reads_what_people_write(text, number):
    assert parse_number(text) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "first", "second", "suggestions"),
    [
        ("87.500", "87500", "87.5", ("87500", "87,5")),
        ("1.234", "1234", "1.234", ("1234", "1,234")),
        ("-1.234", "-1234", "-1.234", ("-1234", "-1,234")),
        ("100.000 %", "100000", "100", ("100000", "100")),
    ],
)
def test_one_dot_before_three_digits_is_asked_about(text, first, second, suggestions):
    with pytest.raises(AmbiguousNumber) as caught:
        parse_number(text)

    assert caught.value.readings == (Decimal(first), Decimal(second))
    assert caught.value.suggestions == suggestions
    assert tuple(map(parse_number, suggestions)) == caught.value.readings


def test_the_question_says_what_to_write():
    with pytest.raises(AmbiguousNumber) as caught:
        parse_number("87.500")

    assert str(caught.value) == "“87.500” dapat dibaca dua cara. Tulis 87500 atau 87,5."


@pytest.mark.parametrize(
    "text",
    [
        "", "   ", "%", "-", ",", ".", "1,234.5", "Rp 5", "Rp5", "5 juta", "12.34.567", "1.23.456",
        "0.123.456", "01.234,5", "1.234,", ",5", ".5", "5.", "1 234", "- 3", "--3", "3-", "1e5",
        "1E5", "NaN", "nan", "inf", "-inf", "Infinity", "٣", "8७", "１２", "²", "½", "1_000",
        "0x10", "=1+1", "1,2,3", "5 %%", "1.234,567.8", "8\n7", "8\x007", "\u200b", "\u00ad3,2", "9" * 16, "9" * 5000,
        "0," + "1" * 40,
    ],
)  # fmt: skip
def test_it_refuses_the_rest_in_words(text):
    with pytest.raises(NumberError) as caught:
        parse_number(text)

    assert not isinstance(caught.value, AmbiguousNumber)
    assert str(caught.value).endswith(".")
    assert "ulis " in str(caught.value)
    assert len(str(caught.value)) < 130


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("", "Angka belum diisi. Tulis angka, misalnya 87,5."),
        ("Rp 5", "“Rp 5” bukan angka yang dikenal. Tulis misalnya 87,5 atau 1.234,56."),
        ("1" * 41, "Angka terlalu panjang. Tulis paling banyak 40 tanda."),
        ("1" * 16, "Angka terlalu besar. Tulis paling banyak 15 angka di depan koma."),
        (-(10**15), "Angka terlalu besar. Tulis paling banyak 15 angka di depan koma."),
        (None, "Isi bukan angka. Tulis angka saja, misalnya 87,5."),
    ],
)
def test_each_refusal_says_what_to_write(value, sentence):
    with pytest.raises(NumberError) as caught:
        parse_number(value)
    assert str(caught.value) == sentence


def test_the_longest_and_the_largest_are_read():
    assert parse_number("0," + "1" * 38) < 1
    assert parse_number("9" * 15) == 10**15 - 1
    assert parse_number(1 - 10**15) == 1 - 10**15


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (95, "95"),
        (87.5, "87.5"),
        (0.1, "0.1"),
        (1234.567, "1234.567"),
        (1e-07, "0.0000001"),
        (Decimal("3.51"), "3.51"),
    ],
)
def test_it_reads_spreadsheet_cells(cell, number):
    assert parse_number(cell) == Decimal(number)


@pytest.mark.parametrize(
    "cell",
    [
        None, True, False, float("nan"), float("inf"), -float("inf"), 1e300, 10**400, [], object(),
        Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"), Decimal("1E+999999"), b"5",
    ],
)  # fmt: skip
def test_it_refuses_cells_that_hold_no_number(cell):
    with pytest.raises(NumberError):
        parse_number(cell)


@given(st.text() | st.text(alphabet="0123456789.,-+% −eER"))
def test_hostile_text_raises_nothing_else(text):
    try:
        assert parse_number(text).is_finite()
    except NumberError as error:
        assert str(error)


@given(figures)
def test_what_is_printed_is_read_back(number):
    assert parse_number(format_number(number, 2)) == round_half_up(number, 2)
    assert parse_number(format_number(number, 4, signed=True)) == number


@given(figures, st.integers(0, 4))
def test_what_a_form_shows_is_read_back_exactly(number, places):
    assert parse_number(input_text(number, places)) == number


@pytest.mark.parametrize(
    ("number", "places", "shown"),
    [
        ("87.5", 0, "87,5"),
        ("87.5000", 2, "87,50"),
        ("90", 2, "90,00"),
        ("0.1235", 2, "0,1235"),
        ("1234567.8", 0, "1234567,8"),
        ("87500", 0, "87500"),
        ("1E+3", 0, "1000"),
        ("-0.40", 2, "-0,40"),
    ],
)
def test_a_form_shows_the_exact_value(number, places, shown):
    assert input_text(Decimal(number), places) == shown


@pytest.mark.parametrize(
    ("number", "places", "rounded"),
    [
        ("5.555", 2, "5.56"),
        ("-5.555", 2, "-5.56"),
        ("0.125", 2, "0.13"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("5.5549999", 2, "5.55"),
        ("12", 2, "12.00"),
    ],
)
def test_ties_round_away_from_zero(number, places, rounded):
    assert str(round_half_up(Decimal(number), places)) == rounded


@given(figures, st.integers(0, 4))
def test_rounding_moves_by_half_a_step_at_most_and_keeps_the_sign(number, places):
    rounded = round_half_up(number, places)
    assert abs(rounded - number) <= Decimal(1).scaleb(-places) / 2
    assert round_half_up(-number, places) == -rounded


@pytest.mark.parametrize(
    ("number", "kwargs", "printed"),
    [
        (None, {}, "-"),
        (Decimal("1234.5"), {}, "1.234,50"),
        (Decimal("1234567.891"), {"places": 3}, "1.234.567,891"),
        (102, {}, "102,00"),
        (Decimal("-0.40"), {}, "-0,40"),
        (Decimal("-0.001"), {}, "0,00"),
        (Decimal("7.15"), {"signed": True}, "+7,15"),
        (Decimal("-1.55"), {"signed": True}, "-1,55"),
        (Decimal("0.001"), {"signed": True}, "0,00"),
        (1234, {"places": 0}, "1.234"),
        (Decimal("123" * 11), {"places": 0}, ".".join(["123"] * 11)),
    ],
)
def test_it_prints_the_indonesian_way(number, kwargs, printed):
    assert format_number(number, **kwargs) == printed


@pytest.mark.parametrize(
    ("number", "letters"), [(1, "a"), (3, "c"), (26, "z"), (27, "aa"), (52, "az"), (703, "aaa")]
)
def test_lists_are_lettered(number, letters):
    assert list_letter(number) == letters
    assert position(letters) == position(letters.upper()) == number


@pytest.mark.parametrize("letters", ["1", "a1", "é", "a ", "`", "{"])
def test_what_is_no_letter_has_no_position(letters):
    with pytest.raises(ValueError, match="^a list is lettered from a to z$"):
        position(letters)


@pytest.mark.parametrize(
    ("number", "numeral"),
    [(1, "I"), (4, "IV"), (5, "V"), (9, "IX"), (14, "XIV"), (2026, "MMXXVI"), (3999, "MMMCMXCIX")],
)
def test_sections_have_roman_numerals(number, numeral):
    assert roman(number) == numeral


def test_nothing_is_counted_from_zero_or_without_end():
    with pytest.raises(ValueError, match="^a list is lettered from 1$"):
        list_letter(0)
    for number in (0, 4000):
        with pytest.raises(ValueError, match="^roman numerals run from 1 to 3999$"):
            roman(number)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (1, "satu"),
        (11, "sebelas"),
        (12, "dua belas"),
        (17, "tujuh belas"),
        (20, "dua puluh"),
        (100, "seratus"),
        (1000, "seribu"),
        (101, "seratus satu"),
        (999, "sembilan ratus sembilan puluh sembilan"),
        (1205, "seribu dua ratus lima"),
        (21_010, "dua puluh satu ribu sepuluh"),
        (1_000_000, "satu juta"),
        (
            999_999_999,
            "sembilan ratus sembilan puluh sembilan juta sembilan ratus sembilan puluh sembilan ribu "
            "sembilan ratus sembilan puluh sembilan",
        ),
    ],
)
def test_counts_are_spelt_out(number, words):
    assert in_words(number) == words


def test_a_count_stands_beside_its_words():
    assert counted(1205) == "1.205 (seribu dua ratus lima)"
    for number in (-1, 10**9):
        with pytest.raises(ValueError, match="^only counts from 0 to 999.999.999 are spelt out$"):
            in_words(number)


@pytest.mark.parametrize(
    ("change", "word"), [(Decimal("0.01"), "naik"), (Decimal("-3"), "turun"), (0, "tetap")]
)
def test_a_figure_goes_up_down_or_nowhere(change, word):
    assert movement(change) == word
    assert movement(0, "tidak berubah") == "tidak berubah"


@pytest.mark.parametrize(("count", "places"), [(1, 0), (19, 0), (20, 2), (1000, 2)])
def test_a_percentage_of_few_things_has_no_decimals(count, places):
    assert share_places(count) == places


def test_a_percentage_never_looks_like_another():
    assert places_apart(Decimal("1.001"), Decimal("1.004")) == 3
    assert places_apart(Decimal("1.01"), Decimal("1.02")) == 2
    assert places_apart(Decimal(1), Decimal(1)) == 2
    assert places_apart(Decimal("0.1"), Decimal("0.4"), 0) == 1
    assert places_apart(Decimal(0), Decimal("0.000000001")) == 8


@pytest.mark.parametrize(
    ("value", "at_least", "places"),
    [("1.50", 0, 1), ("1", 0, 0), ("100", 0, 0), ("1.5", 3, 3), ("1E+2", 0, 0), ("0.1234", 2, 4)],
)
def test_a_figure_has_its_own_decimals(value, at_least, places):
    assert own_places(Decimal(value), at_least) == places
    assert own_places(2) == 0


def test_an_exact_figure_shows_them_all():
    assert exact_number(None) == "-"
    assert exact_number(Decimal("1.5")) == "1,50"
    assert exact_number(Decimal("1.2345"), signed=True) == "+1,2345"
    assert exact_number(Decimal("1.2"), 0) == "1,2"
