"""Every address × every person × every method, written down by hand (docs/design.md §2.4).

A route without a row is red, and so is a row without a route. The columns of codes are: Rina
(operator of the unit), Umar (operator of another), Dewi (evaluator), Kadir (coordinator of the body),
Laila (its leader), Sari (coordinator of another body), and Admin (superuser without a role).
404 keeps secret that something exists, 403 says that it is not for this person, 409 that it is not
now, and - is 405 for everybody.
"""

import io
import re
from copy import deepcopy
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern
from django.utils import timezone
from PIL import Image

from performance.models import FigureEvidence
from recommendations.models import EvidenceRevision, Note, QuarterClosing
from recommendations.services.revisions import revise_evaluation
from reports.exports import background
from reports.models import IssuedReport
from reports.services import issue_telaah_staf
from sakip.models import Letterhead, Official, PartialUpload
from sakip.roles import Role
from tests import factories, people
from tests.browsing import MOST_REQUESTS, asked_at_once
from tests.recommendations import files

ALL = "200 200 200 200 200 200 200"
DONE = "302 302 302 302 302 302 302"
BODY = "200 200 200 200 200 404 404"
EDIT_BODY = "403 403 403 200 403 404 404"
EDIT_BODY_DONE = "403 403 403 302 403 404 404"
COORDINATORS = "403 403 403 200 403 200 403"
OWN_SETTINGS = "403 403 403 200 403 404 403"
OWN_INVITED = "403 403 403 200 403 404 200"
OWN_PERSON_CHANGED = "403 403 403 409 403 404 403"  # the button names no post
NO_SUCH_POST = "409 409 409 409 409 409 409"
READ_ITEM = "200 404 200 200 200 404 404"
PLAN_ITEM = "403 404 403 200 403 404 404"
PLAN_ITEM_DONE = "403 404 403 302 403 404 404"
EDIT_ITEM = "200 404 403 200 403 404 404"
LEAD_ITEM = "200 404 403 403 403 404 404"
LETTER = "404 404 200 200 200 404 404"
EDIT_LETTER = "404 404 403 200 403 404 404"
LETTER_DONE = "404 404 403 302 403 404 404"
PRINT_BODY = "403 403 200 200 200 404 404"
LIST_LETTERS = "403 403 200 200 200 200 403"
CLOSE_QUARTER = "403 403 403 302 403 404 403"
OWN_RUN = "403 403 403 200 403 404 403"
OWN_RUN_DONE = "403 403 403 302 403 404 403"
OWN_JOB = "200 404 404 404 404 404 404"
OWN_JOB_DONE = "302 404 404 404 404 404 404"
NO = "-"
# A template that includes another with `only` leaves the token behind: the form would be refused.
POST_FORM = re.compile(r'<form\b[^>]*method="post".*?</form>', re.DOTALL)

