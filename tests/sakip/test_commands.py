"""Whom a command line acts for: a person by name, or the system by a word of its own."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

EXPORTS = {
    "export_workbook": ["units", "--output"],
    "export_report": ["consistency", "--format=csv", "--output"],
}


@pytest.fixture(params=[*EXPORTS, "check_consistency", "import_workbook"])
def command(request, tmp_path):
    """command(*words) runs it as far as it goes."""
    file = tmp_path / "berkas.xlsx"
    arguments = {"check_consistency": [], "import_workbook": ["units", str(file)]}
    arguments |= {name: [*words, str(file)] for name, words in EXPORTS.items()}

    def run(*words):
        assert not file.exists()
        call_command(request.param, *arguments[request.param], *words, stdout=StringIO())

    return run


def test_a_failure_that_cannot_be_mailed_is_told_in_a_sentence(settings):
    settings.ADMINS = [("", "pengelola@example.go.id")]
    settings.MAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(CommandError, match="tidak terkirim"):
        call_command("tell_failure", "sakip-backup")


@pytest.mark.parametrize("empty", ["", " "])
def test_an_empty_name_is_refused_and_does_not_mean_everybody(cast, command, empty):
    with pytest.raises(CommandError, match="Nama pengguna kosong"):
        command("--as", empty)


def test_nobody_is_the_system_by_saying_nothing(cast, command):
    with pytest.raises(CommandError, match="--as"):
        command()


def test_an_unknown_name_is_told(cast, command):
    with pytest.raises(CommandError, match="Tidak ada pengguna aktif bernama “budi”"):
        command("--as", "budi")


@pytest.mark.parametrize("name", EXPORTS)
def test_the_system_is_asked_for_by_its_own_word(cast, tmp_path, name):
    file = tmp_path / "berkas.csv" if name == "export_report" else tmp_path / "berkas.xlsx"
    call_command(name, *EXPORTS[name], str(file), "--as-system", stdout=StringIO())
    assert file.stat().st_size
    with pytest.raises(CommandError, match="--as"):
        call_command(name, *EXPORTS[name], str(file), "--as-system", "--as=kadir")


def test_the_system_imports_nothing(cast, tmp_path):
    """An import is somebody's: its history names a person."""
    with pytest.raises(CommandError):
        call_command("import_workbook", "units", str(tmp_path / "a.xlsx"), "--as-system")
