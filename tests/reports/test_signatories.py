"""A Telaah Staf is signed by who held the post on its date."""

from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from docx import Document

from reports.documents.telaah_staf import document
from reports.documents.telaah_staf.word import printing
from reports.forms.telaah_staf import TelaahStafForm
from reports.models import TelaahStaf
from reports.services import issue_telaah_staf
from reports.services.telaah_staf import prefilled
from sakip.models import Official
from tests import factories
from tests.reports.reading import document_lines

CHANGE = date(2024, 1, 1)


@pytest.fixture
def holders(units):
    make = factories.make_official
    return {
        "old": make(units.setda, name="Ani", position="Sekda", to_date=date(2023, 12, 31)),
        "new": make(units.setda, name="Budi", position="Sekda", from_date=CHANGE),
        "abroad": make(units.dinas, name="Rahasia", position="Sekda"),
    }


@pytest.fixture
def letter(evaluation, holders):
    return factories.make_telaah_staf(evaluation, holders["old"], number="1", date="2023-10-02")


def data_of(letter, **fields):
    form = TelaahStafForm(instance=TelaahStaf.objects.get(pk=letter.pk), user=fields.pop("user"))
    data = {bound.html_name: bound.value() for bound in form if bound.value() is not None}
    return data | fields


def test_the_choice_offers_who_was_in_office_on_its_date(cast, letter, holders):
    form = TelaahStafForm(instance=letter, user=cast.kadir)
    assert list(form.fields["signatory"].queryset) == [holders["old"]]
    letter.date, letter.signatory = date(2024, 2, 1), holders["new"]
    form = TelaahStafForm(instance=letter, user=cast.kadir)
    assert list(form.fields["signatory"].queryset) == [holders["new"]]


def test_another_date_needs_another_signatory_and_the_page_says_who(client, cast, letter, holders):
    client.force_login(cast.kadir)
    address = reverse("reports:telaah-staf-edit", args=[letter.pk])
    data = data_of(letter, user=cast.kadir, date="2 Februari 2024")
    page = client.post(address, data)
    sentence = (
        "Ani menjabat Sekda sampai 31 Desember 2023, bukan pada 2 Februari 2024. "
        "Yang menjabat saat itu: Budi (Sekda)."
    )
    assert sentence in page.text
    assert "Rahasia" not in page.text
    offered = page.context["form"].fields["signatory"].queryset
    assert set(offered) == {holders["old"], holders["new"]}
    assert client.post(address, data | {"signatory": holders["new"].pk}).status_code == 302
    letter.refresh_from_db()
    assert (letter.signatory, letter.date) == (holders["new"], date(2024, 2, 2))


def test_it_is_not_issued_in_the_name_of_who_has_left(cast, letter, holders):
    TelaahStaf.objects.update(date=CHANGE)
    with pytest.raises(ValidationError) as refusal:
        issue_telaah_staf(letter, cast.kadir, timezone.now())
    assert refusal.value.messages == [
        "Ani menjabat Sekda sampai 31 Desember 2023, bukan pada 1 Januari 2024. Yang menjabat saat "
        "itu: Budi (Sekda). Ganti penanda tangan atau tanggalnya."
    ]
    TelaahStaf.objects.update(signatory=holders["new"])
    assert issue_telaah_staf(letter, cast.kadir, timezone.now()).signature.name == "Budi"


def test_who_has_left_still_signs_what_was_issued(cast, letter):
    issued = issue_telaah_staf(letter, cast.kadir, timezone.now())
    Official.objects.filter(name="Ani").update(to_date=date(2022, 1, 1), acting="Plh.")
    issued.refresh_from_db()
    assert (issued.signature.name, issued.signed_as) == ("Ani", "Sekda")


@pytest.mark.parametrize(
    ("own", "acting", "behalf", "printed"),
    [
        ("", "", "", ["Sekda,"]),
        ("", "Plt.", "", ["Plt. Sekda,"]),
        ("Plh.", "Plt.", "", ["Plt. Sekda,"]),
        ("Plh.", "", "", ["Plh. Sekda,"]),
        ("", "Plh.", "Gubernur", ["a.n. Gubernur", "Plh. Sekda,"]),
        ("a.n.", "", "Gubernur", ["a.n. Gubernur", "Sekda,"]),
    ],
)
def test_the_block_has_plt_and_an_in_every_format(cast, letter, own, acting, behalf, printed):
    Official.objects.filter(name="Ani").update(acting=acting, on_behalf_of=behalf)
    TelaahStaf.objects.update(on_behalf=own)
    letter = document.load(cast.kadir, letter.pk)
    assert f"{letter.signed_as},".split("\n") == printed
    context = document.context(letter, cast.kadir, on_screen=False)
    lines = document_lines(printing.word(letter, context["report"]))
    at = lines.index(printed[0])
    assert lines[at : at + len(printed)] == printed
    page = document.render_to_string("reports/_telaah_staf_body.html", context)
    assert f"<p>{'<br>'.join(printed)}</p>" in page
    frozen = issue_telaah_staf(letter, cast.kadir, timezone.now())
    assert f"{frozen.signed_as},".split("\n") == printed


def test_the_next_letter_is_signed_by_who_holds_the_post_now(cast, letter, evaluation, holders):
    assert prefilled(evaluation, cast.kadir).signatory == holders["new"]
    holders["new"].delete()
    assert prefilled(evaluation, cast.kadir).signatory_id is None


def test_the_office_s_own_word_template_has_it_too(cast, units, letter):
    Official.objects.filter(name="Ani").update(acting="Plt.", on_behalf_of="Gubernur")
    factories.make_word_template(units.setda, status="active")
    letter = document.load(cast.kadir, letter.pk)
    report = document.as_report(letter, cast.kadir)
    paragraphs = Document(BytesIO(printing.word(letter, report))).paragraphs
    assert "a.n. Gubernur\nPlt. Sekda," in [paragraph.text for paragraph in paragraphs]
