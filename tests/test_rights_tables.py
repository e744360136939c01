"""Every grant and every transition, transcribed by hand from docs/design.md §2.4: whichever cell of the tables is
changed, left out or added, the transcription differs.
"""

from collections import Counter
from importlib import import_module

import pytest

from recommendations import transitions
from recommendations.transitions import TRANSITIONS
from sakip.policy import Policy

APPS = ("performance", "recommendations", "reports", "workbooks", "api")
ANYBODY = "operator evaluator coordinator leader"
READERS = "evaluator coordinator leader"
OWN_READERS = "operator coordinator leader"
WORKABLE = "open in_progress returned"
# policy: action | roles | reach | statuses, where only some allow it
GRANTS = {
    "objective_policy": f"""
        view | {OWN_READERS} | own_body
        view | {READERS} | beneath
        edit | coordinator | beneath
    """,
    "indicator_policy": f"""
        view | {OWN_READERS} | own_body
        view | {READERS} | beneath
        edit | coordinator | beneath
        realise | operator | own_lead
        realise | coordinator | beneath
    """,
    "rubric_policy": f"""
        view | {ANYBODY} | shared
        view | {ANYBODY} | own_body
        view | {READERS} | beneath
        copy | coordinator | shared
        copy | coordinator | own_body
        copy | coordinator | beneath
        edit | coordinator | province
        edit | coordinator | beneath
    """,
    "evaluation_policy": f"""
        view | {OWN_READERS} | own_body
        view | {READERS} | beneath
        edit | coordinator | beneath
        print | {READERS} | beneath
    """,
    "recommendation_policy": f"""
        view | {OWN_READERS} | own_body
        view | {READERS} | beneath
        edit | coordinator | beneath
    """,
    "renaksi_policy": f"""
        view | operator | own_unit
        view | {READERS} | beneath
        oversee | coordinator | beneath
        plan | coordinator | beneath | {WORKABLE}
        entrust | coordinator | beneath | {WORKABLE} submitted
        remind | {READERS} | beneath | {WORKABLE}
        request_extension | operator | own_lead | {WORKABLE}
        decide_extension | coordinator | beneath
        edit | operator | own_unit | {WORKABLE}
        edit | coordinator | beneath | {WORKABLE}
        submit | operator | own_lead | {WORKABLE}
        withdraw | operator | own_lead | submitted
        accept | evaluator | beneath | submitted
        return | evaluator | beneath | submitted
        reopen | evaluator | beneath | done not_actionable
        reopen | coordinator | beneath | done not_actionable
        revoke | evaluator | beneath | done not_actionable returned
    """,
    "quarter_policy": "close | coordinator | beneath",
    "daily_count_policy": f"""
        view | operator | own_lead
        view | {READERS} | beneath
    """,
    "telaah_staf_policy": f"""
        view | {READERS} | beneath
        edit issue delete | coordinator | beneath | draft
        supersede | coordinator | beneath | issued withdrawn
    """,
    "issued_report_policy": f"""
        view | {READERS} | beneath
        issue | coordinator | beneath
        withdraw | coordinator | beneath | issued
    """,
    "word_template_policy": """
        view | coordinator | beneath
        activate delete | coordinator | beneath | draft
        deactivate | coordinator | beneath | active
    """,
    "workbook_policy": f"""
        export | {ANYBODY} | any
        import | coordinator | any
    """,
    "webhook_policy": "view edit | coordinator | beneath",
}
# action: to, where it leads for what cannot be done, what is asked for, who may not
DEMANDS = {
    "edit": ("in_progress", "", set()),
    "submit": ("submitted", "", {"needs_work"}),
    "withdraw": ("in_progress", "", set()),
    "accept": ("done", "not_actionable", {"bars_authors"}),
    "return": ("returned", "", {"needs_reason", "needs_note", "bars_authors"}),
    "reopen": ("returned", "", {"needs_note"}),
    "revoke": ("submitted", "", {"revokes"}),
}
FLAGS = ("needs_work", "needs_reason", "needs_note", "bars_authors", "revokes")


def found():
    """The policies of all apps by name; an app may lend one of another."""
    modules = (import_module(f"{app}.permissions") for app in APPS)
    return {
        name: value
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, Policy)
    }


def transcribed(text):
    rows = (line.split("|") for line in text.strip().splitlines())
    cells = ([frozenset(cell.split()) for cell in row] for row in rows)
    return Counter((*row, None)[:4] for row in cells)


def as_written(grants):
    rows = ((row.actions, row.roles, frozenset({row.reach.value}), row.statuses) for row in grants)
    return Counter(rows)


def test_every_policy_is_transcribed():
    assert found().keys() == GRANTS.keys()


@pytest.mark.parametrize("name", GRANTS)
def test_the_grants_are_those_of_the_design(name):
    assert as_written(found()[name].grants) == transcribed(GRANTS[name])


def test_the_transitions_ask_what_the_design_says():
    asked = {
        row.action: (row.target, row.if_impossible, {flag for flag in FLAGS if getattr(row, flag)})
        for row in TRANSITIONS.values()
    }
    assert asked == DEMANDS


def test_the_groups_of_statuses():
    assert set(transitions.STATUSES) == {*WORKABLE.split(), "submitted", "done", "not_actionable"}
    assert len(transitions.STATUSES) == 6
    assert set(transitions.WORKABLE) == set(WORKABLE.split())
    assert set(transitions.CLOSED) == {"done", "not_actionable"}
    assert set(transitions.COUNTABLE) == {*WORKABLE.split(), "submitted", "done"}
    assert set(transitions.CLAIMED) == {"submitted", "done"}
    assert transitions.VERIFIED == ("done",)
    assert transitions.TIME_TO_REVOKE.total_seconds() == 60
