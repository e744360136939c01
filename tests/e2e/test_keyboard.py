"""Each main task with a keyboard alone: every stop is seen, nothing lies over it, nothing holds the focus."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from recommendations.selectors import search
from reports.models import IssuedReport
from tests import factories
from tests.e2e.keys import Keys
from tests.kept_figures import keep
from tests.recommendations import files
from tests.workbooks import books

pytestmark = pytest.mark.django_db(transaction=True)

# Without smooth scrolling, what is focused has its place at once.
SCREEN = {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce"}
PROOF = {"name": "laporan.pdf", "mimeType": "application/pdf", "buffer": files.PDF}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PASSWORD = "rahasia-sekali-1"


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def at(visit):
    """at(person, path) gives the page and the keys of somebody without a mouse."""

    def at(person, path="/"):
        visitor = visit(person, **SCREEN)
        page = visitor.open(path)
        page.wait_for_load_state("networkidle")
        return page, Keys(page)

    return at


def choose(page, keys, locator, file):
    """The space bar opens the chooser; what is in it belongs to the desktop."""
    keys.to(locator)
    with page.expect_file_chooser() as chooser:
        keys.press("Space")
    chooser.value.set_files(file)


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def test_signing_in_and_past_the_menu(visit, cast):
    guest = visit(cast.rina, **SCREEN)
    guest.sign_out()
    page = guest.open("/")
    keys = Keys(page)
    expect(page.get_by_label("Nama pengguna")).to_be_focused()
    keys.type("rina")
    keys.to(page.locator("[name=password]")).type(PASSWORD)
    keys.press("Enter")
    button(page, "Menu pengguna: Rina").wait_for()
    keys.press("Tab")
    expect(page.get_by_role("link", name="Langsung ke isi")).to_be_focused()
    keys.press("Enter")
    expect(page.locator("main")).to_be_focused()
    keys.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_operator_writes_proves_and_sends(at, cast, recommendation, units):
    bare = factories.make_renaksi(recommendation, units.organisasi, follow_up="")
    page, keys = at(cast.rina)
    keys.to(page.get_by_role("link", name="Tulis")).press("Enter")
    page.wait_for_selector(".ProseMirror:focus")
    keys.type("Target sudah dianalisis.")
    choose(page, keys, page.locator("input[type=file]"), PROOF)
    keys.to(button(page, "Simpan dan kirim")).press("Enter")
    page.get_by_role("heading", name="Periksa sebelum dikirim").wait_for()
    keys.to(button(page, "Kirim untuk direviu")).press("Enter")
    page.wait_for_url(re.compile(r"//[^/]+/(\?.*)?$"))  # the first page
    bare.refresh_from_db()
    assert bare.status == "submitted"


def test_the_evaluator_accepts_one_and_returns_one(at, cast, recommendation, units):
    made = [
        factories.make_renaksi(recommendation, units.organisasi, status="submitted")
        for _ in range(2)
    ]
    for renaksi in made:
        factories.make_evidence(renaksi)
    page, keys = at(cast.dewi)
    keys.to(page.get_by_role("link", name="Mulai mereviu")).press("Enter")
    page.wait_for_url(f"**/reviu/{made[0].pk}/**")
    keys.to(button(page, "Terima dan berikutnya")).press("Enter")
    page.wait_for_url(f"**/reviu/{made[1].pk}/**")
    keys.to(page.get_by_role("radio").first)
    page.keyboard.press("Space")
    keys.to(page.get_by_label("Catatan")).type("Laporan belum ditandatangani.")
    keys.to(button(page, "Kembalikan dan berikutnya")).press("Enter")
    page.wait_for_url(re.compile(r"/reviu/\?"))
    for renaksi in made:
        renaksi.refresh_from_db()
    assert [renaksi.status for renaksi in made] == ["done", "returned"]


def test_the_coordinator_imports_a_workbook(at, cast, recommendation, units):
    name = f"{units.setda.name} 2022 / {recommendation.number}"
    head = ["Rekomendasi", "Urutan", "Rencana aksi", "Penanggung jawab"]
    book = books.upload({"Lembar1": [head, [name, 1, "Rapat", units.organisasi.name]]}).read()
    file = {"name": "rencana.xlsx", "mimeType": XLSX, "buffer": book}
    page, keys = at(cast.kadir)
    keys.to(page.get_by_role("link", name="Impor", exact=True)).press("Enter")
    page.wait_for_url("**/impor/")
    choose(page, keys, page.locator("input[type=file]"), file)
    keys.to(button(page, "Lihat pratinjau")).press("Enter")
    write = page.get_by_role("button", name="Tulis 1 baris")
    write.wait_for()
    keys.to(write).press("Enter")
    page.get_by_role("heading", name="Yang masuk").wait_for()
    assert recommendation.renaksi.count() == 1


def test_the_coordinator_issues_a_report(at, cast, renaksi):
    page, keys = at(cast.kadir, "/laporan/follow-up-table/")
    keys.to(page.get_by_role("link", name="Terbitkan")).press("Enter")
    page.wait_for_url("**/terbitkan/**")
    keys.to(page.locator("main [name=number]")).type("700/12/2026")
    keys.to(button(page, "Terbitkan")).press("Enter")
    page.wait_for_url("**/laporan/terbit/*/")
    assert IssuedReport.objects.get().number == "700/12/2026"


def test_the_leader_opens_the_worst_unit_and_a_late_item(at, cast, recommendation, units):
    today = timezone.localdate()
    late = factories.make_renaksi(
        recommendation, units.organisasi, due_date=today - timedelta(days=3)
    )
    keep(today)
    page, keys = at(cast.laila)
    keys.to(page.locator(f".look a[href*='{late.get_absolute_url()}']").first).press("Enter")
    page.wait_for_url(f"**{late.get_absolute_url()}")


def test_the_search_from_the_key_to_the_page(at, cast, recommendation, units):
    renaksi = factories.make_renaksi(recommendation, units.organisasi, plan="<p>Peta jabatan</p>")
    search.refresh([renaksi.pk])
    page, keys = at(cast.kadir)
    keys.press("/")
    expect(page.get_by_role("combobox", name="Cari di semua data")).to_be_focused()
    keys.type("peta jab")
    expect(page.get_by_role("option").first.locator("mark")).to_have_text(["Peta", "jab"])
    keys.press("ArrowDown", "Enter")
    page.wait_for_url(f"**{renaksi.get_absolute_url()}")


# Of each role the pages with the most on them; {} is a renaksi, {sent} one that waits for its review.
ROUNDS = {
    "rina": ["/", "/renaksi/", "/renaksi/{}/", "/renaksi/{}/tindak-lanjut/"],
    "dewi": ["/", "/reviu/", "/reviu/{sent}/"],
    "kadir": ["/", "/renaksi/", "/evaluasi/{lhe}/", "/evaluasi/{lhe}/isian/", "/kinerja/isi/"],
    "laila": ["/", "/evaluasi/{lhe}/", "/laporan/", "/uji-konsistensi/"],
}


@pytest.mark.parametrize(
    ("name", "path"), [(name, path) for name, paths in ROUNDS.items() for path in paths]
)
def test_the_focus_goes_round_the_whole_page(at, cast, renaksi, units, name, path):
    """First the skip link, at last out of the page again: nothing keeps the focus."""
    sent = factories.make_renaksi(renaksi.recommendation, units.organisasi, status="submitted")
    objective = factories.make_objective(units.setda)
    factories.make_indicator(objective, units.organisasi, values={2022: 90})
    lhe = renaksi.recommendation.evaluation_id
    page, keys = at(getattr(cast, name), path.format(renaksi.pk, sent=sent.pk, lhe=lhe))
    # From the top, also where the page has put the cursor into an editor.
    page.evaluate("document.body.tabIndex = -1; document.body.focus()")
    for _ in range(400):
        keys.press("Tab")
        if keys.stops[-1] == "":
            break
    assert "Langsung ke isi" in "".join(keys.stops[:1] + keys.stops[-2:])
    assert keys.stops[-1] == "", keys.stops[-5:]
