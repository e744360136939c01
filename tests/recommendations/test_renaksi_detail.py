"""The page of one renaksi: everything it holds, and only the buttons that work."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from recommendations.models import EvidenceRevision, QuarterlyReport, Renaksi
from sakip.consistency import keeping
from sakip.history.write import record
from tests import factories


def page(client, renaksi):
    return client.get(reverse("recommendations:renaksi-detail", args=[renaksi.pk]))


def text_of(client, renaksi):
    return page(client, renaksi).content.decode()


def fill(renaksi, count, user):
    """`count` steps, pieces of evidence with two revisions, quarterly reports and history rows."""
    for number in range(1, count + 1):
        renaksi.steps.create(position=number, text=f"<p>Langkah {number}</p>")
        evidence = factories.make_evidence(renaksi, f"Bukti {number}", kind="file")
        for revision in (1, 2):
            EvidenceRevision.objects.create(
                evidence=evidence,
                number=revision,
                file="bukti/x.pdf",
                original_name="x.pdf",
                content_type="application/pdf",
                size=5,
                sha256="0" * 64,
                uploaded_by=user,
            )
        year, quarter = divmod(number, 4)
        QuarterlyReport.objects.create(
            renaksi=renaksi, year=2020 + year, quarter=quarter + 1, progress=number
        )
        record(actor=user, action="edit", target=renaksi)


def test_it_shows_all_it_holds(signed_in, cast, renaksi, units):
    renaksi.steps.create(
        position=1, text="<p>Rapat <em>internal</em></p>", done_on=date(2023, 10, 2)
    )
    renaksi.evidence.update(document_number="5/SK/2023", page_hint="hlm. 3", caption="Lampiran II")
    factories.make_evidence(renaksi, "Draf lama", is_archived=True)
    renaksi.supporting_units.add(units.umum)
    text = text_of(signed_in(cast.rina), renaksi)
    for words in (
        "Rapat <em>internal</em>",
        "2 Oktober 2023",
        "Nomor 5/SK/2023",
        "· hlm. 3",
        "Lampiran II",
        "Bukti yang diarsipkan (1)",
        "Draf lama",
        "Biro Organisasi",
        "Biro Umum",
        "Target supaya",
    ):
        assert words in text, words


@pytest.mark.parametrize(
    ("who", "status", "labels"),
    [
        ("rina", "open", ["Tulis tindak lanjut", "Kirim untuk direviu", "Tambah bukti"]),
        ("rina", "submitted", ["Tarik kembali"]),
        ("rina", "done", []),
        ("dewi", "open", []),
        ("dewi", "submitted", ["Terima", "Kembalikan"]),
        ("dewi", "done", ["Buka kembali"]),
        ("kadir", "open", ["Tulis tindak lanjut", "Ubah rencana", "Tambah bukti"]),
        ("kadir", "submitted", []),
        ("kadir", "done", ["Buka kembali"]),
        ("laila", "open", []),
        ("laila", "submitted", []),
    ],
)
def test_only_buttons_that_work_are_shown(signed_in, cast, renaksi, who, status, labels):
    Renaksi.objects.update(status=status)
    text = text_of(signed_in(getattr(cast, who)), renaksi)
    every = {
        "Tulis tindak lanjut",
        "Kirim untuk direviu",
        "Tarik kembali",
        "Terima",
        "Kembalikan",
        "Buka kembali",
        "Ubah rencana",
        "Tambah bukti",
    }
    assert {label for label in every if f">{label}</a>" in text} == set(labels)


@pytest.mark.parametrize("who", ["umar", "sari"])
def test_people_of_other_units_do_not_find_it(signed_in, cast, renaksi, who):
    assert page(signed_in(getattr(cast, who)), renaksi).status_code == 404


def test_it_rejects_post(signed_in, cast, renaksi):
    url = reverse("recommendations:renaksi-detail", args=[renaksi.pk])
    assert signed_in(cast.rina).post(url).status_code == 405


def test_only_what_is_past_its_day_is_late(signed_in, cast, renaksi):
    client, today = signed_in(cast.rina), timezone.localdate()
    for due, late in ((None, False), (today, False), (today - timedelta(days=1), True)):
        Renaksi.objects.update(due_date=due)
        assert ("Terlambat" in text_of(client, renaksi)) is late


def test_the_reason_of_a_return_stands_on_top(signed_in, cast, renaksi):
    Renaksi.objects.update(status="returned")
    record(
        actor=cast.dewi,
        action="return",
        target=renaksi,
        changes=[("reason", "", "unreadable")],
        note="Pindai ulang.",
    )
    text = text_of(signed_in(cast.rina), renaksi)
    assert "Dikembalikan oleh Dewi" in text
    assert "Tidak terbaca" in text
    assert "Pindai ulang." in text


def test_fifty_of_everything_cost_no_more_queries_than_one(
    signed_in, cast, recommendation, units, django_assert_num_queries
):
    client = signed_in(cast.rina)
    small = factories.make_renaksi(recommendation, units.organisasi)
    large = factories.make_renaksi(recommendation, units.organisasi)
    fill(small, 1, cast.rina)
    fill(large, 50, cast.rina)
    keeping.renew()  # as after every migration
    page(client, small)  # Warms the cache of content types.
    for renaksi in (small, large):
        with django_assert_num_queries(19):
            response = page(client, renaksi)
        assert response.status_code == 200
