from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.db import models
from django.http import QueryDict
from django.utils.html import escape

from performance.models import Target
from recommendations.models import Evaluation
from sakip.forms.fields import IndonesianDateField, IndonesianDecimalField, indonesian_formfield


class ScoreForm(forms.Form):
    score = IndonesianDecimalField(
        max_digits=7, decimal_places=2, min_value=0, max_value=Decimal("99.5")
    )
    due_on = IndonesianDateField(required=False)


def submitted(text, **kwargs):
    return ScoreForm(QueryDict(text), **kwargs)


def errors(text, field="score"):
    return submitted(text).errors[field]


@pytest.mark.parametrize(
    ("typed", "number"), [("87,5", "87.5"), ("87.5", "87.5"), ("+87,500 %25", "87.5"), ("0", "0")]
)
def test_it_reads_indonesian_numbers(typed, number):
    form = submitted(f"score={typed}")
    assert form.is_valid()
    assert form.cleaned_data["score"] == Decimal(number)


def test_it_is_a_text_input_with_a_decimal_keyboard():
    html = str(ScoreForm()["score"])
    assert 'type="text"' in html
    assert 'inputmode="decimal"' in html
    assert 'autocomplete="off"' in html
    assert "<button" not in html
    assert "style=" not in html


@pytest.mark.parametrize(
    ("initial", "shown"),
    [
        (Decimal("87.5000"), "87,50"),
        (Decimal("1234.567"), "1234,567"),
        (90, "90,00"),
        (0.5, "0,50"),
        (None, None),
    ],
)
def test_it_shows_the_exact_value_with_a_comma(initial, shown):
    html = str(ScoreForm(initial={"score": initial})["score"])
    assert (f'value="{shown}"' in html) if shown else ("value=" not in html)


def test_an_ambiguous_number_offers_both_readings_after_the_input():
    form = submitted("score=87.500")

    assert form.errors["score"] == ["“87.500” dapat dibaca dua cara. Tulis 87500 atau 87,5."]
    assert form.has_error("score", code="ambiguous")
    html = str(form["score"])
    places = [
        html.index(part)
        for part in (
            "<input",
            'name="score" value="87.500"',
            'name="score" value="87500"',
            'name="score" value="87,5"',
        )
    ]
    assert places == sorted(places)


def test_enter_sends_what_was_typed_not_a_reading_nobody_chose():
    html = str(submitted("score=87.500")["score"])
    first_button = html[html.index("<button") : html.index("</button>")]
    assert 'type="submit"' in first_button
    assert "name=" not in first_button
    assert " hidden" not in first_button  # some browsers pass over buttons that are not rendered


@pytest.mark.parametrize(("click", "number"), [("12,5", "12.5"), ("12500", "12500")])
def test_the_reading_clicked_is_the_one_taken(click, number):
    field = IndonesianDecimalField()
    data = QueryDict(f"score=12.500&score={click}")
    assert field.clean(field.widget.value_from_datadict(data, {}, "score")) == Decimal(number)


def test_the_buttons_carry_the_prefix_of_a_formset():
    form = submitted("row-3-score=87.500", prefix="row-3")
    assert 'name="row-3-score" value="87,5"' in str(form["score"])


@pytest.mark.parametrize("typed", ["87.500", "Rp 5", "1,234.5", "<b>", "100,25", " 87,555 "])
def test_what_was_typed_is_shown_again(typed):
    form = ScoreForm({"score": typed, "due_on": "12/31/2026"})

    assert not form.is_valid()
    assert f'value="{escape(typed)}"' in str(form["score"])
    assert 'value="12/31/2026"' in str(form["due_on"])


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("100", "Tulis angka paling besar 99,5."),
        ("-1", "Tulis angka paling kecil 0."),
        ("87,555", "Tulis paling banyak 2 angka di belakang koma."),
        ("123456", "Tulis paling banyak 5 angka di depan koma."),
        ("12345678", "Tulis paling banyak 7 angka seluruhnya."),
        ("", "Isi score."),
        ("   ", "Isi score."),
        ("Rp 5", "“Rp 5” bukan angka yang dikenal. Tulis misalnya 87,5 atau 1.234,56."),
    ],
)
def test_it_says_what_to_write(typed, message):
    assert message in errors(f"score={typed}")


@pytest.mark.parametrize(
    ("initial", "typed", "changed"),
    [
        (Decimal("87.5"), "87,50", False),
        (Decimal("87.5000"), "87.5", False),
        (0.1, "0,1", False),
        ("87.5", "87,50", False),
        (None, "", False),
        (Decimal("87.5"), "87,51", True),
        (Decimal("87.5"), "87.500", True),
        (None, "0", True),
        (Decimal(0), "", True),
    ],
)
def test_it_knows_a_change_from_another_spelling(initial, typed, changed):
    assert IndonesianDecimalField(decimal_places=2).has_changed(initial, typed) is changed


@pytest.mark.parametrize("typed", ["31/12/2026", "31 Desember 2026", "2026-12-31"])
def test_it_reads_indonesian_dates(typed):
    form = ScoreForm({"score": "1", "due_on": typed}, initial={"due_on": date(2026, 12, 31)})
    assert form.is_valid()
    assert form.cleaned_data["due_on"] == date(2026, 12, 31)
    assert form.changed_data == ["score"]


def test_an_optional_date_may_be_empty():
    form = ScoreForm({"score": "1", "due_on": " "})
    assert form.is_valid()
    assert form.cleaned_data["due_on"] is None


def test_a_month_first_date_is_refused_in_words():
    message = "“12/31/2026” mendahulukan bulan. Tulis hari lebih dahulu: 31/12/2026."
    assert errors("score=1&due_on=12/31/2026", "due_on") == [message]


def test_a_date_is_shown_with_the_name_of_its_month():
    html = str(ScoreForm(initial={"due_on": date(2023, 10, 2)})["due_on"])
    assert 'value="2 Oktober 2023"' in html
    assert 'type="text"' in html
    assert 'autocomplete="off"' in html


class TargetForm(forms.ModelForm):
    class Meta:
        model = Target
        fields = ["year", "value", "high"]
        formfield_callback = indonesian_formfield


class EvaluationForm(forms.ModelForm):
    class Meta:
        model = Evaluation
        fields = ["letter_date", "reported_total"]
        formfield_callback = indonesian_formfield


def test_model_forms_take_these_fields_and_keep_the_limits_of_the_model():
    form = TargetForm(instance=Target(year=2026, value=Decimal("87.5")))

    assert isinstance(form.fields["value"], IndonesianDecimalField)
    assert form.fields["value"].decimal_places == 4
    assert not form.fields["high"].required
    assert 'value="87,50"' in str(form["value"])


def test_a_year_is_never_localised():
    html = str(TargetForm(instance=Target(year=2026, value=1))["year"])
    assert 'value="2026"' in html
    assert not isinstance(TargetForm().fields["year"], IndonesianDecimalField)


def test_a_moment_is_no_date():
    assert type(indonesian_formfield(models.DateTimeField())) is forms.DateTimeField


def test_model_forms_show_dates_and_numbers_as_they_are_read():
    saved = Evaluation(letter_date=date(2023, 9, 5), reported_total=Decimal("73.9"))
    form = EvaluationForm(instance=saved)

    assert isinstance(form.fields["letter_date"], IndonesianDateField)
    assert 'value="5 September 2023"' in str(form["letter_date"])
    assert 'value="73,90"' in str(form["reported_total"])
