"""“Atur tabel”: which columns a person sees, how many rows on a page, how close together."""

import io

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from recommendations.selectors.listed_tables import EVALUATIONS, RENAKSI
from sakip.models import User
from sakip.selectors.person_data import profile_of
from sakip.services.table_settings import set_table
from sakip.table_settings import TABLES, shown_to
from tests import factories

LIST = reverse("recommendations:renaksi-list")


def settings_page(name):
    return reverse("table-settings", args=[name])


def choose(person, name, *hidden, length=50, is_dense=False):
    table = TABLES[name]
    shown = [code for code in table.columns if code not in hidden]
    set_table(actor=person, table=table, columns=shown, length=length, is_dense=is_dense)


@pytest.fixture
def kadir(signed_in, cast, renaksi):
    return signed_in(cast.kadir)


def test_the_form_leads_from_the_list_and_back_to_it(kadir):
    assert f'href="{settings_page("renaksi")}">Atur tabel' in kadir.get(LIST).text
    page = kadir.get(settings_page("renaksi")).text
    assert "Nomor dan rencana aksi selalu tampil. Berkas yang diunduh tidak ikut berubah" in page
    answer = kadir.post(settings_page("renaksi"), {"columns": ["status"], "length": "25"})
    assert answer.url == LIST


HEADS = {
    "renaksi": {"due_date": "Batas waktu", "status": "Status"},
    "lhe": {
        "letter_number": "Nomor LHE",
        "score": "Nilai",
        "grade": "Predikat",
        "progress": "Kemajuan tindak lanjut",
    },
    "pengguna": {
        "username": "Nama pengguna",
        "posts": "Penugasan",
        "last_login": "Terakhir masuk",
        "state": "Keadaan",
    },
    "indikator": {"measure": "Satuan", "change": "% Peningkatan", "earlier": "2021</th>"},
}


@pytest.mark.parametrize(
    ("name", "code"), [(name, code) for name, heads in HEADS.items() for code in heads]
)
def test_a_hidden_column_goes_and_the_others_stay(kadir, cast, units, name, code):
    objective = factories.make_objective(units.setda)
    factories.make_indicator(objective, units.organisasi, values={2022: 90})
    page = reverse(TABLES[name].route)
    assert all(head in table_of(kadir, page) for head in HEADS[name].values())
    choose(cast.kadir, name, code)
    shown = table_of(kadir, page)
    assert HEADS[name][code] not in shown
    assert all(head in shown for other, head in HEADS[name].items() if other != code)


def table_of(client, page):
    """The tables alone, with a row that has as many cells as the head has columns."""
    query = {"tahun": 2022} if page == reverse("performance:indicator-table") else {}
    text = client.get(page, query).text
    tables = text[text.index("<table") : text.rindex("</table>")]
    row = tables[tables.index("<tbody") :].partition("</tr>")[0]
    if "colgroup" not in tables:
        assert row.count("<td") + row.count("<th") == tables.partition("</thead>")[0].count("<th ")
    return tables


@pytest.mark.parametrize("code", ["lead_unit", "supporting_units", "person", "about"])
def test_the_second_line_of_a_renaksi_leaves_out_what_is_hidden(
    kadir, cast, units, recommendation, code
):
    row = factories.make_renaksi(
        recommendation, units.organisasi, supporting=[units.umum], person=cast.rina
    )
    words = {
        "lead_unit": "Biro Organisasi",
        "supporting_units": "Pendukung: Biro Umum",
        "person": "Petugas: Rina",
        "about": recommendation.component.name,
    }
    second = (
        kadir.get(LIST).text.partition(f'href="{row.get_absolute_url()}"')[2].partition("</tr>")[0]
    )
    assert all(word in second for word in words.values())
    choose(cast.kadir, "renaksi", code)
    second = (
        kadir.get(LIST).text.partition(f'href="{row.get_absolute_url()}"')[2].partition("</tr>")[0]
    )
    assert [name for name, word in words.items() if word not in second] == [code]


def test_everything_hidden_leaves_the_name_and_the_link(kadir, cast, renaksi):
    choose(cast.kadir, "renaksi", *RENAKSI.columns, is_dense=True)
    page = kadir.get(LIST).text
    assert f'<th scope="row"><a href="{renaksi.get_absolute_url()}"' in page
    assert "renaksi-table is-dense" in page