# route, what of the world it takes, GET, POST without any data
MATRIX = [
    ("search", None, ALL, NO),
    ("echo", None, ALL, NO),
    ("search-key", None, NO, DONE),
    ("scheme-choose", None, NO, DONE),
    ("guide-list", None, ALL, NO),
    ("guide", "guide_name", ALL, NO),
    ("tour-close", None, NO, DONE),
    ("reports:home", None, ALL, NO),
    ("reports:overview", None, ALL, NO),
    ("reports:overview-details", None, ALL, NO),
    ("reports:province", None, LIST_LETTERS, NO),
    ("reports:repeated", None, ALL, NO),
    ("reports:report-list", None, ALL, NO),
    ("reports:job-list", None, ALL, NO),
    ("reports:job-detail", "job", OWN_JOB, NO),
    ("reports:job-file", "finished_job", OWN_JOB, NO),
    ("reports:job-cancel", "job", NO, OWN_JOB_DONE),
    ("reports:job-repeat", "finished_job", NO, OWN_JOB_DONE),
    ("reports:report-preview", "report", ALL, NO),
    ("reports:report-download", "download", BODY, NO),
    ("reports:consistency", None, ALL, NO),
    ("reports:finding-count", None, ALL, NO),
    ("reports:findings-dismiss", None, NO, "400 400 400 400 400 400 400"),
    ("reports:finding-dismiss", "finding", PLAN_ITEM, PLAN_ITEM),
    ("reports:finding-heed", "finding", NO, PLAN_ITEM_DONE),
    ("reports:history", None, ALL, NO),
    ("reports:changes-since", None, ALL, NO),
    ("reports:changes-count", None, ALL, NO),
    ("reports:evidence-files", "evaluation", "200 302 200 200 200 404 404", NO),
    ("reports:dossier-detail", "evaluation", PRINT_BODY, NO),
    ("reports:dossier-download", "evaluation", PRINT_BODY, NO),
    ("reports:issue", "report", *["403 403 403 200 403 404 403"] * 2),
    ("reports:issued-list", None, LIST_LETTERS, NO),
    ("reports:issued-detail", "report_issued", LETTER, NO),
    ("reports:issued-file", "report_issued", LETTER, NO),
    ("reports:issued-withdraw", "report_issued", EDIT_LETTER, EDIT_LETTER),
    ("reports:telaah-staf-list", None, LIST_LETTERS, NO),
    ("reports:telaah-staf-detail", "telaah_staf", LETTER, NO),
    ("reports:telaah-staf-pdf", "telaah_staf", LETTER, NO),
    ("reports:telaah-staf-word", "telaah_staf", LETTER, NO),
    ("reports:word-template-list", None, COORDINATORS, NO),
    ("reports:word-template-upload", None, COORDINATORS, COORDINATORS),
    ("reports:word-template-guide", None, COORDINATORS, NO),
    ("reports:word-template-start", "paper", COORDINATORS, NO),
    ("reports:word-template-detail", "template", OWN_SETTINGS, NO),
    ("reports:word-template-file", "template", OWN_SETTINGS, NO),
    ("reports:word-template-sample", "template", OWN_SETTINGS, NO),
    ("reports:word-template-check", "template", NO, OWN_RUN_DONE),
    ("reports:word-template-activate", "template", NO, OWN_RUN_DONE),
    ("reports:word-template-deactivate", "active_template", NO, OWN_RUN_DONE),
    ("reports:word-template-delete", "template", OWN_SETTINGS, OWN_RUN_DONE),
    ("reports:telaah-staf-edit", "telaah_staf", EDIT_LETTER, EDIT_LETTER),
    ("reports:telaah-staf-logo", "telaah_staf", LETTER, NO),
    ("reports:telaah-staf-create", None, COORDINATORS, COORDINATORS),
    ("reports:telaah-staf-draft", "telaah_staf", EDIT_LETTER, EDIT_LETTER),
    ("reports:telaah-staf-issue", "telaah_staf", EDIT_LETTER, EDIT_LETTER),
    ("reports:telaah-staf-supersede", "issued", EDIT_LETTER, LETTER_DONE),
    ("reports:telaah-staf-delete", "telaah_staf", EDIT_LETTER, LETTER_DONE),
    ("reports:telaah-staf-section-create", "telaah_staf", EDIT_LETTER, EDIT_LETTER),
    ("reports:telaah-staf-section", "section", EDIT_LETTER, EDIT_LETTER),
    ("reports:telaah-staf-section-move", "section", NO, EDIT_LETTER),
    ("reports:telaah-staf-section-delete", "section", NO, LETTER_DONE),
    ("reports:telaah-staf-new-draft", "section", NO, EDIT_LETTER),
    ("reports:telaah-staf-restore", "telaah_staf", NO, "404 404 403 409 403 404 404"),
    ("reports:telaah-staf-text-create", "section", EDIT_LETTER, EDIT_LETTER),
    ("reports:telaah-staf-table-create", "section", NO, LETTER_DONE),
    ("reports:telaah-staf-text", "block", EDIT_LETTER, EDIT_LETTER),
    ("reports:telaah-staf-block-move", "block", NO, EDIT_LETTER),
    ("reports:telaah-staf-block-delete", "block", NO, LETTER_DONE),
    ("reports:telaah-staf-text-draft", "block", NO, EDIT_LETTER),
    ("reports:telaah-staf-reword", "block", NO, EDIT_LETTER),
    ("reports:telaah-staf-sentence-create", "section", NO, EDIT_LETTER),
    ("recommendations:evaluation-list", None, ALL, NO),
    ("recommendations:evaluation-create", None, COORDINATORS, COORDINATORS),
    ("recommendations:evaluation-detail", "evaluation", BODY, NO),
    ("recommendations:evaluation-edit", "evaluation", EDIT_BODY, EDIT_BODY),
    ("recommendations:evaluation-delete", "empty", EDIT_BODY, EDIT_BODY),
    ("recommendations:letter-attach", "evaluation", EDIT_BODY, EDIT_BODY),
    ("recommendations:letter-file", "letter", BODY, NO),
    ("recommendations:revision-create", "evaluation", EDIT_BODY, EDIT_BODY),
    ("recommendations:revision-detail", "revision", BODY, NO),
    ("recommendations:evaluation-scores", "evaluation", EDIT_BODY, EDIT_BODY),
    ("recommendations:evaluation-table", "evaluation", EDIT_BODY, EDIT_BODY),
    ("recommendations:evaluation-paste", "evaluation", EDIT_BODY, EDIT_BODY),
    ("recommendations:evaluation-next-year", "evaluation", EDIT_BODY, EDIT_BODY),
    ("recommendations:evaluation-simulation", "evaluation", BODY, NO),
    ("recommendations:evaluation-follow-up", "evaluation", BODY, NO),
    ("recommendations:rubric-list", None, ALL, NO),
    ("recommendations:rubric-create", None, COORDINATORS, COORDINATORS),
    ("recommendations:rubric-detail", "rubric", "200 200 200 200 200 200 404", NO),
    ("recommendations:rubric-detail", "own_rubric", BODY, NO),
    ("recommendations:rubric-edit", "rubric", *["403 403 403 403 403 403 404"] * 2),
    ("recommendations:rubric-edit", "own_rubric", EDIT_BODY, EDIT_BODY),
    ("recommendations:rubric-copy", "rubric", *["403 403 403 200 403 200 404"] * 2),
    ("recommendations:rubric-copy", "own_rubric", EDIT_BODY, EDIT_BODY),
    ("recommendations:rubric-bands", "rubric", *["403 403 403 403 403 403 404"] * 2),
    ("recommendations:rubric-bands", "own_rubric", EDIT_BODY, EDIT_BODY),
    ("recommendations:recommendation-create", "evaluation", EDIT_BODY, EDIT_BODY),
    ("recommendations:recommendation-detail", "recommendation", BODY, NO),
    ("recommendations:recommendation-edit", "recommendation", EDIT_BODY, EDIT_BODY),
    ("recommendations:recommendation-delete", "lonely", EDIT_BODY, EDIT_BODY_DONE),
    ("recommendations:note-edit", "recommendation", EDIT_BODY, EDIT_BODY),
    ("recommendations:note-photo", "photo", BODY, NO),
    ("recommendations:renaksi-create", "recommendation", EDIT_BODY, EDIT_BODY),
    ("recommendations:renaksi-detail", "renaksi", READ_ITEM, NO),
    ("recommendations:renaksi-plan", "renaksi", PLAN_ITEM, PLAN_ITEM),
    ("recommendations:renaksi-edit", "renaksi", EDIT_ITEM, EDIT_ITEM),
    ("recommendations:renaksi-draft", "renaksi", NO, "400 404 403 400 403 404 404"),
    ("recommendations:renaksi-draft-discard", "renaksi", NO, "302 404 403 302 403 404 404"),
    ("recommendations:renaksi-delete", "bare", PLAN_ITEM, "403 404 403 302 403 404 404"),
    ("recommendations:renaksi-submit", "renaksi", LEAD_ITEM, "302 404 403 403 403 404 404"),
    ("recommendations:renaksi-withdraw", "submitted", LEAD_ITEM, "302 404 403 403 403 404 404"),
    (
        "recommendations:renaksi-accept",
        "proved",
        "403 404 200 403 403 404 404",
        "403 404 302 403 403 404 404",
    ),
    ("recommendations:renaksi-return", "submitted", *["403 404 200 403 403 404 404"] * 2),
    ("recommendations:renaksi-reopen", "done", *["403 404 200 200 403 404 404"] * 2),
    ("recommendations:evidence-create", "renaksi", EDIT_ITEM, EDIT_ITEM),
    ("recommendations:evidence-edit", "evidence", EDIT_ITEM, EDIT_ITEM),
    ("recommendations:evidence-revise", "evidence", EDIT_ITEM, EDIT_ITEM),
    ("recommendations:evidence-archive", "evidence", NO, "302 404 403 302 403 404 404"),
    ("recommendations:evidence-restore", "archived", NO, "302 404 403 302 403 404 404"),
    ("recommendations:evidence-file", "file", READ_ITEM, NO),
    ("recommendations:evidence-picture", "pages", READ_ITEM, NO),
    ("recommendations:quarterly-report-edit", "quarter", EDIT_ITEM, EDIT_ITEM),
    ("recommendations:renaksi-list", None, ALL, NO),
    ("recommendations:reminder-texts", None, ALL, NO),
    ("recommendations:review-list", None, "403 403 200 403 403 403 403", NO),
    ("recommendations:review-item", "submitted", *["403 404 200 403 403 404 404"] * 2),
    ("recommendations:decision-list", None, "403 403 200 403 403 403 403", NO),
    ("recommendations:review-together", None, *["403 403 200 403 403 403 403"] * 2),
    ("recommendations:review-presence", "submitted", NO, "403 404 200 403 403 404 404"),
    ("recommendations:review-keys", None, NO, "403 403 302 403 403 403 403"),
    ("recommendations:review-undo", "done", NO, "403 404 409 403 403 404 404"),
    ("recommendations:step-tick", "step", NO, "302 404 403 302 403 404 404"),
    ("recommendations:step-untick", "step", NO, "302 404 403 302 403 404 404"),
    ("recommendations:quarter-list", None, COORDINATORS, NO),
    ("recommendations:quarter-close", "open_quarter", NO, CLOSE_QUARTER),
    ("recommendations:quarter-reopen", "closed_quarter", NO, CLOSE_QUARTER),
    ("recommendations:evidence-reuse", "renaksi", EDIT_ITEM, EDIT_ITEM),
    ("recommendations:saved-view-list", None, ALL, NO),
    ("recommendations:saved-view-create", None, ALL, ALL),
    ("recommendations:saved-view-edit", "saved_view", *["200 404 404 404 404 404 404"] * 2),
    ("recommendations:saved-view-delete", "saved_view", NO, "302 404 404 404 404 404 404"),
    ("recommendations:renaksi-bulk", None, COORDINATORS, COORDINATORS),
    ("recommendations:hand-over", None, COORDINATORS, COORDINATORS),
    ("recommendations:hand-over-person", None, COORDINATORS, COORDINATORS),
    ("recommendations:extension-create", "dated", LEAD_ITEM, LEAD_ITEM),
    ("recommendations:extension-list", None, COORDINATORS, NO),
    ("recommendations:extension-decide", "extension", PLAN_ITEM, PLAN_ITEM),
    ("recommendations:comment-create", "renaksi", READ_ITEM, READ_ITEM),
    ("recommendations:notice-list", None, ALL, NO),
    ("recommendations:notice-read", "notice", NO, "302 404 404 404 404 404 404"),
    ("recommendations:notice-read-all", None, NO, DONE),
    ("recommendations:notice-choices", None, ALL, DONE),
    ("recommendations:remind", None, *["403 403 200 200 200 200 403"] * 2),
    ("recommendations:calendar-renew", None, NO, DONE),
    ("performance:indicator-table", None, ALL, NO),
    ("performance:entry-grid-typed", None, NO, ALL),
    ("performance:entry-grid", None, ALL, DONE),
    ("performance:year-lock", "body_year", NO, "403 403 403 302 403 403 403"),
    ("performance:objective-create", None, COORDINATORS, COORDINATORS),
    ("performance:objective-detail", "objective", BODY, NO),
    ("performance:objective-edit", "objective", EDIT_BODY, EDIT_BODY),
    ("performance:objective-delete", "empty_objective", EDIT_BODY, EDIT_BODY),
    ("performance:indicator-delete", "bare_indicator", EDIT_BODY, EDIT_BODY),
    ("performance:indicator-create", "objective", EDIT_BODY, EDIT_BODY),
    ("performance:indicator-detail", "indicator", BODY, NO),
    ("performance:indicator-edit", "indicator", EDIT_BODY, EDIT_BODY),
    ("performance:figure-evidence-add", "realised", *["200 403 403 200 403 404 404"] * 2),
    ("performance:figure-evidence-file", "figure_evidence", BODY, NO),
    ("performance:figure-evidence-archive", "figure_evidence", NO, "302 403 403 302 403 404 404"),
    ("performance:smart-edit", "indicator", EDIT_BODY, EDIT_BODY),
    ("performance:realisation-edit", "realisation", *["200 403 403 200 403 404 404"] * 2),
    ("workbooks:import-list", None, COORDINATORS, COORDINATORS),
    ("workbooks:import-detail", "run", OWN_RUN, NO),
    ("workbooks:word-start", None, COORDINATORS, COORDINATORS),
    ("workbooks:word-draft", "word_run", OWN_RUN, OWN_RUN),
    ("workbooks:word-columns", "word_run", OWN_RUN, OWN_RUN),
    ("workbooks:word-pictures", "word_run", OWN_RUN, OWN_RUN),
    ("workbooks:word-picture", "word_picture", "403 403 403 404 403 404 403", NO),
    ("workbooks:import-confirm", "run", NO, OWN_RUN_DONE),
    ("workbooks:import-choose", "run", NO, OWN_RUN_DONE),
    ("workbooks:import-rejected", "run", OWN_RUN, NO),
    ("workbooks:import-cancel", "run", NO, OWN_RUN_DONE),
    ("workbooks:import-undo", "finished_run", NO, OWN_RUN_DONE),
    ("workbooks:template", "kind", COORDINATORS, NO),
    ("workbooks:export", "kind", "200 200 200 200 200 200 403", NO),
    ("workbooks:export-choose", "kind", "200 200 200 200 200 200 403", NO),
    ("sakip:settings", None, COORDINATORS, NO),
    ("sakip:begin", None, *["404 404 404 404 404 404 200"] * 2),
    ("sakip:unit-list", None, COORDINATORS, NO),
    ("sakip:unit-create", None, COORDINATORS, COORDINATORS),
    ("sakip:unit-edit", "unit", OWN_SETTINGS, OWN_SETTINGS),
    ("recommendations:unit-reorganise", "unit", OWN_SETTINGS, OWN_SETTINGS),
    ("sakip:user-list", None, COORDINATORS, NO),
    ("sakip:user-create", None, COORDINATORS, COORDINATORS),
    ("sakip:user-edit", "user", OWN_SETTINGS, OWN_SETTINGS),
    ("sakip:user-invite", "user", OWN_INVITED, OWN_INVITED),
    ("sakip:factor-reset", "user", OWN_INVITED, "403 403 403 302 403 404 302"),
    ("sakip:user-posts", "user", OWN_SETTINGS, OWN_SETTINGS),
    ("sakip:post-create", None, COORDINATORS, COORDINATORS),
    ("sakip:post-end", "user", NO, OWN_PERSON_CHANGED),
    ("device-list", None, ALL, NO),
    ("device-end", "user", NO, DONE),  # no session of theirs has this key
    ("device-end-others", None, NO, DONE),
    ("session-state", None, ALL, NO),
    ("api:guide", None, ALL, NO),
    ("api:webhook-list", None, COORDINATORS, NO),
    ("api:webhook-create", None, COORDINATORS, "403 403 403 302 403 302 403"),  # the password
    ("api:webhook-detail", "webhook", OWN_SETTINGS, NO),
    ("api:webhook-edit", "webhook", OWN_SETTINGS, "403 403 403 302 403 302 403"),  # the password
    ("api:webhook-test", "webhook", NO, OWN_RUN_DONE),
    ("api:webhook-switch", "webhook", NO, OWN_RUN_DONE),
    ("api:delivery-again", "delivery", NO, OWN_RUN_DONE),
    ("api:token-list", None, ALL, NO),
    ("api:token-create", None, ALL, DONE),  # the password is asked for again
    ("api:token-revoke", "token", NO, OWN_JOB_DONE),
    ("person-data", None, ALL, NO),
    ("person-data-file", None, ALL, NO),
    ("table-settings", "listed_table", ALL, ALL),
    ("unsent", None, DONE, NO),
    ("upload-begin", None, NO, "400 400 400 400 400 400 400"),
    ("upload-part", "upload", NO, "400 404 404 404 404 404 404"),
    ("unsaved-keep", None, NO, "404 404 404 404 404 404 404"),  # of no form
    ("unsaved-discard", None, NO, "404 404 404 404 404 404 404"),
    ("post-take-up", None, NO, NO_SUCH_POST),
    ("sakip:invitation-list", None, COORDINATORS, COORDINATORS),
    ("sakip:official-list", None, COORDINATORS, NO),
    ("sakip:official-create", None, COORDINATORS, COORDINATORS),
    ("sakip:official-edit", "official", OWN_SETTINGS, OWN_SETTINGS),
    ("sakip:letterhead-list", None, COORDINATORS, NO),
    ("sakip:letterhead-create", None, COORDINATORS, COORDINATORS),
    ("sakip:letterhead-edit", "letterhead", OWN_SETTINGS, OWN_SETTINGS),
    ("sakip:letterhead-logo", "letterhead", OWN_SETTINGS, NO),
]
# Addresses that belong to signing in; allauth asks for a sign-in itself where one is needed.
ACCOUNT = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",
    "account_reauthenticate",
    "account_change_password",
    "account_set_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}
