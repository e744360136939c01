"""An office that starts empty is told what to do first, and every page leads on."""

import pytest
from django.urls import reverse

from recommendations.models import Rubric
from sakip.models import Letterhead, Official, Unit, User
from sakip.roles import Role
from tests import factories

OFFICE = {"name": "Pemerintah Provinsi Contoh", "code": "prov", "head_title": "Gubernur Contoh"}


def steps(client):
    return {step.title: step.is_done for step in client.get("/").context["steps"]}


def text_of(client, address):
    return client.get(address).content.decode()


def test_a_superuser_of_an_empty_program_begins_in_pages(client, db):
    admin = User.objects.create_superuser("admin", "a@contoh.example", "sandi", name="Admin")
    client.force_login(admin)
    assert 'href="/pengaturan/mulai/"' in client.get("/").content.decode()
    page = client.get("/pengaturan/mulai/").content.decode()
    assert "Nama pemerintah provinsi" in page
    answer = client.post("/pengaturan/mulai/", OFFICE, follow=True)
    assert answer.redirect_chain == [("/", 302)]
    province = Unit.objects.get()
    admin.refresh_from_db()
    assert (province.kind, admin.unit, admin.role) == ("province", province, "coordinator")
    assert steps(client)["Unit kerja"] is False
    assert client.get("/pengaturan/mulai/").status_code == 404


def test_a_superuser_takes_a_unit_when_there_are_some(client, units):
    admin = User.objects.create_superuser("admin", "a@contoh.example", "sandi", name="Admin")
    client.force_login(admin)
    assert client.post("/pengaturan/mulai/", OFFICE).status_code == 200  # no second province
    assert client.post("/pengaturan/mulai/", {"unit": units.province.pk}).status_code == 302
    admin.refresh_from_db()
    assert (admin.unit, admin.role) == (units.province, "coordinator")


def test_nobody_else_takes_a_role(client, cast, units):
    mira = User.objects.create_user("mira", "m@contoh.example", "sandi", name="Mira")
    for person in (mira, cast.kadir):
        client.force_login(person)
        assert client.post("/pengaturan/mulai/", {"unit": units.province.pk}).status_code == 404


def test_the_steps_are_ticked_one_by_one(client, units):
    sari = factories.make_user("sari", Role.COORDINATOR, units.dinas)
    client.force_login(sari)
    Rubric.objects.all().delete()
    assert not any(steps(client).values())
    bidang = factories.make_unit("Bidang Promosi", parent=units.dinas, kind="field")
    factories.make_user("budi", Role.OPERATOR, bidang)
    head = {"name": "Kepala", "nip": "1" * 18, "rank": "Pembina", "position": "Kepala Dinas"}
    Official.objects.create(unit=units.dinas, **head)
    Letterhead.objects.create(unit=units.dinas, government="P", body="D", address="J")
    rubric = factories.make_rubric("Rubrik", (100,))
    factories.make_user("eva", Role.EVALUATOR, units.inspektorat, evaluates_all=True)
    done = steps(client)
    assert [title for title, is_done in done.items() if not is_done] == ["LHE pertama"]
    assert "6 dari 7 selesai" in client.get("/").content.decode()
    factories.make_evaluation(units.dinas, 2025, rubric=rubric, scores=())
    assert "Langkah awal" not in client.get("/").content.decode()


def test_the_records_of_another_body_tick_nothing(client, cast, evaluation, units):
    factories.make_user("umi", Role.OPERATOR, units.umum)
    client.force_login(cast.sari)
    done = steps(client)
    assert not done["LHE pertama"] and not done["Operator setiap unit"]


def test_an_empty_choice_leads_to_the_page_that_fills_it_and_back(client, cast):
    Rubric.objects.all().delete()
    client.force_login(cast.kadir)
    create = reverse("recommendations:evaluation-create")
    page = client.get(create).content.decode()
    assert "/rubrik/baru/?kembali=%2Fevaluasi%2Fbaru%2F" in page
    data = {"name": "Kepala", "nip": "1" * 18, "rank": "Pembina", "position": "Kepala Biro"}
    data |= {"unit": cast.kadir.unit_id, "is_active": "on"}
    answer = client.post(f"/pengaturan/pejabat/baru/?kembali={create}", data)
    assert answer.url == create


def test_the_step_of_the_evaluators_leads_those_who_appoint_them(client, cast, units):
    ika = factories.make_user("ika", Role.COORDINATOR, units.inspektorat)
    prita = factories.make_user("prita", Role.COORDINATOR, units.province)
    for person, is_led in ((cast.kadir, False), (ika, True), (prita, True)):
        client.force_login(person)
        addresses = {step.title: step.url for step in client.get("/").context["steps"]}
        assert bool(addresses["Evaluator"]) is is_led, person


def test_empty_pages_of_a_new_office_lead_on(client, db):
    admin = User.objects.create_superuser("admin", "a@contoh.example", "sandi", name="Admin")
    client.force_login(admin)
    client.post("/pengaturan/mulai/", OFFICE)
    assert '<a class="btn btn-outline-primary" href="/pengaturan/unit/baru/">' in text_of(
        client, "/"
    )
    people = text_of(client, "/pengaturan/pengguna/")
    assert "Belum ada pengguna selain administrator." in people and "saringan ini" not in people


def test_an_lhe_without_recommendations_leads_coordinators_to_their_table(client, cast, evaluation):
    address = reverse("recommendations:evaluation-follow-up", args=[evaluation.pk])
    for person, is_led in ((cast.kadir, True), (cast.laila, False)):
        client.force_login(person)
        assert ("Isi rekomendasi" in text_of(client, address)) is is_led


@pytest.mark.parametrize("address", ["https://jahat.example/", "//jahat.example", "javascript:1"])
def test_the_way_back_never_leads_to_another_site(client, cast, address):
    client.force_login(cast.kadir)
    data = {"name": "Kepala", "nip": "1" * 18, "rank": "Pembina", "position": "Kepala Biro"}
    data |= {"unit": cast.kadir.unit_id, "is_active": "on"}
    answer = client.post(f"/pengaturan/pejabat/baru/?kembali={address}", data)
    assert answer.url == "/pengaturan/pejabat/"


def test_the_head_of_a_memo_comes_from_the_lhe(client, cast, evaluation, units):
    Unit.objects.filter(pk=units.setda.pk).update(head_title="Sekretaris Daerah Contoh")
    head = {"name": "Hj. Contoh", "nip": "1" * 18, "rank": "Pembina", "position": "Kepala Biro"}
    official = Official.objects.create(unit=units.organisasi, **head)
    client.force_login(cast.kadir)
    form = client.get(reverse("reports:telaah-staf-create")).context["form"]
    assert form["subject"].value() == (
        "Tindak Lanjut dan Rencana Aksi atas Hasil Evaluasi Akuntabilitas Kinerja "
        "Sekretariat Daerah Tahun 2022"
    )
    assert form["addressee"].value() == "Yth. Sekretaris Daerah Contoh"
    assert form["sender"].value() == "Kepala Biro"
    assert form["signatory"].value() == official.pk
