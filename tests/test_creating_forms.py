"""Every address that takes a form either creates something, and its form has a key, or says why it needs none.

The addresses come from the permission matrix: a new one is red until it stands in one of the lists here.
"""

import re

import pytest
from django.urls import reverse

from tests.test_permission_matrix import MATRIX, NO, POST_FORM, made_once, world  # noqa: F401 (fixtures)
from tests.test_strange_input import who_may

# Where the page of the form is another than that of the matrix: route → its page, and what of the world it takes.
PAGES = {
    "reports:telaah-staf-table-create": ("reports:telaah-staf-detail", "telaah_staf"),
    # Offers the files of other items.
    "recommendations:evidence-reuse": ("recommendations:evidence-reuse", "bare"),
}
CREATES = {
    "reports:finding-dismiss",
    "reports:word-template-upload",
    "reports:telaah-staf-create",
    "reports:telaah-staf-supersede",
    "reports:telaah-staf-section-create",
    "reports:telaah-staf-text-create",
    "reports:telaah-staf-table-create",
    "recommendations:evaluation-create",
    "recommendations:letter-attach",
    "recommendations:revision-create",
    "recommendations:evaluation-next-year",
    "recommendations:rubric-create",
    "recommendations:rubric-copy",
    "recommendations:recommendation-create",
    "recommendations:renaksi-create",
    "recommendations:evidence-create",
    "recommendations:evidence-revise",
    "recommendations:evidence-reuse",
    "recommendations:saved-view-create",
    "recommendations:extension-create",
    "recommendations:comment-create",
    "performance:objective-create",
    "performance:indicator-create",
    "performance:figure-evidence-add",
    "workbooks:import-list",
    "workbooks:word-start",
    "api:token-create",
    "api:webhook-create",
    "sakip:begin",
    "sakip:unit-create",
    "sakip:user-create",
    "sakip:post-create",
    "sakip:user-posts",
    "sakip:official-create",
    "sakip:letterhead-create",
}
# Where a form of its own kind has another key: route → the name of the field.
OTHER_KEY = {"reports:issue": "submission", "recommendations:evaluation-table": "token"}
NEEDS_NONE = {
    "the form has the version, or a digest, of what was read": {
        "performance:indicator-edit", "performance:objective-edit", "performance:realisation-edit",
        "performance:smart-edit", "recommendations:evaluation-edit", "recommendations:evaluation-scores",
        "recommendations:evidence-edit", "recommendations:note-edit",
        "recommendations:quarterly-report-edit", "recommendations:recommendation-edit",
        "recommendations:renaksi-edit", "recommendations:renaksi-plan", "recommendations:rubric-bands",
        "recommendations:rubric-edit", "reports:telaah-staf-draft", "reports:telaah-staf-edit",
        "reports:telaah-staf-issue", "reports:telaah-staf-section", "reports:telaah-staf-text",
        "reports:word-template-activate", "api:webhook-edit", "sakip:letterhead-edit", "sakip:official-edit",
        "sakip:unit-edit", "sakip:user-edit", "workbooks:word-columns", "workbooks:word-draft",
        "workbooks:word-pictures",
    },
    "a second time finds another status, and is told so": {
        "recommendations:extension-decide", "recommendations:quarter-close",
        "recommendations:quarter-reopen", "recommendations:renaksi-accept",
        "recommendations:renaksi-reopen", "recommendations:renaksi-return",
        "recommendations:renaksi-submit", "recommendations:renaksi-withdraw",
        "recommendations:review-item", "recommendations:review-together",
        "recommendations:review-undo",
        "recommendations:unit-reorganise", "reports:issued-withdraw", "reports:telaah-staf-restore",
        "reports:word-template-check", "reports:word-template-deactivate", "sakip:post-end",
        "device-end", "device-end-others", "sakip:factor-reset", "api:token-revoke",
        "api:delivery-again",
        "workbooks:import-cancel", "workbooks:import-choose", "workbooks:import-confirm",
        "workbooks:import-undo",
    },
    "a second time deletes nothing more": {
        "performance:indicator-delete", "performance:objective-delete",
        "recommendations:evaluation-delete", "recommendations:recommendation-delete",
        "recommendations:renaksi-delete", "recommendations:renaksi-draft-discard", "unsaved-discard",
        "recommendations:saved-view-delete", "reports:telaah-staf-block-delete",
        "reports:telaah-staf-delete", "reports:telaah-staf-section-delete",
        "reports:word-template-delete",
    },
    "a second time writes the same values": {
        "api:webhook-switch", "performance:entry-grid", "performance:entry-grid-typed", "performance:figure-evidence-archive", "performance:year-lock",
        "post-take-up", "recommendations:evidence-archive", "recommendations:evidence-restore",
        "recommendations:hand-over", "recommendations:hand-over-person",
        "recommendations:notice-choices", "recommendations:notice-read",
        "recommendations:notice-read-all", "recommendations:renaksi-bulk",
        "recommendations:review-keys", "recommendations:saved-view-edit", "recommendations:step-tick",
        "recommendations:step-untick", "table-settings", "reports:finding-heed", "reports:findings-dismiss",
        "reports:telaah-staf-block-move", "reports:telaah-staf-reword",
        "reports:telaah-staf-section-move", "reports:telaah-staf-sentence-create", "scheme-choose",
        "search-key", "tour-close",
    },
    "one row for each person, record or day, which the second time finds": {
        "recommendations:calendar-renew", "recommendations:remind", "recommendations:renaksi-draft",
        "recommendations:review-presence", "reports:job-cancel", "reports:job-repeat",
        "reports:telaah-staf-new-draft", "reports:telaah-staf-text-draft", "unsaved-keep",
        "upload-begin", "upload-part",
        "sakip:invitation-list", "sakip:user-invite",
    },
    "asks another program once more, at most five times in ten minutes": {"api:webhook-test"},
    "writes nothing": {"recommendations:evaluation-paste"},
}  # fmt: skip
CHOSEN_FIRST = {"reports:telaah-staf-create"}  # the evaluation, in the address
ROWS = {route: (takes, get, post) for route, takes, get, post in MATRIX if post != NO}
ACTION = re.compile(r'<form\b[^>]*\baction="([^"]*)"')


