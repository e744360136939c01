"""The command lines: the same code as the pages, for scripts and for who has the machine."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from recommendations.models import Recommendation
from tests.workbooks.books import upload

HEAD = ["LHE", "Nomor", "Rekomendasi"]


@pytest.fixture
def file(tmp_path, recommendation):
    path = tmp_path / "rekomendasi.xlsx"

    def write(*rows):
        path.write_bytes(upload({"Rekomendasi": [HEAD, *rows]}).read())
        return str(path)

    return write


def run(*arguments):
    output = StringIO()
    call_command("import_workbook", *arguments, "--format", "json", stdout=output)
    return json.loads(output.getvalue())


def test_a_dry_run_tells_and_writes_nothing(cast, file):
    path = file(["Sekretariat Daerah 2022", 2, "Baru"])
    found = run("recommendations", path, "--as", "kadir", "--dry-run")
    [left_out] = found.pop("warnings")
    assert left_out["message"].startswith("Kolom yang tidak ada, jadi tidak diubah")
    assert found == {"created": 1, "updated": 0, "unchanged": 0, "errors": [], "questions": []}
    assert Recommendation.objects.count() == 1


def test_it_writes_once(cast, file):
    path = file(["Sekretariat Daerah 2022", 2, "Baru"])
    assert run("recommendations", path, "--as", "kadir")["created"] == 1
    again = run("recommendations", path, "--as", "kadir")
    assert (again["created"], again["unchanged"]) == (0, 1)


def test_an_error_names_sheet_cell_value_and_message(cast, file):
    path = file(["Sekretariat Daerah 2022", "dua", "Baru"])
    output = StringIO()
    for options in (["--dry-run"], []):  # either ends with 1
        with pytest.raises(CommandError, match="tidak ada yang ditulis"):
            call_command(
                "import_workbook", "recommendations", path, "--as=kadir", "--format=json", *options,
                stdout=output,
            )  # fmt: skip
    (error,) = json.JSONDecoder().raw_decode(output.getvalue())[0]["errors"]
    assert (error["sheet"], error["cell"], error["value"]) == ("Rekomendasi", "B2", "dua")
    assert error["message"].endswith(".")


def test_who_may_not_is_told_in_a_sentence(cast, file):
    path = file(["Sekretariat Daerah 2022", 2, "Baru"])
    with pytest.raises(CommandError, match="impor"):
        run("recommendations", path, "--as", "laila")
    with pytest.raises(CommandError, match="Tidak ada pengguna aktif bernama “tono”"):
        run("recommendations", path, "--as", "tono")


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_what_is_exported_comes_back_unchanged(cast, file, tmp_path, suffix):
    path = str(tmp_path / f"keluar.{suffix}")
    call_command(
        "export_workbook", "recommendations", "--output", path, "--as", "kadir", stdout=StringIO()
    )
    found = run("recommendations", path, "--as", "kadir")
    nothing = {"errors": [], "warnings": [], "questions": []}
    assert found == {"created": 0, "updated": 0, "unchanged": 1} | nothing
