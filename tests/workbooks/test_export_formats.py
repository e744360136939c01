"""Exactly the rows that are filtered and permitted, the columns that were chosen, in four kinds of file."""

import csv
import io
import json
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from recommendations.models import Recommendation, Renaksi
from tests import factories
from tests.workbooks.books import exported
from tests.workbooks.test_round_trip import NASTY, plan_of
from workbooks.compare.plan import RowOutcome
from workbooks.kinds import KINDS
from workbooks.writers import exports, formats


@pytest.fixture
def full(recommendation, units):
    """A renaksi for every nasty text, some with a due date."""
    for number, text in enumerate(NASTY, 1):
        factories.make_renaksi(
            recommendation,
            units.organisasi if number % 2 else units.umum,
            plan=f"<p>{text.replace('<', '&lt;')}</p>",
            due_date=date(2024, 2, 29) if number % 3 else None,
        )


def written(format, user, kind="renaksi", **options):
    output = io.BytesIO()
    formats.FORMATS[format].write(
        output, KINDS[kind], exports.exports(KINDS[kind], user, **options)
    )
    return output.getvalue()


def plans(rows):
    return [row["Rencana aksi"] for row in rows]


def rows_of(content):
    return json.loads(content)["lembar"][0]["baris"]


def test_json_holds_every_value_unchanged(full, cast):
    rows = rows_of(written("json", cast.kadir))
    assert "=1+1" in plans(rows)
    assert "197108081991032007" in plans(rows)
    assert {row["Batas waktu"] for row in rows} == {"2024-02-29", None}


@pytest.mark.parametrize("format", ["ods", "xlsx"])
def test_what_can_be_edited_comes_back_unchanged(format, full, cast):
    upload = SimpleUploadedFile(f"isi.{format}", written(format, cast.kadir))
    plan = plan_of("renaksi", cast.kadir, upload)
    assert plan.errors == []
    assert plan.count(RowOutcome.UNCHANGED) >= len(NASTY)
    assert plan.count(RowOutcome.NEW) == plan.count(RowOutcome.CHANGED) == 0


def test_ods_keeps_texts_texts_and_hides_the_fingerprints(full, cast):
    with zipfile.ZipFile(io.BytesIO(written("ods", cast.kadir))) as archive:
        assert archive.infolist()[0].filename == "mimetype"
        content = archive.read("content.xml").decode()
    assert "table:formula" not in content
    assert '<table:table-column table:visibility="collapse"/>' in content
    assert 'office:value-type="string"><text:p>=1+1</text:p>' in content


def test_csv_runs_nothing_and_several_tables_come_in_a_zip(full, cast):
    with zipfile.ZipFile(io.BytesIO(written("csv", cast.kadir))) as archive:
        text = archive.read("Rencana aksi.csv").decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert len(lines) == len(NASTY) + 1
    assert "'=1+1" in lines[1]
    assert not any(value.startswith(("=", "+", "-", "@")) for line in lines for value in line)


def test_an_operator_takes_out_what_the_page_shows(full, cast):
    assert len(rows_of(written("json", cast.rina))) == len(NASTY[::2])
    assert len(rows_of(written("json", cast.umar))) == len(NASTY[1::2])
    assert rows_of(written("json", cast.sari)) == []


def test_the_filters_of_the_list_hold(full, units, cast, signed_in):
    client = signed_in(cast.kadir)
    query = f"unit={units.umum.pk}&sebagai=lead"
    choose = client.get(reverse("workbooks:export-choose", args=["renaksi"]), {"saringan": query})
    assert f"{len(NASTY) // 2} baris menurut saringan" in choose.text
    answer = client.get(
        reverse("workbooks:export", args=["renaksi"]), {"saringan": query, "bentuk": "json"}
    )
    rows = rows_of(answer.getvalue())
    assert {row["Penanggung jawab"] for row in rows} == {"Biro Umum"}
    listed = client.get(reverse("recommendations:renaksi-list") + f"?{query}").text
    assert "/ekspor/renaksi/pilih/?saringan=unit" in listed


