"""What stands in deploy/ agrees with the program. `make test-deploy` tries it on a server."""

import re
import shlex
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands, load_command_class
from django.urls import get_resolver

ROOT = Path(__file__).parent.parent
SITE = (ROOT / "deploy/nginx/sakip.conf").read_text(encoding="utf-8")
COMMAND = r"^(?:\S+/python )?manage(?:\.py)? ([a-z_]+.*)"
FORMS = (ROOT / "templates").rglob("*.html")
# The templates with a form for files, and an address at which each is shown.
ADDRESSES = {
    "performance/evidence_form.html": "/indikator/1/realisasi/2023/bukti/",
    "recommendations/_work_form.html": "/renaksi/1/tindak-lanjut/",
    "recommendations/evidence_form.html": "/renaksi/1/bukti/baru/",
    "recommendations/letter_form.html": "/evaluasi/1/surat/",
    "recommendations/note_form.html": "/rekomendasi/1/catatan/",
    "recommendations/revision_form.html": "/evaluasi/1/revisi/",
    "reports/verification.html": "/verifikasi/abc/",
    "reports/word_template_upload.html": "/telaah-staf/templat/unggah/",
    "sakip/record_form.html": "/pengaturan/kop-surat/baru/",
    "workbooks/import_list.html": "/impor/",
    "workbooks/word_start.html": "/impor/word/",
}


def limit_at(path) -> int:
    """The megabytes that nginx lets through at this path."""
    blocks = re.findall(r"location (~ )?(\S+) \{([^}]*)\}", SITE)
    found = [
        body
        for is_pattern, place, body in blocks
        if (re.search(place, path) if is_pattern else place != "/" and path.startswith(place))
    ]
    text = found[0] if found else SITE[: SITE.index("location /akun/")]
    number, unit = re.findall(r"client_max_body_size (\d+)([km]);", text)[-1]
    return int(number) if unit == "m" else 0


def test_every_form_for_files_is_known():
    named = {
        str(form.relative_to(ROOT / "templates"))
        for form in FORMS
        if "multipart/form-data" in form.read_text()
    }
    assert named == set(ADDRESSES)


@pytest.mark.parametrize(("template", "path"), ADDRESSES.items())
def test_nginx_lets_through_what_the_program_accepts(template, path):
    assert get_resolver().resolve(path)
    needed = settings.EVIDENCE_MAX_MEGABYTES
    if template == "reports/verification.html":
        needed = settings.VERIFICATION_MAX_MEGABYTES
    elif template == "sakip/record_form.html":
        needed = settings.LOGO_MAX_MEGABYTES
    elif template.startswith("workbooks/"):
        needed = settings.IMPORT_MAX_SIZE // 2**20
    assert limit_at(path) > needed  # the rest of the form comes on top


def test_typed_text_is_let_through_and_no_more():
    assert limit_at("/evaluasi/1/isian/") * 2**20 > settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert limit_at("/evaluasi/1/isian/") < settings.EVIDENCE_MAX_MEGABYTES
    assert limit_at("/akun/masuk/") == 0  # less than a megabyte


def test_the_internal_address_is_the_one_that_the_installation_sets():
    script = (ROOT / "deploy/install").read_text(encoding="utf-8")
    prefix = re.search(r"EVIDENCE_X_ACCEL_PREFIX=(\S+)", script)[1]
    assert f"location {prefix} {{\n        internal;" in SITE
    assert re.search(r"MEDIA_ROOT=(\S+)", script)[1] + "/;" in SITE


def test_files_are_stored_for_the_owner_and_the_group_only():
    assert settings.FILE_UPLOAD_PERMISSIONS == 0o640
    assert settings.FILE_UPLOAD_DIRECTORY_PERMISSIONS == 0o750


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/akun/masuk/", "/tidak-ada/", "/verifikasi/"])
def test_every_page_is_kept_apart_from_other_sites(client, path):
    headers = client.get(path).headers
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cross-Origin-Embedder-Policy"] == "require-corp"


def commands_of_deploy():
    """[name, its arguments] of each command of the program in deploy/."""
    for path in (ROOT / "deploy").rglob("*"):
        if path.is_file() and path.suffix not in (".md", ".py", ".pyc"):
            found = re.findall(COMMAND, path.read_text(), re.MULTILINE)
            yield from (shlex.split(line.partition(" ||")[0]) for line in found)


def test_every_command_of_deploy_is_one_of_the_program():
    commands = list(commands_of_deploy())
    assert len(commands) > 8
    for name, *arguments in commands:
        command = load_command_class(get_commands()[name], name)
        command.create_parser("manage.py", name).parse_args(arguments)
