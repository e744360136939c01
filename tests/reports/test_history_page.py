"""The page over the whole history: what one may see, as sentences, an act at a time."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from recommendations.services.renaksi import delete_renaksi
from sakip.history.write import record
from tests import factories

NOTE = "Catatan yang dicari"
AT = datetime(2026, 6, 1, 2, tzinfo=UTC)
HISTORY = reverse("reports:history")


@pytest.fixture
def page(signed_in):
    def read(person, **filters):
        return signed_in(person).get(HISTORY, filters).content.decode()

    return read


@pytest.fixture
def moved(cast, renaksi):
    return record(
        actor=cast.kadir,
        at=AT,
        action="plan",
        target=renaksi,
        changes=[("Batas waktu", "1 Juli 2026", "1 Agustus 2026")],
        note="Data terlambat",
    )


def test_it_reads_as_a_sentence_that_leads_to_the_record(page, cast, renaksi, moved):
    text = page(cast.rina)
    assert "<strong>Kadir</strong> mengubah batas waktu " in text
    assert f'<a href="{renaksi.get_absolute_url()}">Renaksi 1.a · LHE 2022</a>' in text
    assert "dari 1 Juli 2026 menjadi 1 Agustus 2026 karena “Data terlambat”." in text
    assert "1 Juni 2026 10.00" in text


@pytest.mark.parametrize(
    ("name", "seen"), [("laila", True), ("dewi", True), ("umar", False), ("sari", False)]
)
def test_only_what_one_may_see_is_told(page, cast, moved, name, seen):
    assert ("Data terlambat" in page(getattr(cast, name))) is seen


def test_accounts_are_told_to_coordinators_within_reach(page, cast):
    record(actor=cast.kadir, at=AT, action="set_password", target=cast.rina)
    told = {name: "kata sandi baru" in page(person) for name, person in vars(cast).items()}
    assert [name for name, seen in told.items() if seen] == ["kadir"]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"orang": "kad"}, True),
        ({"orang": "rina"}, False),
        ({"jenis": "renaksi"}, True),
        ({"jenis": "evaluasi"}, False),
        ({"tindakan": "plan"}, True),
        ({"tindakan": "edit"}, False),
        ({"dari": "1 Juni 2026", "sampai": "1/6/2026"}, True),
        ({"dari": "2 Juni 2026"}, False),
        ({"sampai": "31 Mei 2026"}, False),
        ({"teks": "terlambat"}, True),
        ({"teks": "agustus"}, True),
        ({"teks": "september"}, False),
    ],
)
def test_filters(page, cast, moved, filters, found):
    text = page(cast.rina, **filters)
    assert ("Data terlambat" in text) is found
    assert ("Tidak ada riwayat yang cocok." in text) is not found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("80–90", True),
        ("É café", True),
        ('"tepat', True),
        ("C:\\data", True),
        ("2013", False),  # JSON spells the dash so
        ("u2013", False),
        ('", "', False),
        ("[[", False),
    ],
)
def test_a_change_is_found_by_the_words_that_it_shows(page, cast, renaksi, text, found):
    after = 'É café "tepat" C:\\data'
    changes = [("Target", "80–90", after), ("Nilai", "-", "1")]
    record(actor=cast.kadir, at=AT, action="plan", target=renaksi, changes=changes, note=NOTE)
    assert (NOTE in page(cast.rina, teks=text)) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("menunggu REVIU", True),
        ("Belum", True),
        ("Tuntas", False),
        ("batas waktu", True),
        ("penanggung jawab", False),
        ("1 Agustus 2026", True),
        ("agustus", True),
        ("Agu", True),
        ("Agustus 2025", False),
        ("2 Agustus", False),
        ("87,5", True),
        ("7,55", False),
        ("Notula", True),
        ("keterangan", True),  # of the evidence
        ("caption", False),
        ("due_date", False),
        ("[", False),
        ("(", True),  # Kemajuan (%)
        ("triwulan i 2026", True),
    ],
)
def test_a_change_is_found_by_words_that_stand_there_as_codes(page, cast, renaksi, text, found):
    changes = [
        ("status", "open", "submitted"),
        ("due_date", "", "2026-08-01"),
        ("evidence.caption:Notula", "a", "b"),
        ("quarterlyreport.progress:Triwulan I 2026", "87.5", "88"),
    ]
    record(actor=cast.kadir, at=AT, action="plan", target=renaksi, changes=changes, note=NOTE)
    assert (NOTE in page(cast.rina, teks=text)) is found


@pytest.mark.parametrize(
    ("filters", "sentence"),
    [
        ({"dari": "12/31/2026"}, "tanggal"),
        ({"dari": "2 Juni 2026", "sampai": "1 Juni 2026"}, "tidak mendahului"),
        ({"jenis": "rahasia"}, "pilihan"),
    ],
)
def test_nonsense_in_a_filter_is_said_and_kept(page, cast, moved, filters, sentence):
    text = page(cast.rina, **filters)
    assert sentence in text.lower()
    assert "Data terlambat" not in text


def test_one_act_on_many_is_told_once(page, cast, recommendation, units):
    batch = uuid.uuid4()
    for unit in (units.organisasi, units.umum, units.organisasi):
        item = factories.make_renaksi(recommendation, unit)
        change = [("Batas waktu", "-", "1 Juli 2026")]
        record(actor=cast.kadir, at=AT, action="plan", target=item, changes=change, batch=batch)
    assert "mengubah batas waktu 3 rencana aksi · LHE 2022 menjadi 1 Juli 2026." in page(cast.kadir)
    assert "mengubah batas waktu 2 rencana aksi · LHE 2022 menjadi 1 Juli 2026." in page(cast.rina)
    assert page(cast.rina).count('class="history-time"') == 1
    assert "mengisi batas waktu " in page(cast.umar)


def test_what_was_deleted_is_told_with_what_held_it(page, cast, recommendation, units):
    item = factories.make_renaksi(recommendation, units.organisasi, plan="<p>Lama</p>")
    delete_renaksi(renaksi=item, actor=cast.kadir, at=AT)
    text = page(cast.rina)
    assert "menghapus sebuah rencana aksi dari" in text
    assert "Lama" in text


def test_fifty_acts_a_page_at_the_cost_of_one(
    signed_in, cast, renaksi, moved, django_assert_num_queries
):
    client = signed_in(cast.kadir)
    client.get(HISTORY)
    for count in (0, 60):
        for number in range(count):
            record(actor=cast.rina, at=AT + timedelta(days=number), action="edit", target=renaksi)
        with django_assert_num_queries(15):
            text = client.get(HISTORY).content.decode()
    assert text.count('class="history-time"') == 50
    assert ">Berikutnya<" in text


def test_the_history_is_only_read(signed_in, cast):
    assert signed_in(cast.kadir).post(HISTORY).status_code == 405