PUBLIC = ACCOUNT - {"account_reauthenticate", "account_change_password", "account_set_password"}
# The second factor: its pages ask for the password again before they show or change anything
# (tests/sakip/test_second_factor.py); the step of signing in leads back to its beginning.
ACCOUNT |= {
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_add_webauthn",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
}
# For people who come from the identity provider; 404 without one (tests/sakip/test_identity.py).
IDENTITY = {"identity-sign-in", "identity-callback", "identity-signed-out", "identity-sign-out"}
# Calendar programs cannot sign in: the key within the address is the right (test_calendar_feed.py).
BY_KEY = {"recommendations:calendar"}
# For programs with a token (tests/api/test_matrix.py).
BY_KEY |= {"api:v1"}
# For anybody who holds a printed document (tests/reports/test_verification.py).
FOR_ANYBODY = {"reports:verification-entry", "reports:verification"}
# For the machine's watchmen (tests/sakip/test_readiness.py).
FOR_ANYBODY |= {"alive", "ready"}
# A browser asks for them without the session; they hold only words of ours (tests/sakip/test_installing.py).
FOR_ANYBODY |= {"manifest", "service-worker", "offline"}
# For invited people: the secret in the address or the session is the right (test_invitations.py).
BY_KEY |= {"invitation-open", "invitation-accept"}
# An NIP is for the person, for coordinators and on letters, which name who signs them.
NIP = re.compile(r"(?<!\d)\d{8} ?\d{6} ?\d ?\d{3}(?!\d)")
NEED_NO_NIP = {"rina", "umar", "dewi", "laila"}
LETTERS = ("/telaah-staf/",)
EVERYONE = ("rina", "umar", "dewi", "kadir", "laila", "sari", "admin")


