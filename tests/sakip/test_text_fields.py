"""Typed text comes in through fields that tidy it; a field of another kind turns these tests red."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django import forms
from django.apps import apps
from django.contrib.auth.models import User as DjangosUser
from django.core.exceptions import ValidationError
from django.db import models

import sakip.urls  # noqa: F401  imports every form
from performance.models import Indicator
from recommendations.models import Renaksi, Step
from recommendations.services.mail_digest import send_digests
from sakip.errors import WrongState
from sakip.models import Unit, User
from sakip.richtext import RichTextField, RichTextFormField
from sakip.services import records, unsaved
from sakip.text import LONGEST, one_line, several_lines
from sakip.text_fields import LineField, LineFormField, LinesFormField, Typed, _Line
from tests import factories
from workbooks.columns import cells

OURS = ("sakip", "performance", "recommendations", "reports", "workbooks", "api")
BY_THE_PROGRAM = {
    "sakip.WaitingMail.content": "an encrypted mail",
    "sakip.WaitingMail.failure": "a code of the program",
    "sakip.HistoryEntry.note": "repeats the reason that another field has let in",
    "sakip.DismissedFinding.message": "a sentence of the program",
    "recommendations.SearchDocument.text": "all words of a record together",
    "recommendations.RecommendationWords.text": "all words of a record together",
    "performance.Realisation.sentence_basis": "figures behind a sentence of the program",
    "api.Webhook.secret": "encrypted",
    "workbooks.ImportRun.error": "a sentence of the program",
    "sakip.User.password": "a hash",
}


def our_models():
    return [model for model in apps.get_models() if model.__module__.partition(".")[0] in OURS]


def below(kind):
    for one in kind.__subclasses__():
        yield one
        yield from below(one)


def our_forms():
    found = {one for one in below(forms.BaseForm) if one.__module__.partition(".")[0] in OURS}
    assert len(found) > 80
    # The admin site makes a form again for our model.
    return {
        one for one in found if getattr(getattr(one, "_meta", None), "model", 0) is not DjangosUser
    }


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_every_column_of_text_is_tidied(model):
    texts = [
        one for one in model._meta.fields if isinstance(one, models.CharField | models.TextField)
    ]
    strangers = {str(field) for field in texts if not isinstance(field, Typed)}
    assert strangers <= BY_THE_PROGRAM.keys()


def test_every_field_of_a_form_for_text_is_tidied():
    ours = (_Line, LinesFormField, RichTextFormField, forms.UUIDField)
    strangers = {
        f"{form.__name__}.{name}"
        for form in our_forms()
        for name, field in form.base_fields.items()
        if isinstance(field, forms.CharField) and not isinstance(field, ours)
        if not isinstance(field.widget, forms.PasswordInput)  # a password may be any text
    }
    # Of allauth: compared with what is known, not stored.
    assert strangers == {
        "PasswordResetForm.email",
        "PasswordResetLinkForm.key",
        "PasswordResetLinkForm.uidb36",
        "FactorCodeForm.code",
        "FactorCodeAgainForm.code",
        "AppForm.code",
        "KeyForm.credential",
        "GivenKeyForm.credential",
        "GivenKeyAgainForm.credential",
    }


def test_a_field_of_one_line_is_shown_as_one():
    shown = {
        f"{form.__name__}.{name}"
        for form in our_forms()
        for name, field in form.base_fields.items()
        if isinstance(field, LineFormField) and isinstance(field.widget, forms.Textarea)
    }
    # Up to 500 letters, shown on several lines.
    assert shown == {"NewTelaahStafForm.subject", "TelaahStafForm.subject"}


def test_no_form_makes_a_field_of_text_by_itself():
    """Those that a form adds when it is made cannot be walked."""
    made = re.compile(r"forms\.(?:Char|Email|URL|Slug)Field\(")
    paths = [path for app in OURS for path in Path(app).rglob("*.py")]
    assert [path for path in paths if made.search(path.read_text())] == []


# ── What the fields let in ──────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  Biro Umum ", "Biro Umum"),
        ("Biro\r\nUmum", "Biro Umum"),
        ("Biro\nBcc: a@b", "Biro Bcc: a@b"),
        ("Biro\u2028Umum\x85", "Biro Umum"),
        ("Biro \t Umum", "Biro Umum"),
        ("Biro\u00a0Umum", "Biro Umum"),
        ("\u202eumU oriB\u202c", "umU oriB"),
        ("Bi\u200bro\u200d U\ufeffmum\u00ad", "Biro Umum"),
        ("\u3164\u2800\u00a0\u200b\u202e", ""),
        ("Biro\x07 Umum\U000e0041", "Biro Umum"),
        ("Désa Ñandu “Hebat” – 東 ❤️", "Désa Ñandu “Hebat” – 東 ❤️"),
    ],
)
def test_one_line(typed, stored):
    assert one_line(typed) == stored


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("satu\r\n\tdua", "satu\r\n\tdua"),
        ("satu\x0bdua\u2029tiga", "satu\ndua\ntiga"),
        ("a\u202eb\x07c", "abc"),
        ("panjang\u00adsekali", "panjang\u00adsekali"),
        (" \n\u00a0\u200b\u3164 ", ""),
    ],
)
def test_several_lines(typed, stored):
    assert several_lines(typed) == stored


def test_a_form_asks_again_for_a_text_that_nobody_sees():
    class UnitForm(forms.ModelForm):
        class Meta:
            model = Unit
            fields = ["name"]

    form = UnitForm({"name": "\u200b\u00a0\u3164"})
    assert form.errors["name"] == ["Isi nama."]


@pytest.mark.parametrize("field", [LineFormField(), LinesFormField(), RichTextFormField()])
def test_nul_is_refused_in_words(field):
    with pytest.raises(ValidationError, match="karakter null"):
        field.clean("a\0b")


def test_a_text_may_be_so_long_and_no_longer():
    assert LinesFormField().clean("a" * LONGEST)
    with pytest.raises(ValidationError, match=r"20\.001 huruf. Tulis paling banyak 20\.000 huruf"):
        LinesFormField().clean("a" * (LONGEST + 1))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<p>" + "a" * 50_001 + "</p>", r"50\.001 huruf"),
        ("<p>a</p>" * 2_001, r"paling banyak 2\.000 paragraf"),
        ("<p>" + "<em>a</em>" * 25_000 + "</p>", "terlalu banyak tanda"),
        ("a" * 2_400_000, r"huruf. Tulis paling banyak 50\.000"),
        ("<p>a\0</p>", "karakter null"),
    ],
)
def test_rich_text_is_capped_in_forms_and_in_records(text, reason):
    for clean in (RichTextFormField().clean, lambda text: RichTextField().clean(text, None)):
        with pytest.raises(ValidationError, match=reason):
            clean(text)


@pytest.mark.parametrize("text", ["<p> \u00a0\u200b</p>", "<ul><li><p>&nbsp;</p></li></ul>"])
def test_rich_text_of_which_nothing_can_be_read_is_empty(text):
    assert RichTextField(blank=True).clean(text, None) == ""
    assert RichTextFormField(required=False).clean(text) == ""


@pytest.mark.parametrize(
    ("widget", "cell", "reason"),
    [
        (cells.TextWidget(), "a\0b", "karakter null"),
        (cells.LinesWidget(), "a\n" * 10_001, "Terlalu panjang"),
        (cells.RichTextWidget(), "a" * 50_001, "Terlalu panjang"),
        (cells.RichTextWidget(), "a\n" * 2_001, "paragraf"),
    ],
)
def test_a_cell_of_a_workbook_is_refused_in_words(widget, cell, reason):
    with pytest.raises(ValueError, match=reason):
        widget.clean(cell)


def test_a_draft_may_be_so_long_and_no_longer(units, cast):
    at = datetime(2026, 6, 1, tzinfo=UTC)
    with pytest.raises(WrongState, match="terlalu panjang"):
        unsaved.keep(record=units.umum, actor=cast.rina, at=at, content={"text": "a" * 2**21})


# ── Every door ──────────────────────────────────────────────────────────────────────────────────
BAD, GOOD = "Biro\r\n\u202eHumas\u200b", "Biro Humas"


def test_whatever_is_written_to_the_database_is_tidied(units):
    one = factories.make_unit(BAD, parent=units.dinas)
    (two,) = Unit.objects.bulk_create(
        [Unit(name=BAD, code="x", kind="biro", parent=units.inspektorat)]
    )
    Unit.objects.filter(pk=units.umum.pk).update(name=BAD)
    assert one.name == two.name == GOOD
    assert set(Unit.objects.filter(name=GOOD)) == {units.umum, one, two}


def test_a_service_tidies_what_it_writes(units, cast):
    at = datetime(2026, 6, 1, tzinfo=UTC)
    saved = records.save_record(record=units.umum, actor=cast.kadir, at=at, name=BAD)
    assert saved.name == GOOD


@pytest.mark.parametrize(
    ("model", "field"), [(Unit, "name"), (Step, "text"), (Indicator, "definition"), (User, "email")]
)
def test_nul_reaches_no_database(model, field, db):
    with pytest.raises(ValidationError, match="karakter null"):
        model.objects.update(**{field: "a\0b"})


def test_a_text_that_is_too_long_reaches_no_database(renaksi):
    with pytest.raises(ValidationError, match="huruf"):
        Renaksi.objects.update(plan="a" * 2_400_000)


def test_a_name_writes_no_line_into_the_mail(renaksi, cast, mailoutbox):
    cast.rina.name, cast.rina.email = "Rina\nJANGAN PERCAYA", "rina@contoh.example"
    cast.rina.save()
    at = datetime(2026, 6, 1, 7, tzinfo=UTC)
    factories.make_notice(renaksi, cast.rina, created_at=at, text="Umar\nTAUTAN: http://x\u202e")
    send_digests(today=date(2026, 6, 1), at=at)
    (mail,) = mailoutbox
    lines = mail.body.splitlines()
    assert not any(line.startswith(("JANGAN", "TAUTAN")) for line in lines)
    assert "\u202e" not in mail.body


def test_the_column_of_a_migration_stays_as_it_was():
    assert LineField(max_length=5).deconstruct()[1:] == (
        "django.db.models.CharField",
        [],
        {"max_length": 5},
    )