def test_every_form_stands_in_one_list():
    lists = [CREATES, OTHER_KEY.keys(), *NEEDS_NONE.values()]
    listed = [route for routes in lists for route in routes]
    assert sorted(listed) == sorted(ROWS)


def forms_of(client, world, route):  # noqa: F811
    """The forms that are sent to the address of the route, on the page that shows them."""
    takes, get, post = ROWS[route]
    shown, of = PAGES.get(route, (route, takes))
    client.force_login(getattr(world.cast, who_may(post if shown != route else get)))
    page = reverse(shown, kwargs=world.arguments[of])
    address = page if shown == route else reverse(route, kwargs=world.arguments[takes])
    query = {"evaluasi": world.arguments["evaluation"]["pk"]} if route in CHOSEN_FIRST else {}
    for form in POST_FORM.findall(client.get(page, query).content.decode()):
        action = ACTION.match(form)
        if (action and action[1].partition("#")[0].partition("?")[0] or page) == address:
            yield form


@pytest.mark.parametrize("route", sorted(CREATES))
def test_a_form_that_creates_has_a_key(client, world, route):  # noqa: F811
    forms = list(forms_of(client, world, route))
    assert forms
    assert all(form.count('name="kunci"') == 1 for form in forms)


@pytest.mark.parametrize("route", OTHER_KEY)
def test_a_form_with_a_key_of_its_own_kind_has_it(client, world, route):  # noqa: F811
    forms = list(forms_of(client, world, route))
    assert all(f'name="{OTHER_KEY[route]}"' in form for form in forms)
