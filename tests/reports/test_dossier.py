"""The complete dossier: what stands in it, who gets it and who signs it."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from reports.definitions import ReportError
from reports.documents.dossier import document
from reports.exports.catalogue import ExportSpec, export_file
from reports.services import issue_telaah_staf
from sakip.policy import SYSTEM
from sakip.roles import Role
from tests import factories
from tests.reports.reading import outline, words

TODAY = date(2023, 10, 2)


def order(evaluation, **options):
    return ExportSpec(name="dossier", format="pdf", evaluation_id=evaluation.pk, options=options)


def printed(evaluation, user=SYSTEM, **options) -> bytes:
    return export_file(order(evaluation, **options), user, today=TODAY).content


def test_what_the_records_do_not_hold_is_left_out(evaluation):
    evaluation.scores.all().delete()
    content = printed(evaluation)
    assert [title for _, title, _ in outline(content)] == [
        "Daftar Isi",
        "Rekomendasi, Tindak Lanjut dan Rencana Aksi",
    ]
    assert "Tidak ada data" in words(content, "pdf")


@pytest.mark.parametrize("name", ["rina", "sari", "umar"])
def test_who_sees_only_a_part_gets_no_dossier(name, evaluation, cast):
    with pytest.raises(ReportError):
        printed(evaluation, getattr(cast, name))


def test_the_leader_of_a_biro_gets_no_dossier_of_the_body(evaluation, units):
    leader = factories.make_user("kepala", Role.LEADER, units.organisasi)
    with pytest.raises(ReportError, match="milik unit lain"):
        printed(evaluation, leader)


def test_a_choice_that_does_not_exist_is_said_beside_its_field(evaluation, cast, signed_in):
    address = reverse("reports:dossier-download", args=[evaluation.pk])
    for choice in ("kertas=A0", "bukti=semua", "penanda=x", "tanggal=31/31/2023"):
        response = signed_in(cast.kadir).get(f"{address}?{choice}")
        assert response.status_code == 400
        assert "is-invalid" in response.text


def test_an_issued_telaah_staf_goes_before_a_newer_draft_and_only_drafts_are_marked(
    evaluation, cast
):
    official = factories.make_official(evaluation.unit)
    issued = factories.make_telaah_staf(evaluation, official, number="7/2023", date="2023-10-02")
    assert "Draf, belum diterbitkan" in words(printed(evaluation), "pdf")
    issue_telaah_staf(issued, cast.kadir, datetime(2023, 10, 2, tzinfo=UTC))
    factories.make_telaah_staf(evaluation, official, number="8/2023", date="2023-10-03")
    content = printed(evaluation)
    assert "Telaah Staf 7/2023" in [title for _, title, _ in outline(content)]
    assert "Draf, belum diterbitkan" not in words(content, "pdf")


@pytest.fixture
def official(evaluation):
    return factories.make_official(
        evaluation.unit, from_date=date(2023, 1, 1), to_date=date(2024, 12, 31)
    )


def test_who_was_chosen_signs_below_the_last_chapter(evaluation, official):
    signed = {"signatory": official.pk, "place": "Samarinda", "signed_on": "2023-12-04"}
    content = printed(evaluation, **signed)
    text = words(content, "pdf")
    assert text.index("Samarinda, 4 Desember 2023") > text.index("Nilai Hasil Evaluasi AKIP")
    assert f"NIP {official.printed_nip}" in text
    assert "Tanda tangan" not in [title for _, title, _ in outline(content)]
    kept = document.build(order(evaluation, **signed), SYSTEM, TODAY).contents.sections
    assert ("Tempat dan tanggal", "Samarinda, 4 Desember 2023") in kept[-1].values


def test_nobody_signs_who_was_not_in_office(evaluation, official, cast, signed_in):
    with pytest.raises(ReportError, match="bukan pada 4 Desember 2025"):
        printed(evaluation, signatory=official.pk, signed_on="2025-12-04")
    address = reverse("reports:dossier-download", args=[evaluation.pk])
    query = f"?penanda={official.pk}&tempat=Samarinda&tanggal=4/12/2025"
    response = signed_in(cast.kadir).get(address + query)
    assert response.status_code == 400
    assert "bukan pada 4 Desember 2025" in response.text
    assert "Samarinda" in response.text  # nothing typed is lost


def test_another_body_s_official_can_not_sign(evaluation, cast, units):
    stranger = factories.make_official(units.dinas)
    with pytest.raises(ReportError, match="Pilih yang lain"):
        printed(evaluation, cast.kadir, signatory=stranger.pk)


def test_who_was_chosen_also_signs_what_is_issued(evaluation, official, cast, signed_in):
    client, page = signed_in(cast.kadir), reverse("reports:dossier-detail", args=[evaluation.pk])
    issue = reverse("reports:issue", args=["dossier"])
    assert f'formaction="{issue}"' in client.get(page).text
    query = f"?evaluasi={evaluation.pk}&penanda={official.pk}&tempat=Samarinda&tanggal="
    form = client.get(f"{issue}{query}4/12/2023").context["form"]
    assert form.prepared.spec.options["signatory"] == official.pk
    assert form.prepared.data.parts[-1].signature.when == "Samarinda, 4 Desember 2023"
    refused = client.get(f"{issue}{query}4/12/2025")
    assert refused.status_code == 409
    assert "bukan pada 4 Desember 2025" in refused.text
