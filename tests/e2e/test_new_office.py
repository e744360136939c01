"""The first hour of a new office before a real browser, in an empty program.

The script is `docs/panduan/kantor-baru.md`: of each numbered step, what is bold is pressed or filled in and
what is quoted is looked for, always on the page that the step before led to. The test gives the data.
"""

import re
from contextlib import nullcontext
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from playwright.sync_api import expect

from sakip.models import User
from tests.recommendations import files

GUIDE = Path("docs/panduan/kantor-baru.md").read_text(encoding="utf-8")
PARTS = {
    part.partition("\n")[0].rpartition(": ")[2]: re.findall(r"^\d+\. (.+)", part, re.MULTILINE)
    for part in GUIDE.split("\n## ")
}
BOLD_OR_QUOTED = re.compile(r"\*\*(.+?)\*\*|“(.+?)”")
RUBRICS = import_module("recommendations.migrations.0003_national_rubrics")
PASSWORD = "langit biru kursi 7"
PROVINCE = "Pemerintah Provinsi Contoh"

pytestmark = pytest.mark.django_db(transaction=True)


class Reader:
    """Somebody before a browser of their own who does what the guide says, step by step."""

    def __init__(self, visitor, done):
        self.visitor, self.page, self.done = visitor, visitor.page, done

    def do(self, part, number, **values):
        """Fills in `values` by their labels, and does the step. A label that is bold is filled in at its place."""
        values = {label.replace("_", " "): value for label, value in values.items()}
        words = BOLD_OR_QUOTED.findall(PARTS[part][number - 1])
        named = {bold for bold, _ in words}
        for label in [label for label in values if label not in named]:
            self._fill(label, values[label])
        for bold, quoted in words:
            if bold in values:
                self._fill(bold, values[bold])
            elif bold:
                self._press(bold)
            else:
                expect(self.page.get_by_text(quoted).first).to_be_visible()
        self.done.add((part, number))
        return self

    def _press(self, name):
        name = re.compile(rf"^{re.escape(name)}( Renaksi .+)?$")  # the record may be named, unseen
        link, button = (self.page.get_by_role(role, name=name) for role in ("link", "button"))
        target = link.or_(button).locator("visible=true").first
        sends = target.get_attribute("type") == "submit"
        with self.page.expect_navigation() if sends else nullcontext():
            target.click()
        if sends:
            expect(self.page.locator(".error-summary")).to_have_count(0)

    def _fill(self, label, value):
        field = self.page.locator("main").get_by_label(re.compile(rf"^\s*{re.escape(label)}"))
        field = field.locator("visible=true").first
        kind = field.evaluate("one => one.isContentEditable ? 'text' : one.type || one.tagName")
        if kind == "select-one":
            option = field.locator("option", has_text=value).first
            field.select_option(option.get_attribute("value"))
        elif kind == "checkbox":
            field.set_checked(value)
        else:
            field.fill(value)


@pytest.fixture
def reader(visit, settings, tmp_path):
    """reader() is a Reader who has not signed in. An empty program is one that `migrate` and `createsuperuser` have made."""
    settings.MEDIA_ROOT = tmp_path
    RUBRICS.load(apps, None)
    User.objects.create_superuser("pertama", "", PASSWORD, name="Orang Pertama")
    done = set()
    return lambda: Reader(visit(None), done)


def test_the_first_hour(reader):
    first = begin(reader())
    new_unit(first, PROVINCE, "Dinas", "Dinas Pariwisata", "dispar")
    new_unit(first, PROVINCE, "Inspektorat", "Inspektorat", "itprov")
    new_unit(first, "Dinas Pariwisata", "Bidang", "Bidang Pemasaran", "dispar-1")
    sari = invited(first, reader(), "Sari", "Koordinator", "Dinas Pariwisata")
    mega = invited(first, reader(), "Mega", "Operator", "Bidang Pemasaran")
    lukman = invited(first, reader(), "Lukman", "Pimpinan", "Dinas Pariwisata")
    eva = invited(first, reader(), "Eva", "Evaluator", "Inspektorat", Mengevaluasi_semua=True)
    prepare(sari)
    register(sari)
    divide(sari, mega)
    go_round(sari, mega, eva, lukman)
    every = {(part, at) for part, steps in PARTS.items() for at in range(1, len(steps) + 1)}
    assert every - first.done == set()
    assert [one.visitor.complaints for one in (first, sari, mega, lukman, eva)] == [[]] * 5