def document():
    return ContentFile(files.PDF, "laporan.pdf")


def picture():
    file = io.BytesIO()
    Image.new("RGB", (2, 2)).save(file, "PNG")
    return ContentFile(file.getvalue(), name="gambar.png")


def partial_upload(owner):
    return PartialUpload.objects.create(
        person=owner, name="laporan.pdf", size=9, modified=1, touched_at=timezone.now()
    )


def finished_job(owner):
    job = factories.make_job(owner, name="score-comparison", format="csv")
    background.run(job.pk)
    return job


@pytest.fixture(scope="module")
def made_once(django_db_setup, django_db_blocker):
    """The world of all tests of this module; each undoes what it changed."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = make_world()
        for person in vars(world.cast).values():
            person.signed_in = sign_in(person)
        yield world
        transaction.set_rollback(True)


def sign_in(person):
    """The cookie of a session of that person, which every request may use that is undone."""
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture
def world(made_once, db):
    return deepcopy(made_once)


def make_world():
    """One record of every kind in the Sekretariat Daerah, Biro Organisasi leading."""
    units = people.make_units()
    cast = people.make_cast(units)
    evaluation = people.make_evaluation(units)
    recommendation = factories.make_recommendation(evaluation)
    renaksi = people.make_renaksi(recommendation, units)
    cast.admin = factories.make_user("admin", "", None, is_superuser=True, is_staff=True)
    for number, person in enumerate(vars(cast).values()):
        person.nip = f"19900101201001{number:04}"
        person.save(update_fields=["nip"])
    lead = units.organisasi
    evidence = factories.make_evidence(renaksi, kind="file")
    for number, kept, kind in ((1, picture(), "image/png"), (2, document(), "application/pdf")):
        EvidenceRevision.objects.create(
            evidence=evidence,
            number=number,
            file=kept,
            original_name="berkas",
            content_type=kind,
            size=1,
            sha256="0" * 64,
            uploaded_by=cast.rina,
        )
    evaluation.letters.create(
        number=1,
        file=picture(),
        original_name="surat.png",
        content_type="image/png",
        size=1,
        sha256="0" * 64,
        uploaded_by=cast.kadir,
        uploaded_at=timezone.now(),
    )
    revised = {"letter_number": "700/2", "letter_date": timezone.localdate(), "reason": "Sanggahan"}
    revise_evaluation(evaluation=evaluation, actor=cast.kadir, at=timezone.now(), **revised)
    note = Note.objects.create(recommendation=recommendation, text="<p>Catatan</p>")
    photo = note.photos.create(caption="Bimbingan", image=picture())
    objective = factories.make_objective(units.setda)
    indicator = factories.make_indicator(objective, lead, values={2022: 90})
    official = Official.objects.create(
        name="Hj. Alawiyah", nip="197108081991032007", rank="Pembina", position="Kepala", unit=lead
    )
    letterhead = Letterhead.objects.create(
        unit=units.setda, government="Pemerintah", body="Setda", address="Jalan", logo=picture()
    )
    telaah_staf = factories.make_telaah_staf(evaluation, official)
    issued = factories.make_telaah_staf(evaluation, official, number="2", date="2026-06-01")
    issued = issue_telaah_staf(issued, cast.kadir, timezone.now())
    QuarterClosing.objects.create(
        unit=units.setda, year=2023, quarter=2, closed_by=cast.kadir, closed_at=timezone.now()
    )
    section = telaah_staf.sections.get()
    webhook = factories.make_webhook(units.setda)
    records = {
        "evaluation": evaluation,
        "empty": factories.make_evaluation(units.setda, 2019, rubric=evaluation.rubric),
        "rubric": evaluation.rubric,
        "own_rubric": factories.make_rubric("Rubrik Setda", unit=units.setda),
        "recommendation": recommendation,
        "lonely": factories.make_recommendation(evaluation),
        "photo": photo,
        "renaksi": renaksi,
        "bare": factories.make_renaksi(recommendation, lead),
        "submitted": factories.make_renaksi(recommendation, lead, status="submitted"),
        "proved": factories.make_evidence(
            factories.make_renaksi(recommendation, lead, status="submitted")
        ).renaksi,
        "done": factories.make_renaksi(recommendation, lead, status="done"),
        "dated": factories.make_renaksi(recommendation, lead, due_date="2026-06-30"),
        "extension": factories.make_extension(renaksi, cast.rina),
        "saved_view": cast.rina.saved_views.create(name="Terlambat", query="batas=overdue"),
        "notice": factories.make_notice(renaksi, cast.rina),
        "token": factories.make_token(cast.rina)[0],
        "webhook": webhook,
        "delivery": factories.make_delivery(webhook),
        "step": renaksi.steps.create(position=1, text="<p>Rapat</p>"),
        "evidence": evidence,
        "archived": factories.make_evidence(renaksi, title="Bukti lama", is_archived=True),
        "objective": objective,
        "empty_objective": factories.make_objective(units.setda, number=9),
        "bare_indicator": factories.make_indicator(objective, lead),
        "indicator": indicator,
        "figure_evidence": FigureEvidence.objects.create(
            realisation=indicator.realisations.get(),
            file=picture(),
            original_name="gambar.png",
            content_type="image/png",
            size=70,
            uploaded_by=cast.rina,
        ),
        "unit": lead,
        "user": cast.umar,
        "official": official,
        "letterhead": letterhead,
        "telaah_staf": telaah_staf,
        "run": factories.make_import_run(cast.kadir),
        "word_run": factories.make_word_run(cast.kadir, evaluation),
        "finished_run": factories.make_import_run(cast.kadir, state="done"),
        "job": factories.make_job(cast.rina),
        "finished_job": finished_job(cast.rina),
        "issued": issued,
        "template": factories.make_word_template(units.setda),
        "active_template": factories.make_word_template(units.setda, status="active"),
        "section": section,
        "block": section.blocks.get(),
        "report_issued": factories.make_issued(units.setda, cast.kadir, file=picture()),
    }
    arguments = {name: {"pk": row.pk} for name, row in records.items()} | {
        None: {},
        "kind": {"kind": "units"},
        "finding": {"key": f"missing-evidence:recommendations.renaksi:{records['submitted'].pk}:"},
        "paper": {"paper": "A4"},
        "guide_name": {"name": "operator"},
        "upload": {"key": partial_upload(cast.rina).key},
        "listed_table": {"name": "renaksi"},
        "report": {"name": "follow-up-table"},
        "download": {"name": "follow-up-table", "format": "csv"},
        "file": {"pk": evidence.pk, "number": 1},
        "pages": {"pk": evidence.pk, "number": 2},
        "word_picture": {"pk": records["word_run"].pk, "number": 0},
        "letter": {"pk": evaluation.pk, "number": 1},
        "revision": {"pk": evaluation.pk, "number": 1},
        "quarter": {"pk": renaksi.pk, "year": 2023, "quarter": 1},
        "open_quarter": {"pk": units.setda.pk, "year": 2023, "quarter": 1},
        "closed_quarter": {"pk": units.setda.pk, "year": 2023, "quarter": 2},
        "realisation": {"pk": indicator.pk, "year": 2023},
        "realised": {"pk": indicator.pk, "year": 2022},
        "body_year": {"pk": units.setda.pk, "year": 2023},
    }
    return SimpleNamespace(cast=cast, arguments=arguments)


def named_routes():
    """Names of all addresses of ours with their namespace; the admin site's are tried apart."""

    def walk(patterns, namespace=""):
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                yield f"{namespace}{pattern.name}"
            elif pattern.namespace != "admin":
                inner = f"{pattern.namespace}:" if pattern.namespace else namespace
                yield from walk(pattern.url_patterns, inner)

    return set(walk(get_resolver().url_patterns))


