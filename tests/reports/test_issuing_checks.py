"""The page that issues a Telaah Staf says what is missing before anything is tried, and mends it there."""

import pytest
from django.urls import reverse

from reports.models import IssuedReport, TelaahStafBlock
from sakip.dates import parse_date
from sakip.models import Letterhead
from tests import factories


@pytest.fixture
def old(units):
    return factories.make_official(
        units.organisasi, name="Andi Lama", to_date=parse_date("2026-03-31")
    )


@pytest.fixture
def new(units):
    return factories.make_official(
        units.organisasi,
        name="Budi Baru",
        nip="197001011990031001",
        from_date=parse_date("2026-04-01"),
    )


@pytest.fixture
def telaah_staf(evaluation, old):
    return factories.make_telaah_staf(evaluation, old, date=parse_date("2026-06-01"))


@pytest.fixture
def page(telaah_staf, signed_in, cast):
    """page(**typed) is what Kadir sees; page.post(**typed) is what he sends."""
    address = reverse("reports:telaah-staf-issue", args=[telaah_staf.pk])

    def get(**typed):
        return signed_in(cast.kadir).get(address, typed)

    def post(**typed):
        form = get().context["form"]
        shown = {name: form[name].value() for name in form.fields}
        data = {name: value for name, value in shown.items() if value is not None} | typed
        return signed_in(cast.kadir).post(address, data)

    get.post = post
    return get


def lines(answer):
    """The state of each line by its label: whether it is well, and its words."""
    return {row.label: (row.is_well, row.words) for row, _ in answer.context["checks"]}


def test_every_line_is_told_before_anything_is_tried(page, telaah_staf):
    TelaahStafBlock.objects.update(is_incomplete=True)
    told = lines(page())
    assert told["Kop surat"] == (
        False,
        "Kop surat Sekretariat Daerah belum dicatat, jadi surat tercetak tanpa kop.",
    )
    assert told["Nomor"] == (False, "Nomor belum diisi.")
    assert told["Tanggal"] == (True, "")
    assert not told["Penanda tangan"][0]
    assert told["Isi"] == (False, "Bagian Persoalan memuat teks yang ditandai belum lengkap.")
    assert told["Kalimat dan data"][0]
    block = telaah_staf.sections.get().blocks.get()
    answer = page()
    assert f"{reverse('reports:telaah-staf-text', args=[block.pk])}#isi-{block.pk}" in answer.text
    assert ">Terbitkan</button>" not in answer.text


def test_a_letterhead_that_is_there_is_named(page, units):
    Letterhead.objects.create(unit=units.setda, government="Pemprov", body="Setda", address="-")
    assert lines(page())["Kop surat"] == (True, "Pemprov, Setda")


def test_findings_of_the_lhe_are_counted(page, renaksi):
    renaksi.status = "submitted"
    renaksi.save()
    assert "temuan terbuka pada LHE ini" in lines(page())["Uji konsistensi"][1]


def test_who_can_sign_follows_the_date(page, old, new):
    def choices(answer):
        return list(answer.context["form"].fields["signatory"].queryset)

    assert choices(page()) == [
        old,
        new,
    ]  # the one who was chosen stays, so that the page can refuse
    assert choices(page(date="1 Maret 2026")) == [old]
    assert lines(page(date="1 Maret 2026"))["Penanda tangan"][0]
    told = lines(page(date="1 Mei 2026"))["Penanda tangan"][1]
    assert "Andi Lama menjabat" in told and "Budi Baru" in told
    assert lines(page(date="1 Mei 2026", signatory=new.pk))["Penanda tangan"][0]


def test_what_is_typed_there_is_issued(page, telaah_staf, new):
    answer = page.post(number="9/2026", date="2 Mei 2026", signatory=new.pk)
    assert answer.status_code == 302
    telaah_staf.refresh_from_db()
    assert (telaah_staf.number, telaah_staf.signatory, telaah_staf.is_draft) == (
        "9/2026",
        new,
        False,
    )
    assert telaah_staf.signature.name == "Budi Baru"
    assert IssuedReport.objects.get().date == parse_date("2026-05-02")


def test_what_is_refused_changes_nothing_and_stays_typed(page, telaah_staf, new):
    answer = page.post(number="9/2026", date="2 Mei 2026")
    assert "Budi Baru" in answer.text and 'value="9/2026"' in answer.text
    answer = page.post(number="", signatory=new.pk)
    assert "Tulis nomor surat." in answer.text
    telaah_staf.refresh_from_db()
    assert (telaah_staf.number, telaah_staf.is_draft) == ("", True)


def test_it_can_be_saved_for_later(page, telaah_staf):
    assert page.post(number="9/2026", date="1 Maret 2026", simpan="1").status_code == 302
    telaah_staf.refresh_from_db()
    assert (telaah_staf.number, telaah_staf.date) == ("9/2026", parse_date("2026-03-01"))
    assert telaah_staf.is_draft
    assert lines(page())["Nomor"][0]


def test_a_number_used_before_is_told_as_it_is_typed(page, evaluation, old):
    factories.make_telaah_staf(evaluation, old, number="7/2026", subject="Yang dahulu")
    assert "Nomor ini juga dipakai" in page(number="7/2026").text
    assert "Nomor ini juga dipakai" not in page(number="8/2026").text
