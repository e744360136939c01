"""Shared rubrics belong to the province; a body copies one, and what scores were given by is fixed."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from recommendations.models import Rubric
from recommendations.rules.follow_up_bands import USUAL_BANDS
from recommendations.services.evaluations import create_evaluation
from recommendations.services.follow_up_bands import save_follow_up_bands
from recommendations.services.rubrics import copy_rubric, create_rubric
from sakip.history.entries import HistoryEntry
from sakip.roles import Role
from tests import factories
from tests.browsing import fields_of
from tests.workbooks.books import upload
from workbooks.services import imports

FIXED = "Menyimpan perubahan membuat versi baru"


@pytest.fixture
def pusat(units, cast):
    """The coordinator of the whole province."""
    return factories.make_user("pusat", Role.COORDINATOR, units.province)


@pytest.fixture
def shared(db):
    return factories.make_rubric("Rubrik bersama", (30, 30, 15, 25))


@pytest.fixture
def own(units):
    return factories.make_rubric("Rubrik Setda", unit=units.setda)


def address(name, rubric):
    return reverse(f"recommendations:{name}", args=[rubric.pk])


def weights(rubric):
    return [str(row.weight) for row in rubric.weights.all()]


# ── Who may change which ────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("name", ["rubric-edit", "rubric-bands"])
def test_a_body_changes_no_shared_rubric(signed_in, cast, shared, name):
    for method in ("get", "post"):
        answer = getattr(signed_in(cast.sari), method)(address(name, shared))
        assert answer.status_code == 403
        assert "Salin menjadi rubrik sendiri" in answer.text
    assert weights(shared) == ["30.00", "30.00", "15.00", "25.00"]


def test_the_province_changes_its_rubric(signed_in, pusat, shared):
    client = signed_in(pusat)
    url = address("rubric-edit", shared)
    page = fields_of(client.get(url)) | {"form-0-weight": "25", "form-3-weight": "30"}
    assert client.post(url, page).status_code == 302
    assert weights(shared) == ["25.00", "30.00", "15.00", "30.00"]


def test_nobody_of_another_body_finds_the_rubric_of_one(signed_in, cast, own):
    for name in ("rubric-detail", "rubric-edit", "rubric-bands", "rubric-copy"):
        assert signed_in(cast.sari).get(address(name, own)).status_code == 404
        assert signed_in(cast.sari).post(address(name, own)).status_code in (404, 405)
    assert "Rubrik Setda" not in signed_in(cast.sari).get("/rubrik/").text
    assert "Rubrik Setda" in signed_in(cast.rina).get("/rubrik/").text


@pytest.mark.parametrize("unit", ["setda", None])
def test_nobody_makes_a_rubric_for_others(cast, units, unit, shared):
    owner = getattr(units, unit) if unit else None
    component = factories.make_component()
    given = {"actor": cast.sari, "at": timezone.now(), "unit": owner, "name": "Baru"}
    with pytest.raises(PermissionDenied):
        create_rubric(regulation="Pergub", weights=[(component, Decimal(100))], **given)
    with pytest.raises(PermissionDenied):
        copy_rubric(rubric=shared, **given)
    assert Rubric.objects.count() == 1


def test_the_form_offers_the_own_body_alone(signed_in, cast, units):
    page = signed_in(cast.sari).get(reverse("recommendations:rubric-create"))
    assert fields_of(page)["unit"] == str(units.dinas.pk)
    assert "Provinsi (rubrik bersama)" not in page.text
    assert "Sekretariat Daerah" not in page.text


def test_the_province_makes_a_shared_one(signed_in, pusat):
    factories.make_component()
    client = signed_in(pusat)
    url = reverse("recommendations:rubric-create")
    page = fields_of(client.get(url))
    assert page["unit"] == ""
    client.post(url, page | {"name": "Baru", "regulation": "Pergub", "form-0-weight": "100"})
    assert Rubric.objects.get().unit is None


# ── Copies ──────────────────────────────────────────────────────────────────────────────────────
def test_a_body_copies_a_shared_rubric_and_changes_the_copy(signed_in, cast, units, shared):
    shared.follow_up_bands.create(label="a", share=100, position=1)
    client = signed_in(cast.sari)
    url = address("rubric-copy", shared)
    page = client.get(url)
    assert fields_of(page)["name"] == "Rubrik bersama (salinan)"
    client.post(url, fields_of(page))
    made = Rubric.objects.get(unit=units.dinas)
    assert weights(made) == weights(shared)
    assert [band.label for band in made.follow_up_bands.all()] == ["a"]
    assert shared.weights.count() == 4
    assert client.get(address("rubric-edit", made)).status_code == 200
    entry = HistoryEntry.objects.about(made).get()
    assert (entry.actor, entry.action) == (cast.sari, "copy_rubric")
    assert ["Disalin dari", "-", "Rubrik bersama"] in entry.in_words


def test_two_bodies_may_use_one_name_but_no_body_twice(signed_in, cast, own, shared, units):
    client = signed_in(cast.sari)
    url = address("rubric-copy", shared)
    page, second = (fields_of(client.get(url)) | {"name": "Rubrik Setda"} for _ in range(2))
    assert client.post(url, page).status_code == 302
    again = client.post(url, second)
    assert "sudah mempunyai rubrik dengan nama yang sama" in again.text
    assert Rubric.objects.filter(name="Rubrik Setda").count() == 2


# ── Fixed by scores ─────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def scored(units, own):
    return factories.make_evaluation(units.setda, 2022, rubric=own, scores=("22", "20"))


def test_a_change_of_a_fixed_rubric_makes_a_new_version(signed_in, cast, scored, own):
    client = signed_in(cast.kadir)
    url = address("rubric-edit", own)
    page = client.get(url)
    assert FIXED in page.text
    answer = client.post(url, fields_of(page) | {"form-0-weight": "20", "form-1-weight": "35"})
    made = Rubric.objects.get(replaces=own)
    assert answer.url == made.get_absolute_url()
    assert (str(made), made.unit, weights(made)[:2]) == (
        "Rubrik Setda (versi 2)",
        own.unit,
        ["20.00", "35.00"],
    )
    own.refresh_from_db()
    assert (own.is_active, made.is_active) == (False, True)
    assert weights(own)[:2] == ["30.00", "25.00"]
    scored.refresh_from_db()
    assert scored.rubric == own
    entry = HistoryEntry.objects.about(made).get()
    assert entry.action == "new_edition"
    assert ["Perencanaan Kinerja · Bobot", "30,00", "20,00"] in entry.in_words


@pytest.mark.parametrize(("field", "value"), [("name", "Salah ketik"), ("regulation", "Pergub 2")])
def test_what_papers_print_is_fixed_too(signed_in, cast, scored, own, field, value):
    client = signed_in(cast.kadir)
    url = address("rubric-edit", own)
    client.post(url, fields_of(client.get(url)) | {field: value})
    assert getattr(Rubric.objects.get(replaces=own), field) == value
    before = getattr(own, field)
    own.refresh_from_db()
    assert getattr(own, field) == before


def test_a_confirmed_estimate_and_use_are_marked_in_place(signed_in, cast, scored, own):
    Rubric.objects.update(is_estimate=True)
    client = signed_in(cast.kadir)
    url = address("rubric-edit", own)
    page = fields_of(client.get(url))
    del page["is_estimate"]
    assert client.post(url, page).status_code == 302
    own.refresh_from_db()
    assert not own.is_estimate
    assert Rubric.objects.count() == 1


def test_bands_of_a_fixed_rubric_make_a_new_version(cast, signed_in, scored, own):
    client = signed_in(cast.kadir)
    url = address("rubric-bands", own)
    page = client.get(url)
    assert FIXED in page.text
    client.post(url, fields_of(page) | {"follow_up_weight": "3"})
    made = Rubric.objects.get(replaces=own)
    assert (made.follow_up_weight, made.weights.count()) == (3, 5)
    own.refresh_from_db()
    assert own.follow_up_weight is None


def test_saving_a_fixed_rubric_unchanged_makes_nothing(signed_in, cast, scored, own):
    client = signed_in(cast.kadir)
    for name in ("rubric-edit", "rubric-bands"):
        url = address(name, own)
        assert client.post(url, fields_of(client.get(url))).status_code == 302
    assert Rubric.objects.count() == 1
    assert not HistoryEntry.objects.about(own).exists()


def test_a_replaced_rubric_is_not_changed_again(signed_in, cast, scored, own):
    given = {"actor": cast.kadir, "at": timezone.now(), "rubric": own}
    save_follow_up_bands(bands=USUAL_BANDS, follow_up_weight=Decimal(3), **given)
    answer = signed_in(cast.kadir).post(address("rubric-edit", own))
    assert answer.status_code == 409
    assert "sudah digantikan oleh Rubrik Setda (versi 2)" in answer.text
    page = signed_in(cast.kadir).get(address("rubric-detail", own)).text
    assert "sudah digantikan oleh" in page
    assert "/ubah/" not in page


def test_no_refusal_names_the_evaluation_of_another_body(signed_in, pusat, cast, units, shared):
    """The province changes what a Dinas was scored by: a new version, and no word of its scores."""
    factories.make_evaluation(units.dinas, 2022, rubric=shared, scores=("22.75",))
    for person in (pusat, cast.kadir):
        client = signed_in(person)
        for name in ("rubric-edit", "rubric-bands"):
            url = address(name, shared)
            answer = client.post(url, fields_of(client.get(url)) | {"form-0-weight": "5"})
            assert "22,75" not in answer.text
            assert "Dinas Pariwisata" not in answer.text


# ── Which a body may use ────────────────────────────────────────────────────────────────────────
def test_an_evaluation_is_offered_what_the_body_may_use(signed_in, cast, own, shared, units):
    factories.make_rubric("Lama", is_active=False)
    url = reverse("recommendations:evaluation-create")
    of_setda, of_dinas = (signed_in(one).get(url).text for one in (cast.kadir, cast.sari))
    assert "Rubrik Setda · Sekretariat Daerah" in of_setda
    assert "Rubrik Setda" not in of_dinas
    for page in (of_setda, of_dinas):
        assert "Rubrik bersama" in page
        assert "Lama" not in page


def test_a_body_is_not_scored_by_the_rubric_of_another(cast, own, units, pusat):
    given = {"actor": pusat, "at": timezone.now(), "performance_year": 2024}
    given |= {"evaluation_year": 2025, "rubric": own}
    with pytest.raises(ValidationError, match="Rubrik ini bukan milik Dinas Pariwisata"):
        create_evaluation(unit=units.dinas, **given)
    assert create_evaluation(unit=units.setda, **given).rubric == own


def preview(person, rubric, body):
    head = ["Perangkat daerah", "Tahun kinerja", "Tahun evaluasi", "Rubrik"]
    book = upload({"LHE": [head, [body, 2024, 2025, rubric]]})
    run = imports.start(kind="evaluations", upload=book, actor=person, at=timezone.now())
    return [problem.message for problem in imports.preview(run).errors]


def test_a_workbook_names_only_what_the_body_may_use(cast, own, shared, units, pusat):
    [sentence] = preview(cast.sari, own.full_name, "Dinas Pariwisata")
    assert "tidak ada atau bukan untuk Anda" in sentence
    [sentence] = preview(pusat, own.full_name, "Dinas Pariwisata")
    assert "Rubrik ini bukan milik Dinas Pariwisata" in sentence
    assert preview(pusat, own.full_name, "Sekretariat Daerah") == []
    assert preview(cast.sari, "Rubrik bersama", "Dinas Pariwisata") == []


def test_the_list_costs_the_same_with_many_rubrics(signed_in, cast, shared, queries_of, units):
    signed_in(cast.kadir)
    one = queries_of("/rubrik/"), queries_of(reverse("recommendations:evaluation-create"))
    for number in range(10):
        factories.make_rubric(f"Rubrik {number}", unit=units.setda)
    many = queries_of("/rubrik/"), queries_of(reverse("recommendations:evaluation-create"))
    assert one == many