def begin(first):
    first.page.goto("/")
    first.do("mulai", 1, Nama_pengguna="pertama", Kata_sandi=PASSWORD).do("mulai", 2)
    office = {"Nama pemerintah provinsi": PROVINCE, "Sebutan pimpinan": "Gubernur Contoh"}
    return first.do("mulai", 3, Kode="prov", **office).do("mulai", 4)


def new_unit(host, parent, kind, name, code):
    host.do("unit", 1).do("unit", 2, Unit_induk=parent, Jenis=kind, Nama=name, Kode=code)


def invited(host, guest, name, role, unit, **more):
    """`guest` becomes the person whom `host` has added, by the link that is shown once."""
    account = name.lower()
    host.do("orang", 1)
    host.do("orang", 2, Nama=name, Nama_pengguna=account, Peran=role, Unit=unit, **more)
    link = host.page.locator("main code").inner_text()
    host.do("orang", 3)
    guest.page.goto(link)
    twice = {"Kata sandi baru": PASSWORD, "Kata sandi baru, sekali lagi": PASSWORD}
    guest.do("orang", 4, **twice)
    return guest.do("orang", 5, Nama_pengguna=account, Kata_sandi=PASSWORD)


def prepare(sari):
    head = {"Pangkat": "Pembina", "NIP": "197001011995031001", "Jabatan": "Kepala Dinas Pariwisata"}
    sari.do("surat", 1).do("surat", 2, Nama="Dimas Contoh", Unit="Dinas Pariwisata", **head)
    printed = {"Pemerintah": PROVINCE.upper(), "Nama perangkat daerah": "DINAS PARIWISATA"}
    sari.do("surat", 3)
    sari.do("surat", 4, Perangkat_daerah="Dinas Pariwisata", Alamat="Jalan Contoh 1", **printed)


def register(sari):
    letter = {"Nomor LHE": "700/1/2023", "Tanggal LHE": "2 Oktober 2023"}
    years = {"Tahun kinerja": "2022", "Tahun evaluasi": "2023"}
    sari.do("LHE pertama", 1)
    what = {"Perangkat daerah": "Dinas Pariwisata", "Rubrik": "88/2021"}
    sari.do("LHE pertama", 2, **what, **years, **letter)
    scores = sari.page.get_by_label(re.compile(r"^\s*Nilai\s*$"))
    expect(scores).to_have_count(4)
    for field, value in zip(scores.all(), ("21", "20", "9", "15"), strict=True):
        field.fill(value)
    sari.do("LHE pertama", 3)
    expect(sari.page.get_by_text("65,00").first).to_be_visible()
    sari.do("LHE pertama", 4).do("LHE pertama", 5, Isi="Memanfaatkan hasil pengukuran kinerja")


def divide(sari, mega):
    sari.page.get_by_role("link", name="1. ").first.click()
    sari.do("membagi pekerjaan", 1)
    plan = {"Rencana": "Rapat evaluasi triwulan", "Batas waktu": "31 Desember 2030"}
    sari.do("membagi pekerjaan", 2, Penanggung_jawab="Bidang Pemasaran", Petugas="Mega", **plan)
    mega.page.reload()
    mega.do("membagi pekerjaan", 3)


def go_round(sari, mega, eva, lukman):
    part = "putaran pertama"
    proof = {"name": "laporan.pdf", "mimeType": "application/pdf", "buffer": files.PDF}
    mega.do(part, 1)
    mega.page.locator("input[type=file]").first.set_input_files(proof)
    mega.do(part, 2, Uraian="Rapat dilaksanakan setiap triwulan.").do(part, 3)
    eva.page.reload()
    eva.do(part, 4).do(part, 5)
    lukman.page.reload()
    lukman.do(part, 6)
    expect(lukman.page.locator("main")).to_contain_text("dan 1 diverifikasi")
    sari.do(part, 7)
    sari.page.get_by_role("link", name="Dinas Pariwisata").first.click()
    with sari.page.expect_download() as paper:
        sari.do(part, 8)
    assert Path(paper.value.path()).read_bytes().startswith(b"%PDF-")
