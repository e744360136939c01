"""Eight forms and more, five faults: not one character is lost. The fifth, no connection, needs a browser (e2e)."""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from html import unescape
from importlib import import_module
from urllib.parse import urlencode

import pytest
from django import forms
from django.urls import get_resolver, reverse

from recommendations.forms.evaluation_table import POSTED, TableForm
from recommendations.models import Comment, Renaksi
from recommendations.rules.evaluation_table import RECOMMENDATION, EntryLine
from recommendations.services.renaksi import write_follow_up
from sakip.forms.unsaved import KeptForm
from sakip.models import UnsavedText
from sakip.roles import Role
from sakip.unsaved import ADDRESS
from tests import factories
from tests.browsing import fields_of

WORDS = "Sudah dirapatkan dengan Bappeda; 3 dari 4 indikator “selesai” & ditandatangani."

DISCARD = re.compile(r'action="(/akun/tulisan/buang/[^"]+)"')
APPS = ("sakip.", "performance.", "recommendations.", "workbooks.", "reports.")

R, T = "recommendations", "reports"


@dataclass
class Typing:
    """A form with a text: `field` takes it, `more` makes the form valid, `service` is what saves it."""

    route: str
    who: str
    field: str
    service: str
    of: str = "renaksi"
    more: dict = field(default_factory=dict)
    status: str = "open"
    stale: dict = field(default_factory=dict)  # fields as of an older page: 409
    keep: str = "unsaved-keep"
    app: str = R


OLD = {"version": "77"}
FORMS = {
    "tindak lanjut": Typing("renaksi-edit", "rina", "follow_up", f"{R}.views.follow_up.save_work", stale={"seen": "lama"}, keep="renaksi-draft"),
    "catatan reviu": Typing("review-item", "dewi", "note", f"{R}.views.review.perform", status="submitted", more={"decision": "return", "reason": "other"}, stale=OLD),
    "rekomendasi": Typing("recommendation-edit", "kadir", "text", f"{R}.services.recommendations.edit_recommendation", of="recommendation", stale=OLD),
    "butir": Typing("recommendation-edit", "kadir", "butir-0-text", f"{R}.services.recommendations.edit_recommendation", of="recommendation", stale=OLD),
    "LHE": Typing("evaluation-scores", "kadir", "form-0-remark", f"{R}.services.evaluations.write_scores", of="evaluation", more={"reason": "Salah ketik"}, stale=OLD),
    "triwulan": Typing("quarterly-report-edit", "rina", "problems", f"{R}.services.quarterly_reports.report_quarter", of="quarter", more={"progress": "40"}, stale={"seen": "lama"}),
    "komentar": Typing("comment-create", "rina", "text", f"{R}.views.comments.write_comment"),
    "perpanjangan": Typing("extension-create", "rina", "reason", f"{R}.services.extensions.request_extension", more={"new_date": "31 Desember 2099"}),
    "rencana": Typing("renaksi-plan", "kadir", "plan", f"{R}.views.renaksi.attempt", stale={"seen": "lama"}),
    "telaah staf": Typing("telaah-staf-text", "kadir", "text", f"{T}.views.telaah_staf_parts.attempt", app=T, of="block", stale={"version": "77"}, keep="telaah-staf-text-draft"),
    "catatan": Typing("note-edit", "kadir", "text", f"{R}.services.recommendations.write_note", of="recommendation", stale={"seen": "lama"}),
}  # fmt: skip


