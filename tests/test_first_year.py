"""The first year of a new body, from an empty program to its dossier, in pages only.

Everybody signs in with the password that they chose themselves. What a person types stands in `send`;
everything else is taken from the form on the page, as a browser does.
"""

import re
from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from lxml import html

from recommendations.models import Evaluation, Renaksi
from sakip.models import Unit, User

load_national_rubrics = import_module("recommendations.migrations.0003_national_rubrics").load
PASSWORD = "Sandi-pilihan-sendiri-1"
LINK = re.compile(r"http://testserver(/akun/undangan/[^\s\"<]+)")


class Person:
    """Somebody before a browser without scripts. `page` is the answer to the last request."""

    def __init__(self):
        self.client = Client()

    def open(self, address):
        self.page = self.client.get(address, follow=True)
        assert self.page.status_code == 200, (address, self.page.status_code)
        return self

    def press(self, words):
        """Follows the link with these words."""
        found = [link for link in self._document().iter("a") if words in link.text_content()]
        assert found, f"no link “{words}” on {self.page.request['PATH_INFO']}"
        return self.open(found[0].get("href"))

    def send(self, button, **values):
        """Fills in the form that has this button, and presses it. The answer must not be that form again."""
        before = self.page.request["PATH_INFO"]
        form, pressed = self._form_with(button)
        for name, value in values.items():
            form.fields[name] = value
        data = {}
        for name, value in [*form.form_values(), *pressed]:
            data.setdefault(name, []).append(value)
        self.page = self.client.post(form.get("action") or self._here(), data, follow=True)
        complaints = [
            one.text_content().strip() for one in self._document().find_class("invalid-feedback")
        ]
        assert self.page.status_code == 200, (before, self.page.status_code)
        assert not complaints, (before, complaints)
        return self

    @property
    def text(self) -> str:
        return " ".join(self._document().text_content().split())

    def _here(self):
        request = self.page.request
        return f"{request['PATH_INFO']}?{request['QUERY_STRING']}"

    def _document(self):
        return html.document_fromstring(self.page.content.decode())

    def _form_with(self, words):
        for form in self._document().forms:
            for one in form.iter("button"):
                if one.text_content().strip() == words:
                    name = one.get("name")
                    return form, [(name, one.get("value") or "")] if name else []
        raise AssertionError(f"no button “{words}” on {self.page.request['PATH_INFO']}")


@pytest.fixture
def chief(db):
    load_national_rubrics(apps, None)  # as `migrate` does; the other tests begin without them
    User.objects.create_superuser("admin", "a@contoh.example", PASSWORD, name="Admin")
    person = Person()
    person.open("/").send("Masuk", login="admin", password=PASSWORD)
    return person


def invited(host, name, role, unit, **fields):
    """The person whom `host` has just added and who has chosen a password."""
    host.open(reverse("sakip:user-create"))
    username = name.lower()
    host.send(
        "Simpan dan undang", name=name, username=username, role=role, unit=str(unit.pk), **fields
    )
    link = LINK.search(host.page.content.decode()).group(1)
    person = Person()
    person.open(link).send("Simpan kata sandi", password1=PASSWORD, password2=PASSWORD)
    person.open("/").send("Masuk", login=username, password=PASSWORD)
    assert name.split()[0] in person.text
    return person


def new_unit(host, name, kind, parent, code):
    host.open(reverse("sakip:unit-create"))
    host.send("Simpan", name=name, kind=kind, parent=str(parent.pk), code=code)
    return Unit.objects.get(name=name, parent=parent)


def test_a_new_body_gets_through_its_first_year(chief):
    chief.press("Mulai").send("Mulai", name="Provinsi Contoh", code="prov")
    province = Unit.objects.get()
    dinas = new_unit(chief, "Dinas Pariwisata", "dinas", province, "dispar")
    inspectorate = new_unit(chief, "Inspektorat", "inspectorate", province, "itprov")
    ika = invited(chief, "Ika", "coordinator", inspectorate)
    eva = invited(ika, "Eva", "evaluator", inspectorate, evaluates_all=True)
    sari = invited(chief, "Sari", "coordinator", dinas)

    prepare(sari, dinas)
    bidang = Unit.objects.get(name="Bidang Pemasaran")
    mega = invited(sari, "Mega", "operator", bidang)
    register(sari, dinas)
    assert "Langkah awal ·" not in sari.open("/").text

    follow_up(mega)
    review(eva)
    print_out(sari)
    next_year(sari)


