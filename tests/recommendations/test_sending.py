"""Sending a follow-up: saved and checked first, then the next item opens."""

from django.urls import reverse

from recommendations.models import Renaksi
from recommendations.selectors.my_work import next_work
from sakip.history.write import record
from tests import factories
from tests.browsing import fields_of


def page_of(name, renaksi):
    return reverse(f"recommendations:renaksi-{name}", args=[renaksi.pk])


def save_and_send(client, renaksi, **changes):
    page = page_of("edit", renaksi)
    answer = client.get(page)
    answer.text = answer.content.decode()
    return client.post(page, fields_of(answer) | {"lalu": "kirim"} | changes, follow=True)


def test_what_was_saved_is_checked_before_it_is_sent(signed_in, cast, renaksi):
    answer = save_and_send(signed_in(cast.rina), renaksi, follow_up="Target dianalisis.")
    text = answer.content.decode()
    assert answer.redirect_chain[-1][0] == page_of("submit", renaksi)
    assert "Target dianalisis." in text
    assert f'href="{page_of("edit", renaksi)}">Ubah' in text
    assert Renaksi.objects.get().status == "in_progress"


def test_a_row_that_lacks_evidence_says_so_where_it_is(signed_in, cast, recommendation, units):
    bare = factories.make_renaksi(recommendation, units.organisasi)
    place = f"pekerjaan-{bare.pk}"
    data = {"version": 0, "follow_up": "Sudah.", "lalu": "kirim"}
    data |= {"form-TOTAL_FORMS": 0, "form-INITIAL_FORMS": 0, "bukti-kind": "file"}
    htmx = {"HX-Request": "true", "HX-Target": place}
    answer = signed_in(cast.rina).post(page_of("edit", bare), data, headers=htmx)
    text = answer.content.decode()
    assert "belum dapat dikirim" in text
    assert "paling sedikit satu bukti" in text


def test_only_who_may_send_is_offered_it(signed_in, cast, renaksi):
    for person, is_offered in ((cast.rina, True), (cast.kadir, False)):
        text = signed_in(person).get(page_of("edit", renaksi)).content.decode()
        assert ("Simpan dan kirim" in text) == is_offered


def test_the_next_item_opens_and_behind_the_last_the_first_page(
    signed_in, cast, renaksi, recommendation, units
):
    factories.make_renaksi(recommendation, units.umum)  # of another unit
    following = factories.make_renaksi(recommendation, units.organisasi)
    client = signed_in(cast.rina)
    assert client.post(page_of("submit", renaksi)).url == page_of("edit", following)
    factories.make_evidence(following)
    assert client.post(page_of("submit", following)).url == reverse("reports:home")


def test_what_only_another_unit_may_send_is_not_called_done(
    signed_in, cast, renaksi, recommendation, units
):
    """The operator still writes for an item that the unit supports; the first page shows it."""
    factories.make_renaksi(recommendation, units.umum, supporting=[units.organisasi])
    answer = signed_in(cast.rina).post(page_of("submit", renaksi), follow=True)
    text = answer.content.decode()
    assert "Tidak ada lagi yang perlu Anda kirim." in text
    assert "sebagai pendukung" in text


def test_returned_ones_come_first(cast, renaksi, recommendation, units):
    returned = factories.make_renaksi(recommendation, units.organisasi, status="returned")
    assert next_work(cast.rina) == returned
    assert next_work(cast.umar) is None


def test_the_note_of_a_return_stays_until_it_is_sent_again(signed_in, cast, renaksi):
    record(actor=cast.dewi, action="return", target=renaksi, note="Lengkapi tanggalnya.")
    Renaksi.objects.update(status="in_progress")
    client = signed_in(cast.rina)
    for name in ("edit", "submit"):
        assert "Lengkapi tanggalnya." in client.get(page_of(name, renaksi)).content.decode()
