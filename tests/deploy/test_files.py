"""Evidence comes in through nginx, goes out through nginx, and through nothing else."""

import io
import stat

import pikepdf
import pytest

from tests.browsing import fields_of
from tests.deploy.machine import MEDIA, run


@pytest.fixture(scope="module")
def operator(machine):
    return machine.client("operator.organisasi")


@pytest.fixture(scope="module")
def stored(machine, operator):
    """A proof that the operator has sent: the address under which it is read, and its file."""
    find = (
        "from recommendations.models import Renaksi; from sakip.models import User;"
        "user = User.objects.get(username='operator.organisasi');"
        "at_work = Renaksi.objects.visible_to(user).filter(status__in=['open', 'in_progress']);"
        "print(at_work.first().pk)"
    )
    address = f"/renaksi/{machine.python(find).strip()}/bukti/baru/"
    fields = fields_of(operator.get(address)) | {"kind": "file", "title": "Notula dari peladen"}
    answer = operator.post(address, data=fields, files={"file": ("notula.pdf", a_pdf())})
    assert answer.status_code == 302, answer.text
    last = (
        "from recommendations.models import EvidenceRevision as R; r = R.objects.latest('pk');"
        "print(r.evidence_id, r.number, r.file.name)"
    )
    pk, number, name = machine.python(last).split()
    return f"/bukti/{pk}/berkas/{number}/", name


def a_pdf() -> bytes:
    file = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(file)
    return file.getvalue()


def test_the_proof_is_sent_by_nginx(machine, operator, stored):
    address, name = stored
    answer = operator.get(address)
    assert (answer.status_code, answer.content) == (200, (MEDIA / name).read_bytes())
    assert answer.headers["ETag"]  # only nginx gives one, so it was no process of the program
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "notula.pdf" in answer.headers["Content-Disposition"]
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Embedder-Policy"] == "require-corp"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "no-store" in answer.headers["Cache-Control"]
    assert "Content-Encoding" not in answer.headers
    assert "X-Accel-Redirect" not in answer.headers


def test_a_part_of_the_proof_may_be_asked(operator, stored):
    answer = operator.get(stored[0], headers={"Range": "bytes=0-3"})
    assert (answer.status_code, answer.content) == (206, b"%PDF")


def test_nobody_else_reads_it(machine, stored):
    assert machine.client().get(stored[0]).status_code == 302
    assert machine.client("operator.pariwisata").get(stored[0]).status_code == 404


def variants(name):
    inside = f"bukti-internal/{name}"
    return [
        f"/{inside}",
        f"//{inside}",
        f"/./{inside}",
        f"/x/../{inside}",
        f"/%62ukti-internal/{name}",
        f"/bukti-internal%2f{name}",
        f"/bukti%2Dinternal/{name}",
        f"/static/../{inside}",
        f"/static/%2e%2e/{inside}",
        f"/static../{inside}",
        f"/static/..%2f..%2f..%2fvar/lib/sakip/media/{name}",
        f"/BUKTI-INTERNAL/{name}",
        f"/{inside}?x=1",
        f"/{inside}%00.css",
        f"/{inside};a=b",
        f"/bukti-internal/../{inside}",
        f"/bukti-internal/x/../{name}",
        f"/galat/../{inside}",
        f"/media/{name}",
        f"/{name}",
        "/bukti-internal/",
        "/bukti-internal",
    ]


def test_no_path_leads_to_it_directly(operator, stored, figure):
    found = {path: operator.raw(path) for path in variants(stored[1])}
    assert set(found.values()) <= {400, 404}, found
    refused = sum(status == 404 for status in found.values())
    assert refused >= 12
    figure(
        "direct paths to evidence",
        f"{len(found)} tried, {refused} × 404, the others 400, none open",
    )


def test_a_link_out_of_the_folder_is_not_followed(machine, operator, stored):
    file = MEDIA / stored[1]
    kept = file.with_suffix(".kept")
    file.rename(kept)
    try:
        file.symlink_to("/etc/passwd")
        answer = operator.get(stored[0])
    finally:
        file.unlink()
        kept.rename(file)
    assert (answer.status_code, b"root:" in answer.content) == (403, False)


def test_files_are_for_the_program_and_nginx_only(stored):
    file = MEDIA / stored[1]
    assert (file.owner(), file.group(), stat.S_IMODE(file.stat().st_mode)) == (
        "sakip",
        "www-data",
        0o640,
    )
    folder = file.parent
    assert (folder.owner(), folder.group(), stat.S_IMODE(folder.stat().st_mode)) == (
        "sakip",
        "www-data",
        0o750,
    )
    assert run("runuser", "-u", "nobody", "--", "cat", file, check=False).returncode != 0
    assert (
        run(
            "runuser", "-u", "www-data", "--", "cat", "/etc/sakip/secret_key", check=False
        ).returncode
        != 0
    )
