"""The history holds codes; words are made when it is read."""

import ast
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType

from recommendations.models import Renaksi
from sakip.history import words
from sakip.history.entries import HistoryEntry
from sakip.history.words import ACTIONS, WORDS, code_of, field_of, models_by_name, register
from sakip.history.write import record

ROOT = Path(__file__).resolve().parents[2]
APPS = ("sakip", "performance", "recommendations", "workbooks", "reports", "api")
TARGETS = {
    "renaksi", "recommendation", "evaluation", "rubric", "indicator", "objective", "telaahstaf",
    "wordtemplate", "issuedreport", "unit", "user", "official", "letterhead", "savedview",
}  # fmt: skip


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (None, ""),
        ("", ""),
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (Decimal("87.50"), "87.5"),
        (Decimal("100"), "100"),
        (Decimal("0.00"), "0"),
        (date(2026, 7, 1), "2026-07-01"),
        (Renaksi.Status.DONE, "done"),
        ({"b", "a"}, "a, b"),
    ],
)
def test_values_as_codes(value, code):
    assert code_of(value) == code


def test_a_renamed_label_is_read_with_its_new_name(renaksi, monkeypatch):
    entry = record(
        actor=None, action="submit", target=renaksi, changes=[("status", "open", "submitted")]
    )
    field = Renaksi._meta.get_field("status")
    monkeypatch.setattr(field, "choices", [("open", "Belum mulai"), ("submitted", "Di evaluator")])
    monkeypatch.setattr(field, "verbose_name", "keadaan")
    words._field_word.cache_clear()
    try:
        assert entry.in_words == [["Keadaan", "Belum mulai", "Di evaluator"]]
    finally:
        words._field_word.cache_clear()


def test_what_is_unknown_is_shown_as_it_is_stored(renaksi):
    rows = [["Kolom lama", "-", "apa"], ["gone_field", "", "1"], ["ghost.name:x", "a", "b"]]
    rows += [["due_date", "", "besok"], ["status", "", "beku"]]
    entry = record(actor=None, action="edit", target=renaksi, changes=rows)
    assert entry.in_words == [
        *rows[:3],
        ["Batas waktu", "-", "besok"],
        ["Status", "-", "beku"],
    ]


def test_reading_costs_no_query_for_each_row(renaksi, django_assert_num_queries):
    rows = [("lead_unit", "Biro Umum", "Biro Hukum"), ("evidence.title:A", "A", "B")]
    for _ in range(5):
        record(actor=None, action="edit", target=renaksi, changes=rows)
    ContentType.objects.get_for_model(renaksi)
    with django_assert_num_queries(1):
        assert len([entry.in_words for entry in HistoryEntry.objects.all()]) == 5


def test_a_code_is_registered_once():
    with pytest.raises(LookupError):
        register(words={"steps": WORDS["steps"]})


def test_no_word_of_an_app_hides_a_field():
    """`step` is a word of its own; `step.position` names a field in other words than the model."""
    named = [path for path in WORDS if "." in path]
    assert [path for path in named if field_of(Renaksi, path) is None] == []
    ours = [model for model in models_by_name().values() if model._meta.app_label in APPS]
    hidden = [
        f"{model._meta.label}.{path}"
        for model in ours
        for path in WORDS.keys() - set(named)
        if field_of(model, path) and model._meta.model_name in TARGETS
    ]
    assert hidden == []


def called_with(name):
    """The plain texts that services and the workflow give to a function as this argument."""
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            if not {"services", "workflow"} & set(path.with_suffix("").parts):
                continue
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call):
                    yield from (
                        argument.value.value
                        for argument in node.keywords
                        if argument.arg == name and isinstance(argument.value, ast.Constant)
                    )


def test_every_action_that_is_written_has_its_words():
    assert {*called_with("action"), *called_with("entry")} - {""} - ACTIONS.keys() == set()
