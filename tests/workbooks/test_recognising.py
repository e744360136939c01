"""A file tells what it is; equal errors are told once; the page of a finished import leads to what came in."""

import pytest
from django.utils import timezone

from tests.workbooks.books import exported, upload
from workbooks.columns import shelves
from workbooks.compare import recognising
from workbooks.compare.previews import Preview, grouped
from workbooks.kinds import KINDS
from workbooks.readers import workbook
from workbooks.selectors.came_in import came_in
from workbooks.services import imports

HEAD = ["Rekomendasi", "Urutan", "Rencana aksi", "Penanggung jawab", "Batas waktu"]


def kind_of(file, user):
    book = workbook.read_workbook(file, file.name)
    return recognising.kind_of(book, shelves.directory_for(user)).name


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_program_wrote_names_its_kind(cast, renaksi, kind):
    assert kind_of(exported(kind, cast.kadir), cast.kadir) == kind


@pytest.mark.parametrize(
    ("sheets", "kind"),
    [
        ({"Rencana aksi": [["Nomor"]]}, "renaksi"),
        ({"Lembar1": [["Rencana aksi Biro"], HEAD]}, "renaksi"),
        ({"Rencana aksi": [HEAD], "Unit": [["Nama"]]}, "all"),
        ({"Lembar1": [["Belanja", "Jumlah"]]}, "all"),
    ],
    ids=["by its sheet", "by its head", "a mixture", "nothing we know"],
)
def test_what_people_made_is_recognised(cast, sheets, kind):
    assert kind_of(upload(sheets), cast.kadir) == kind


def problem(cell, value, message="Unit tidak dikenal."):
    return {
        "sheet": "Rencana aksi", "cell": cell, "column": "Unit", "value": value, "message": message,
    }  # fmt: skip


def test_equal_errors_are_told_once():
    several = [problem(f"D{row}", "Biro X") for row in range(2, 12)]
    first, other = grouped([*several, problem("D20", "", "Isi unitnya.")])
    assert (first.count, first.more, first.values) == (10, 4, ["Biro X"])
    assert (other.cells, other.message) == (["D20"], "Isi unitnya.")


def test_refused_rows_come_first():
    rows = [{"outcome": name, "problems": [], "conflicts": 0} for name in ("new", "refused", "new")]
    assert [row["outcome"] for row in Preview(rows, []).chosen("")] == ["refused", "new", "new"]


def test_the_page_leads_to_what_came_in(signed_in, cast, units, recommendation):
    name = f"{units.setda.name} 2022 / {recommendation.number}"
    rows = [[name, "a", "Rapat bulanan", units.organisasi.name, ""]]
    run = imports.start(
        kind=imports.RECOGNISED,
        upload=upload({"Lembar1": [HEAD, *rows]}),
        actor=cast.kadir,
        at=timezone.now(),
    )
    imports.preview(run)
    assert (run.kind, run.summary["new"]) == ("renaksi", 1)
    imports.carry_out(run, at=timezone.now())
    (part,) = came_in(run, cast.kadir)
    assert (part.count, part.address) == (1, "/renaksi/?bersih=ya")
    text = signed_in(cast.kadir).get(run.get_absolute_url()).content.decode()
    assert part.rows[0].get_absolute_url() in text
