"""The small rich text: what comes through the form, and how the editor is started."""

import pytest
from django import forms
from django.db import models

from recommendations.models import Step
from sakip.richtext import RichTextField, plain_text


class StepForm(forms.ModelForm):
    class Meta:
        model = Step
        fields = ["text"]


def clean(text):
    form = StepForm({"text": text})
    assert form.is_valid(), form.errors
    return form.cleaned_data["text"]


@pytest.mark.parametrize(
    "text",
    [
        "<p>Beri <em>reward</em> dan <strong>punishment</strong>.</p>",
        "<ol><li><p>satu</p></li><li><p>dua</p></li></ol>",
        "<ul><li><p>satu</p></li></ul>",
        '<ol type="a" start="2"><li><p>satu</p></li></ol>',
        "<p>satu<br>dua</p>",
    ],
)
def test_italic_bold_and_lists_stay(text):
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("<p>a<script>alert(1)</script></p>", "<p>a</p>"),
        ('<p onclick="alert(1)">a</p>', "<p>a</p>"),
        ('<p style="position:fixed">a</p>', "<p>a</p>"),
        ('<p class="x">a</p><style>p{}</style>', "<p>a</p>"),
        ('<p><a href="javascript:alert(1)">a</a></p>', "<p>a</p>"),
        ('<img src="x" onerror="alert(1)"><p>a</p>', "<p>a</p>"),
        ("<h1>a</h1>", "a"),
    ],
)
def test_everything_else_is_dropped(text, left):
    assert clean(text) == left


def nested(levels, text="a"):
    return "<ul><li><p>" * levels + text + "</p></li></ul>" * levels


@pytest.mark.parametrize(
    "text", [nested(9), "<p>a<br>b</p>" * 50, "<li>a<li>b" * 50, "<p>a<p>b" * 50]
)
def test_nine_levels_of_lists_are_enough(text):
    assert StepForm({"text": text}).is_valid()


@pytest.mark.parametrize(
    "text", [nested(10), nested(100), "<em>" * 300 + "a" + "</em>" * 300, "<p><b>a</p>" * 40]
)
def test_a_text_that_is_nested_too_deep_is_refused_in_words(text):
    form = StepForm({"text": text})
    (sentence,) = form.errors["text"]
    assert "Tulis daftar di dalam daftar paling banyak 9 tingkat" in sentence
    assert form["text"].value() == text


def test_what_was_stored_too_deep_can_still_be_saved_with_all_its_words():
    text = "<ul><li><p>a</p>" * 100 + "<em>b<em>c</em></em>" + "</li></ul>" * 100
    step = Step(text=text)
    step.clean_fields(exclude=["renaksi", "position"])
    assert plain_text(step.text) == "\n".join("a" * 100) + "\nbc"
    assert (step.text.count("<ul>"), step.text.count("<em>")) == (9, 1)


def test_an_empty_editor_is_an_empty_text():
    assert not StepForm({"text": "<p></p>"}).is_valid() or clean("<p></p>") == ""


def test_the_editor_starts_without_inline_code():
    html = str(StepForm()["text"]) + str(StepForm().media)
    assert 'data-rich-text="/static/django_prose_editor/editor.js"' in html
    assert 'src="/static/js/editor.js"' in html
    assert "importmap" not in html


def test_it_is_a_plain_text_column():
    assert RichTextField().deconstruct()[1] == "django.db.models.TextField"
    assert issubclass(RichTextField, models.TextField)