def nips_in(response) -> list[str]:
    """Every NIP in a page or a text file, as it is stored or as it is printed."""
    kind = response["Content-Type"].partition(";")[0]
    is_text = kind.startswith("text/") or kind == "application/json"
    return NIP.findall(response.content.decode()) if is_text and not response.streaming else []


def answer(client, person, method, address):
    """The status, with everything the request changed undone."""
    client.cookies[settings.SESSION_COOKIE_NAME] = person.signed_in
    with transaction.atomic():
        response = client.generic(method, address)
        status = response.status_code
        if response.streaming:
            b"".join(response)  # read to its end, a file is closed
        elif response["Content-Type"].startswith("text/html"):
            page = response.content.decode()
            assert all("csrfmiddlewaretoken" in form for form in POST_FORM.findall(page)), address
            if not address.startswith(reverse("admin:index")):  # whose pages are Django's
                assert 1 + len(asked_at_once(page)) <= MOST_REQUESTS, (person, address)
        if method == "GET" and person.username in NEED_NO_NIP and not address.startswith(LETTERS):
            others = {nip for nip in nips_in(response) if nip.replace(" ", "") != person.nip}
            assert not others, (person, address)
        transaction.set_rollback(True)
    return str(status)


def test_every_route_has_a_row_and_every_row_a_route():
    assert named_routes() == {row[0] for row in MATRIX} | ACCOUNT | IDENTITY | BY_KEY | FOR_ANYBODY


