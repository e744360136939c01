"""The small rich text: what comes through the form, and how the editor is started."""

import pytest
from django import forms
from django.db import models

from recommendations.models import Step
from sakip.richtext import RichTextField


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
