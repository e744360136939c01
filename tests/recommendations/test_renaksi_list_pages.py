"""The renaksi list: what each person sees, how it is narrowed, sorted and paged."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from recommendations.models import Renaksi
from recommendations.selectors import search
from tests import factories

URL = reverse("recommendations:renaksi-list")


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def rows(units, evaluation, today):
    """Six renaksi that differ in everything the list can be narrowed by; the names say how."""
    first = factories.make_recommendation(evaluation, component="perencanaan")
    second = factories.make_recommendation(evaluation, component="pelaporan")
    older = factories.make_evaluation(units.setda, 2021, rubric=evaluation.rubric)
    third = factories.make_recommendation(older, component="capaian")
    make, day = factories.make_renaksi, timedelta(days=1)
    organisasi, umum = units.organisasi, units.umum
    made = {
        "late": make(first, organisasi, due_date=today - day, status="returned"),
        "soon": make(first, organisasi, due_date=today + 30 * day, plan="<p>Pedoman</p>"),
        "far": make(second, umum, due_date=today + 31 * day, supporting=[organisasi]),
        "never": make(second, umum, status="in_progress"),
        "done": make(second, umum, due_date=today - 9 * day, status="done"),
        "old": make(third, organisasi, due_date=today + 3 * day, status="submitted"),
    }
    factories.make_evidence(made["soon"])
    factories.make_evidence(made["late"], is_archived=True)
    search.refresh(row.pk for row in made.values())
    return made


@pytest.fixture
def listed(client, rows):
    """listed(**filters) gives the names of the rows shown, in their order."""
    names = {row.pk: name for name, row in rows.items()}

    def get(**filters):
        response = client.get(URL, filters)
        assert response.status_code == 200
        return [names[row.pk] for row in response.context["page"]]

    return get


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("rina", {"late", "soon", "far", "old"}),
        ("umar", {"far", "never", "done"}),
        ("dewi", {"late", "soon", "far", "never", "done", "old"}),
        ("kadir", {"late", "soon", "far", "never", "done", "old"}),
        ("laila", {"late", "soon", "far", "never", "done", "old"}),
        ("sari", set()),
    ],
)
def test_everyone_sees_their_own(signed_in, cast, listed, who, seen):
    signed_in(getattr(cast, who))
    assert set(listed()) == seen


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"status": "unfinished"}, {"late", "soon", "far", "never", "old"}),
        ({"status": "done"}, {"done"}),
        ({"batas": "overdue"}, {"late"}),
        ({"batas": "soon"}, {"soon"}),
        ({"batas": "none"}, {"never"}),
        ({"tanpa_bukti": "on"}, {"late", "far", "never", "done", "old"}),
        ({"unit": "organisasi"}, {"late", "soon", "far", "old"}),
        ({"unit": "organisasi", "peran": "lead"}, {"late", "soon", "old"}),
        ({"unit": "organisasi", "peran": "support"}, {"far"}),
        ({"evaluasi": "evaluation"}, {"late", "soon", "far", "never", "done"}),
        ({"komponen": "capaian"}, {"old"}),
        ({"q": "pedo"}, {"soon"}),
        ({"q": '"*(', "batas": "overdue"}, {"late"}),
        ({"unit": "organisasi", "status": "unfinished", "q": "pedoman"}, {"soon"}),
    ],
)
def test_filters_narrow_together(signed_in, cast, listed, units, evaluation, filters, expected):
    keys = {
        "organisasi": units.organisasi.pk,
        "evaluation": evaluation.pk,
        "capaian": factories.make_component("capaian").pk,
    }
    signed_in(cast.kadir)
    assert (
        set(listed(**{name: keys.get(value, value) for name, value in filters.items()})) == expected
    )


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("", "late old soon far never done"),
        ("due", "late old soon far never done"),
        ("number", "late soon far never done old"),
        ("status", "soon far never old late done"),
        ("unit", "late soon old far never done"),
    ],
)
def test_sorting(signed_in, cast, listed, by, expected):
    signed_in(cast.kadir)
    assert " ".join(listed(urut=by)) == expected


@pytest.mark.parametrize("name", ["status", "unit", "evaluasi", "urut", "batas"])
def test_a_filter_nobody_understands_shows_nothing_and_says_so(signed_in, cast, listed, name):
    client = signed_in(cast.kadir)
    assert listed(**{name: "x"}) == []
    assert "Pilihan ini tidak ada" in client.get(URL, {name: "x"}).content.decode()


def test_units_of_others_are_not_offered(signed_in, cast, rows):
    filters = signed_in(cast.umar).get(URL).context["filters"]
    assert [label for _, label in filters.fields["unit"].choices] == [
        "Semua",
        "Biro Organisasi",  # supports one of his
        "Biro Umum",
    ]


def test_filters_can_be_removed_and_kept(signed_in, cast, rows):
    client = signed_in(cast.kadir)
    assert "Hapus saringan" not in client.get(URL, {"urut": "due", "q": ""}).content.decode()
    page = client.get(URL, {"status": "unfinished", "q": ""}).content.decode()
    assert f'href="{URL}?bersih=ya">Hapus saringan' in page
    assert f"{reverse('recommendations:saved-view-create')}?status=unfinished" in page


@pytest.mark.parametrize(
    ("who", "filters", "words"),
    [
        ("sari", {}, "Belum ada rencana aksi. Tambahkan"),
        ("umar", {}, "Belum ada rencana aksi untuk unit Anda."),
        ("umar", {"q": "tiada"}, "Tidak ada yang cocok"),
    ],
)
def test_an_empty_list_says_what_to_do(signed_in, cast, renaksi, who, filters, words):
    assert words in signed_in(getattr(cast, who)).get(URL, filters).content.decode()


def test_only_the_coordinator_can_tick(signed_in, cast, renaksi):
    box = f'type="checkbox" name="renaksi" value="{renaksi.pk}"'
    assert box in signed_in(cast.kadir).get(URL).content.decode()
    assert box not in signed_in(cast.rina).get(URL).content.decode()


def test_htmx_gets_the_table_alone_and_a_clean_address(signed_in, cast, renaksi):
    client = signed_in(cast.kadir)
    filters = {"status": "unfinished", "q": "", "urut": "due"}
    response = client.get(URL, filters, headers={"HX-Request": "true"})
    assert response.headers["HX-Push-Url"] == f"{URL}?status=unfinished"
    assert response.content.decode().strip().startswith('<div id="daftar">')
    back = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<!doctype html>" in client.get(URL, headers=back).content.decode()


def test_fifty_a_page_with_the_filters_kept(signed_in, cast, renaksi, units):
    for _ in range(50):
        factories.make_renaksi(renaksi.recommendation, units.organisasi)
    client = signed_in(cast.kadir)
    first = client.get(URL, {"status": "unfinished"})
    assert len(first.context["page"]) == 50
    assert "?status=unfinished&amp;page=2" in first.content.decode()
    assert len(client.get(URL, {"status": "unfinished", "page": 2}).context["page"]) == 1


@pytest.mark.parametrize("who", ["rina", "dewi", "kadir", "laila"])
def test_fifty_rows_cost_no_more_queries_than_one(signed_in, cast, renaksi, units, queries_of, who):
    signed_in(getattr(cast, who))
    few = queries_of(URL)
    for _ in range(49):
        more = factories.make_renaksi(
            renaksi.recommendation, units.organisasi, supporting=[units.umum]
        )
        factories.make_evidence(more)
    assert Renaksi.objects.count() == 50
    assert queries_of(URL) == few


def test_it_narrows_to_what_one_person_works_on(listed, rows, signed_in, cast):
    Renaksi.objects.filter(pk=rows["soon"].pk).update(person=cast.rina)
    signed_in(cast.kadir)
    assert listed(petugas=cast.rina.pk) == ["soon"]
    assert "Petugas: Rina" in signed_in(cast.rina).get(URL).text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"status": "open", "urut": "due"}, '<details class="filter-further">'),
        ({"tanpa_bukti": "on", "peran": "lead"}, "Saringan lain (2 dipakai)"),
    ],
)
def test_seldom_needed_filters_wait_until_they_are_used(signed_in, cast, renaksi, query, words):
    assert words in signed_in(cast.kadir).get(URL, query).text