@pytest.mark.parametrize(("route", "takes", "get", "post"), MATRIX, ids=[row[0] for row in MATRIX])
def test_each_person_gets_the_answer_written_down(client, world, route, takes, get, post):
    address = reverse(route, kwargs=world.arguments[takes])
    for method, codes in (("GET", get), ("POST", post)):
        expected = ["405"] * len(EVERYONE) if codes == NO else codes.split()
        found = [answer(client, getattr(world.cast, name), method, address) for name in EVERYONE]
        assert dict(zip(EVERYONE, found, strict=True)) == dict(
            zip(EVERYONE, expected, strict=True)
        ), method


@pytest.mark.once  # none of these is asked for a record
@pytest.mark.parametrize(("route", "takes", "get", "post"), MATRIX, ids=[row[0] for row in MATRIX])
def test_strangers_and_leavers_are_sent_to_sign_in(client, world, route, takes, get, post):
    address = reverse(route, kwargs=world.arguments[takes])
    for method in ("GET", "POST"):
        response = client.generic(method, address)
        assert (response.status_code, response.url.split("?")[0]) == (
            302,
            reverse("account_login"),
        )
        assert answer(client, world.cast.tono, method, address) == "302"
        client.cookies.clear()


@pytest.mark.once
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_no_other_method_is_answered(client, world, method):
    answers = {
        route: answer(
            client, world.cast.kadir, method, reverse(route, kwargs=world.arguments[takes])
        )
        for route, takes, *_ in MATRIX
    }
    assert {route: code for route, code in answers.items() if code != "405"} == {}