def test_the_choice_belongs_to_the_person_on_every_device(kadir, cast):
    choose(cast.kadir, "renaksi", "status")
    other_device = Client()
    other_device.force_login(User.objects.get(pk=cast.kadir.pk))
    assert ">Status<" not in table_of(other_device, LIST)
    other_device.force_login(cast.rina)
    assert ">Status<" in table_of(other_device, LIST)


@pytest.mark.parametrize("most", [1_000, 10])
def test_pages_have_the_chosen_length_and_no_row_is_lost(
    kadir, cast, units, recommendation, settings, most
):
    """Also in a long list, whose links carry the row at the edge."""
    settings.MOST_COUNTED = most
    rows = {factories.make_renaksi(recommendation, units.organisasi).pk for _ in range(29)}
    choose(cast.kadir, "renaksi", length=25)
    first = kadir.get(LIST).context["page"]
    second = kadir.get(LIST + first.next_link).context["page"]
    assert (len(first), len(second)) == (25, 5)
    assert rows < {row.pk for row in (*first, *second)}


def test_the_length_of_other_lists(kadir, cast, units):
    for number in range(30):
        factories.make_user(f"orang-{number}", "operator", units.organisasi)
    choose(cast.kadir, "pengguna", length=25)
    assert len(kadir.get(reverse("sakip:user-list")).context["rows"]) == 25


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"columns": ["sandi"], "length": "25"}, "Pilih kolom yang ditampilkan yang lain"),
        ({"columns": ["status"], "length": "26"}, "Pilihan ini tidak ada"),
        ({"columns": ["status"]}, "Pilih banyaknya baris dalam satu halaman."),
    ],
)
def test_what_cannot_be_chosen_is_refused_in_words(kadir, cast, sent, words):
    page = kadir.post(settings_page("renaksi"), sent)
    assert page.status_code == 200
    assert words in page.text.partition("error-summary")[2].partition("</div>")[0]
    assert User.objects.get(pk=cast.kadir.pk).table_settings == {}


@pytest.mark.parametrize(("columns", "length"), [(["sandi"], 25), (["status"], 7)])
def test_the_service_refuses_too(cast, columns, length):
    with pytest.raises(ValidationError):
        set_table(actor=cast.rina, table=RENAKSI, columns=columns, length=length, is_dense=False)


def test_a_column_that_is_no_more_means_nothing(cast):
    cast.rina.table_settings = {"lhe": {"hidden": ["dahulu"], "length": 7}}
    shown = shown_to(cast.rina, EVALUATIONS)
    assert (shown.columns, shown.length) == (frozenset(EVALUATIONS.columns), 50)


def test_one_table_is_taken_back_and_the_others_stay(kadir, cast):
    choose(cast.kadir, "renaksi", "status")
    choose(cast.kadir, "lhe", "grade")
    kadir.post(settings_page("renaksi"), {"semula": "ya"})
    assert set(User.objects.get(pk=cast.kadir.pk).table_settings) == {"lhe"}


def test_a_table_of_this_name_must_exist(kadir):
    assert kadir.get(settings_page("rahasia")).status_code == 404


def test_it_costs_no_query(kadir, cast, django_assert_max_num_queries):
    with django_assert_max_num_queries(100) as before:
        kadir.get(LIST)
    choose(cast.kadir, "renaksi", "status", length=100, is_dense=True)
    with django_assert_max_num_queries(len(before)):
        kadir.get(LIST)


def test_the_export_keeps_its_columns(kadir, cast):
    def heads():
        book = kadir.get(reverse("workbooks:export", args=["renaksi"]))
        content = b"".join(book.streaming_content) if book.streaming else book.content
        sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
        return [cell.value for cell in next(sheet.iter_rows(max_row=1))]

    before = heads()
    choose(cast.kadir, "renaksi", *RENAKSI.columns)
    assert heads() == before
    assert len(before) > 3


def test_the_person_reads_the_choice_in_words(kadir, cast):
    choose(cast.kadir, "renaksi", "status", "person", length=25, is_dense=True)
    told = profile_of(User.objects.get(pk=cast.kadir.pk))["tampilan tabel"]
    assert told == {"Rencana aksi": "tanpa Petugas, Status; 25 baris; rapat"}
    assert "tanpa Petugas, Status" in kadir.get(reverse("person-data")).text