def test_steps_follow_their_renaksi(recommendation, units, cast):
    for unit in (units.organisasi, units.umum):
        row = factories.make_renaksi(recommendation, unit)
        row.steps.create(position=1, text="<p>Rapat</p>")
    among = type(row).objects.filter(lead_unit=units.umum)
    content = json.loads(written("json", cast.kadir, among=among))
    assert [len(sheet["baris"]) for sheet in content["lembar"]] == [1, 1]


def test_only_the_chosen_columns_and_the_keys(full, cast, signed_in):
    answer = signed_in(cast.kadir).get(
        reverse("workbooks:export", args=["renaksi"]),
        {"bentuk": "json", "kolom": "Rencana aksi!Batas waktu"},
    )
    content = json.loads(answer.getvalue())
    assert [sheet["kolom"] for sheet in content["lembar"]] == [
        ["Rekomendasi", "Urutan", "Batas waktu"]
    ]


def test_a_choice_that_is_none_is_refused(cast, signed_in, db):
    address = reverse("workbooks:export", args=["renaksi"])
    for choice in ({"bentuk": "exe"}, {"kolom": "Pengguna!Sandi"}):
        assert signed_in(cast.kadir).get(address, choice).status_code == 404


def test_the_command_takes_the_kind_of_file_from_its_name(full, cast, tmp_path):
    def export(name):
        path = tmp_path / name
        call_command(
            "export_workbook", "renaksi", output=path, username="kadir", stdout=io.StringIO()
        )
        return path.read_bytes()

    assert len(rows_of(export("a.json"))) == len(NASTY)
    assert export("a.zip")[:2] == export("a.ods")[:2] == export("a.xlsx")[:2] == b"PK"
    with pytest.raises(CommandError, match=r"\.zip untuk CSV"):
        export("a.csv")
    with pytest.raises(CommandError, match="Tulis nama berkas"):
        export("a.exe")


def test_plain_lines_of_our_rich_text_need_no_parser():
    from sakip.richtext import plain_text

    assert (
        plain_text("<p>satu <em>dua</em></p><ol start='2'><li>tiga</li></ol>") == "satu dua\ntiga"
    )
    assert plain_text("<p>1 &lt; 2 &amp; 3</p>") == "1 < 2 & 3"
    assert plain_text("<table><tr><td>sel</td></tr></table>") == "sel"


def test_plain_paragraphs_are_read_line_by_line():
    from sakip.richtext import as_paragraphs, plain_text

    assert as_paragraphs("1 < 2\ntiga") == "<p>1 &lt; 2</p><p>tiga</p>"
    assert plain_text(as_paragraphs("1 < 2\ntiga")) == "1 < 2\ntiga"
    assert plain_text("<p> satu\xa0dua </p><p> </p><p>tiga\r\nempat</p>") == "satu dua\ntiga\nempat"
    assert as_paragraphs("") == plain_text("<p></p>") == ""


@pytest.mark.parametrize("most", [1, 5_000])
def test_each_row_has_its_own_unit_and_day_however_few_are_remembered(
    most, full, cast, monkeypatch
):
    monkeypatch.setattr(exports, "MOST_KNOWN", most)
    stored = Renaksi.objects.order_by("position").values_list("lead_unit__name", "due_date")
    rows = rows_of(written("json", cast.kadir))
    assert [(row["Penanggung jawab"], row["Batas waktu"]) for row in rows] == [
        (unit, day and day.isoformat()) for unit, day in stored
    ]


def test_a_thousand_parents_are_not_too_many(cast, evaluation, units):
    """SQLite refuses conditions of a thousand parts, which is how parents are fetched apart."""
    numbers = range(1, 1002)
    parents = Recommendation.objects.bulk_create(
        Recommendation(evaluation=evaluation, number=number, text="<p>Isi</p>")
        for number in numbers
    )
    Renaksi.objects.bulk_create(
        Renaksi(recommendation=parent, position=1, lead_unit=units.organisasi) for parent in parents
    )
    file = exported("renaksi", cast.kadir)
    plan = plan_of("renaksi", cast.kadir, file)
    assert (plan.count(RowOutcome.UNCHANGED), plan.all_problems) == (1001, [])
