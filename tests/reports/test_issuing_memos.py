"""A Telaah Staf is frozen and sealed in one act."""

import hashlib

import pytest
from django.urls import reverse
from django.utils import timezone

from reports.definitions import ReportError
from reports.exports.catalogue import ExportSpec
from reports.models import IssuedReport
from reports.services import issuing
from reports.services import telaah_staf as services
from tests.reports.reading import content, words


@pytest.fixture
def press(signed_in, cast):
    def press(memo):
        return signed_in(cast.kadir).post(reverse("reports:telaah-staf-issue", args=[memo.pk]))

    return press


def test_one_press_freezes_and_seals(memo, press, signed_in, cast):
    press(memo)
    memo.refresh_from_db()
    issued = IssuedReport.objects.get()
    assert not memo.is_draft
    assert (issued.number, issued.date) == (memo.number, memo.date)
    assert issued.code in words(content(issued), "pdf")
    page = signed_in(cast.laila).get(memo.get_absolute_url()).text
    assert issued.get_absolute_url() in page


def test_what_is_downloaded_is_the_sealed_file(memo, press, signed_in, cast):
    press(memo)
    address = reverse("reports:telaah-staf-pdf", args=[memo.pk])
    found = signed_in(cast.laila).get(address).getvalue()
    assert hashlib.sha256(found).hexdigest() == IssuedReport.objects.get().sha256


def test_its_successor_tells_what_changed(memo, press, cast):
    press(memo)
    memo.refresh_from_db()
    new = services.supersede_telaah_staf(telaah_staf=memo, actor=cast.kadir, at=timezone.now())
    new.number, new.date = "8/2026", "2026-06-02"
    new.save()
    new.sections.get().blocks.update(text="<p>Nilai naik.</p>")
    press(new)
    second = IssuedReport.objects.get(number="8/2026")
    assert second.supersedes == IssuedReport.objects.get(number="7/2026")
    assert "Nilai naik." in str(issuing.changes_of(second)[0])


def test_a_draft_cannot_be_sealed_past_its_page(memo, cast):
    order = ExportSpec(name="telaah-staf", format="pdf", document_id=memo.pk)
    with pytest.raises(ReportError, match="lewat halamannya"):
        issuing.prepare(order, cast.kadir, today=timezone.localdate())


def test_without_its_seal_it_stays_a_draft(memo, press, settings):
    settings.SIGNING_CERTIFICATE, settings.SIGNING_PASSPHRASE = "tidak/ada.p12", "x"
    page = press(memo).text
    assert "SIGNING_CERTIFICATE" in page
    memo.refresh_from_db()
    assert memo.is_draft
    assert not IssuedReport.objects.exists()


def test_two_memos_may_carry_one_number_of_the_register(memo, press, evaluation):
    press(memo)
    type(memo).objects.create(
        evaluation=evaluation,
        signatory=memo.signatory,
        number=memo.number,
        date=memo.date,
        subject="Lain",
        addressee="Yth.",
        sender="Biro",
    ).sections.create(position=1, heading="Persoalan").blocks.create(position=1, text="<p>A.</p>")
    press(type(memo).objects.get(subject="Lain"))
    assert IssuedReport.objects.filter(number=memo.number).count() == 2