def test_only_the_sign_in_pages_are_public(client, db):
    for name in ACCOUNT:
        arguments = {"uidb36": "1", "key": "x-y"} if name.endswith("from_key") else {}
        arguments |= {"pk": 1} if name == "mfa_remove_webauthn" else {}
        response = client.get(reverse(name, kwargs=arguments))
        sent_away = response.status_code == 302 and response.url.startswith(
            reverse("account_login")
        )
        assert sent_away is (name not in PUBLIC) or name == "account_logout", name


def test_the_verification_pages_ask_nobody_to_sign_in(client, world):
    issued = IssuedReport.objects.get()
    for person in (None, *map(world.cast.__dict__.get, EVERYONE)):
        if person:
            client.force_login(person)
        assert client.get(reverse("reports:verification-entry")).status_code == 200
        for method in (client.get, client.post):
            assert method(reverse("reports:verification", args=[issued.code])).status_code == 200


def test_the_admin_site_is_for_superusers_alone(client, world):
    pages = ["admin:index", "admin:sakip_user_changelist", "admin:sakip_historyentry_changelist"]
    for page in map(reverse, pages):
        for role in Role:
            person = next(one for one in vars(world.cast).values() if one.role == role)
            assert answer(client, person, "GET", page) in {"302", "403"}
        assert answer(client, world.cast.admin, "GET", page) == "200"