@pytest.fixture
def opened(client, cast, renaksi, request):
    """The form as its person has it open: its address, and what the browser would send."""
    typing = FORMS[request.param]
    Renaksi.objects.update(status=typing.status, due_date=date(2099, 6, 30))
    recommendation = renaksi.recommendation
    section = factories.make_telaah_staf(recommendation.evaluation).sections.first()
    of = {"renaksi": [renaksi.pk], "quarter": [renaksi.pk, 2026, 1], "recommendation": [recommendation.pk], "evaluation": [recommendation.evaluation_id], "block": [section.blocks.create(position=99, text="<p>Lama</p>").pk]}  # fmt: skip
    typing.address = reverse(f"{typing.app}:{typing.route}", args=of[typing.of])
    client.force_login(getattr(cast, typing.who))
    typing.keep_at = (
        reverse(typing.keep)
        if typing.keep == "unsaved-keep"
        else reverse(f"{typing.app}:{typing.keep}", args=of[typing.of])
    )
    typing.sent = fields_of(client.get(typing.address)) | typing.more | {typing.field: WORDS}
    return typing


each_form = pytest.mark.parametrize("opened", FORMS, indirect=True)


def shown(client, opened):
    return unescape(client.get(opened.address).text)


def is_there(client, opened):
    page = shown(client, opened)
    return WORDS in page and "kami kembalikan" in page


@each_form
def test_a_closed_tab(client, opened):
    client.post(opened.keep_at, opened.sent | {ADDRESS: opened.address})
    assert is_there(client, opened)


@each_form
def test_an_ended_session(client, cast, opened, passing):
    passing(31)
    answer = client.post(opened.address, opened.sent)
    assert answer.url.startswith("/akun/masuk/")
    client.force_login(getattr(cast, opened.who))
    assert is_there(client, opened)


@each_form
def test_a_failure_of_the_program(client, opened, monkeypatch):
    def fail(*_, **__):
        raise RuntimeError("broken")

    monkeypatch.setattr(opened.service, fail)
    client.raise_request_exception = False
    answer = client.post(opened.address, opened.sent)
    assert answer.status_code == 500
    assert WORDS in unescape(answer.text)
    assert is_there(client, opened)


@each_form
def test_somebody_was_quicker(client, opened, units):
    """Where the form has no version, the record is now another's."""
    if not opened.stale:
        Renaksi.objects.update(status="done", lead_unit=units.umum)
    answer = client.post(opened.address, opened.sent | opened.stale)
    assert answer.status_code == (409 if opened.stale else 404)
    assert WORDS in unescape(answer.text)
    assert opened.stale or "&lt;" not in answer.text
    assert is_there(client, opened)


@each_form
def test_a_saved_form_leaves_nothing(client, opened):
    client.post(opened.keep_at, opened.sent | {ADDRESS: opened.address})
    assert client.post(opened.address, opened.sent).status_code == 302
    assert not UnsavedText.objects.exists()


def test_a_comment_waits_on_the_page_of_its_renaksi(client, cast, renaksi):
    client.force_login(cast.rina)
    address = reverse("recommendations:comment-create", args=[renaksi.pk])
    client.post(reverse("unsaved-keep"), {"text": WORDS, ADDRESS: address})
    page = unescape(client.get(renaksi.get_absolute_url()).text)
    assert WORDS in page
    assert "kami kembalikan" in page


def test_the_lines_of_an_lhe_typed_like_a_table_come_back(client, cast, renaksi):
    evaluation = renaksi.recommendation.evaluation
    address = reverse("recommendations:evaluation-table", args=[evaluation.pk])
    lines = [*TableForm(evaluation).lines, EntryLine(RECOMMENDATION, text=WORDS)]
    typed = {name: [getattr(line, name) for line in lines] for name in POSTED}
    client.force_login(cast.kadir)
    client.post(reverse("unsaved-keep"), typed | {ADDRESS: address})
    page = unescape(client.get(address).text)
    assert WORDS in page
    assert page.count('<tr id="baris-') == len(lines) + 1  # and the empty one for a new line


def test_what_was_typed_is_its_authors_own(client, cast, renaksi):
    address = reverse("recommendations:renaksi-plan", args=[renaksi.pk])
    client.force_login(cast.kadir)
    client.post(reverse("unsaved-keep"), {"plan": WORDS, ADDRESS: address})
    other = factories.make_user("koko", Role.COORDINATOR, cast.kadir.unit)
    client.force_login(other)
    assert WORDS not in unescape(client.get(address).text)