def prepare(sari, dinas):
    """The list of first steps leads to every page that is needed."""
    sari.open("/")
    assert "2 dari 7 selesai" in sari.text  # a national rubric and the evaluator
    sari.press("Unit kerja")
    sari.send(
        "Simpan", name="Bidang Pemasaran", kind="field", parent=str(dinas.pk), code="dispar-1"
    )
    sari.open("/").press("Pejabat penanda tangan")
    head = {"rank": "Pembina", "position": "Kepala Dinas Pariwisata", "unit": str(dinas.pk)}
    sari.send("Simpan", name="Dimas Contoh", nip="197001011995031001", **head)
    sari.open("/").press("Kop surat")
    head = {"government": "PEMERINTAH PROVINSI CONTOH", "address": "Jalan Contoh 1"}
    sari.send("Simpan", unit=str(dinas.pk), body="DINAS PARIWISATA", **head)


def register(sari, dinas):
    """The LHE: its head, its scores, and a list pasted from the letter."""
    sari.open("/").press("LHE pertama")
    rubric = next(
        option.get("value")
        for option in sari._document().xpath("//select[@name='rubric']/option")
        if "88/2021" in option.text_content()
    )
    sari.send(
        "Simpan", unit=str(dinas.pk), performance_year="2025", evaluation_year="2026", rubric=rubric
    )
    form, _ = sari._form_with("Simpan nilai")
    scores = dict(
        zip(
            sorted(n for n in form.fields if n.endswith("-score")),
            ("21", "20", "9", "15"),
            strict=True,
        )
    )
    sari.send("Simpan nilai", **scores)
    evaluation = Evaluation.objects.get()
    assert sum(row.score for row in evaluation.scores.all()) == 65
    sari.open(reverse("recommendations:evaluation-table", args=[evaluation.pk]))
    sari.press("Tempel")
    sari.send(
        "Lihat hasilnya",
        teks="1. Memanfaatkan hasil pengukuran\n   a. dalam rapat triwulan\n   b. dalam rencana aksi\n2. Menyampaikan laporan tepat waktu",
    )
    sari.send("Simpan")
    assert evaluation.recommendations.count() == 2
    sari.open(reverse("recommendations:evaluation-table", args=[evaluation.pk])).press("Tempel")
    sari.send(
        "Lihat hasilnya",
        teks="1\tRapat evaluasi triwulan\tBidang Pemasaran\tMega\t31 Desember 2030",
    )
    sari.send("Simpan")
    renaksi = Renaksi.objects.get()
    assert (str(renaksi.lead_unit), str(renaksi.person)) == ("Bidang Pemasaran", "Mega")


def follow_up(mega):
    renaksi = Renaksi.objects.get()
    assert "Tugas Anda" in mega.open("/").text
    mega.open(reverse("recommendations:renaksi-edit", args=[renaksi.pk]))
    mega.send("Simpan", follow_up="<p>Rapat sudah dilaksanakan setiap triwulan.</p>")
    mega.open(reverse("recommendations:evidence-create", args=[renaksi.pk]))
    mega.send("Simpan", kind="link", title="Notula", url="https://contoh.example/notula")
    mega.open(reverse("recommendations:renaksi-submit", args=[renaksi.pk])).send(
        "Kirim untuk direviu"
    )
    renaksi.refresh_from_db()
    assert renaksi.status == "submitted"


def review(eva):
    assert "Mulai mereviu" in eva.open("/").text
    eva.press("Mulai mereviu").send("Terima dan berikutnya")
    renaksi = Renaksi.objects.get()
    assert renaksi.status == "done"
    assert f"{renaksi.named_for(User.objects.get(username='eva'))}: diterima" in eva.text


def print_out(sari):
    evaluation = Evaluation.objects.get()
    answer = sari.client.get(
        reverse("reports:report-download", args=["follow-up-table", "pdf"]),
        {"evaluasi": evaluation.pk},
    )
    assert (
        b"".join(answer.streaming_content if answer.streaming else [answer.content])[:5] == b"%PDF-"
    )
    sari.open(reverse("reports:dossier-detail", args=[evaluation.pk]))
    assert "Dokumen lengkap" in sari.text


def next_year(sari):
    """Recommendation 2 has no renaksi yet and is open; recommendation 1 is done."""
    sari.open(reverse("recommendations:evaluation-next-year", args=[Evaluation.objects.get().pk]))
    sari.send("Mulai LHE baru")
    following = Evaluation.objects.get(performance_year=2026)
    again = following.recommendations.get()
    assert (again.number, again.previous.number) == (1, 2)
    assert "Berulang sejak LHE tahun kinerja 2025" in sari.open(following.get_absolute_url()).text
