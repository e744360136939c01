"""The first minutes of a new person, before a real browser."""

import pytest
from django.utils import timezone

from sakip.services import invitations

PASSWORD = "langit biru kursi 7"


@pytest.mark.django_db(transaction=True)
def test_the_invited_person_chooses_a_password(visit, cast):
    umar = cast.umar
    invitations.invite(actor=cast.kadir, at=timezone.now(), people=[umar])
    umar.refresh_from_db()
    guest = visit(cast.rina)
    guest.sign_out()
    page = guest.open(invitations.path_of(umar))
    page.locator("[name=password1]").fill(PASSWORD)
    page.locator("[name=password2]").fill(PASSWORD)
    page.get_by_role("button", name="Simpan kata sandi").click()
    page.wait_for_url("**/akun/masuk/")
    assert page.get_by_text("Kata sandi Anda tersimpan").is_visible()
    umar.refresh_from_db()
    assert umar.check_password(PASSWORD)