def test_thrown_away_it_is_gone(client, cast, renaksi):
    address = reverse("recommendations:renaksi-plan", args=[renaksi.pk])
    client.force_login(cast.kadir)
    client.post(reverse("unsaved-keep"), {"plan": WORDS, ADDRESS: address})
    page = client.get(address)
    answer = client.post(DISCARD.search(page.text)[1])
    assert answer.url == address
    assert WORDS not in unescape(client.get(address).text)


def test_a_form_as_it_was_read_is_forgotten(client, cast, renaksi):
    address = reverse("recommendations:renaksi-plan", args=[renaksi.pk])
    client.force_login(cast.kadir)
    for sent in ({"plan": WORDS}, {}):
        answer = client.post(reverse("unsaved-keep"), {**sent, ADDRESS: address})
        assert answer.status_code == 200
    assert not UnsavedText.objects.exists()


@pytest.mark.parametrize(
    "address", ["/", "//contoh.com/", "https://contoh.com/", "/akun/masuk/", ""]
)
def test_only_forms_that_take_part_are_kept(client, cast, address):
    client.force_login(cast.rina)
    assert client.post(reverse("unsaved-keep"), {"a": "b", ADDRESS: address}).status_code == 404
    discard = f"{reverse('unsaved-discard')}?{urlencode({ADDRESS: address})}"
    assert client.post(discard).status_code == 404


def test_opening_a_form_again_saves_nothing(client, cast, renaksi):
    """Restored words are shown, not sent: a form that is whole and valid waits for its button."""
    address = reverse("recommendations:comment-create", args=[renaksi.pk])
    client.force_login(cast.rina)
    client.post(reverse("unsaved-keep"), {"text": WORDS, ADDRESS: address})
    assert client.get(address).status_code == 200
    assert not Comment.objects.exists()


def forms_with_long_texts():
    import_module("sakip.urls")  # loads every form
    for form in {form for form in all_below(forms.BaseForm) if form.__module__.startswith(APPS)}:
        if any(isinstance(one.widget, forms.Textarea) for one in form.base_fields.values()):
            yield form


SAMPLE = "SampleForm"  # of the page of the components, which only shows forms


def all_below(kind):
    for one in kind.__subclasses__():
        yield one
        yield from all_below(one)


def views(patterns=None):
    for one in patterns or get_resolver().url_patterns:
        yield from views(one.url_patterns) if hasattr(one, "url_patterns") else [one.callback]


def test_every_form_with_a_long_text_can_show_it_again():
    without = {form.__name__ for form in forms_with_long_texts() if not issubclass(form, KeptForm)}
    assert without == {"StepForm", SAMPLE}  # a part of the follow-up, whose page keeps all of it


def test_every_form_with_a_long_text_is_kept_by_its_page():
    asked = {form for view in views() for form in getattr(view, "shows_typed", ())}
    without = {form.__name__ for form in set(forms_with_long_texts()) - asked}
    assert without == {
        "StepForm",
        "_JudgementForm",
        SAMPLE,
    }  # a part, and a base, of forms that are


def test_a_conflict_says_who_was_quicker_and_when(client, cast, renaksi):
    client.force_login(cast.rina)
    address = reverse("recommendations:renaksi-edit", args=[renaksi.pk])
    sent = fields_of(client.get(address)) | {"follow_up": WORDS}
    at = datetime(2026, 3, 2, 4, 42, tzinfo=UTC)
    write_follow_up(renaksi=renaksi, actor=cast.kadir, at=at, version=0, follow_up="<p>Kadir</p>")
    page = unescape(client.post(address, sent).text)
    who = f"{cast.kadir} menyimpan perubahan pada tindak lanjut ini lebih dahulu"
    assert f"{who} (2 Maret 2026 12.42)." in page
