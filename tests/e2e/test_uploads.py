"""Choosing and sending files in a real browser: smaller photos, the camera, a break in the line."""

import io

import pytest
from django.urls import reverse
from PIL import Image, ImageFilter

from recommendations.models import Evidence
from sakip.models import PartialUpload
from sakip.services.partial_uploads import PART
from tests import factories
from tests.recommendations import files

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
LONG = files.long_pdf(4 * PART)  # five parts
PARTS = "**/unggahan/*/**"


def photo(size=(4000, 3000), *, orientation=1):
    """A grainy JPEG of several megabytes with a place in its metadata."""
    picture = Image.effect_noise(size, 90).convert("RGB").filter(ImageFilter.GaussianBlur(1))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif.get_ifd(0x8825)[2] = (5.0, 8.0, 12.0)
    output = io.BytesIO()
    picture.save(output, "JPEG", quality=95, exif=exif)
    return output.getvalue()


def file(name, content, kind="application/pdf"):
    return {"name": name, "mimeType": kind, "buffer": content}


@pytest.fixture
def renaksi(recommendation, units):
    return factories.make_renaksi(recommendation, units.organisasi)


@pytest.fixture
def page(visit, cast, renaksi):
    visitor = visit(cast.rina, **PHONE)
    page = visitor.open(reverse("recommendations:evidence-create", args=[renaksi.pk]))
    page.complaints = visitor.complaints
    return page


def field(page):
    return page.locator("#id_file")


def save(page):
    page.get_by_role("button", name="Simpan").click()


def stored(renaksi):
    return Evidence.objects.get(renaksi=renaksi).revisions.get()


def content(renaksi):
    with stored(renaksi).file.open() as kept:
        return kept.read()


def test_a_large_photo_becomes_smaller_and_upright(page, renaksi):
    taken = photo(orientation=6)
    field(page).set_input_files(file("IMG_1.jpg", taken, "image/jpeg"))
    line = page.get_by_text("IMG_1.jpg:")
    line.wait_for()
    assert "MB → " in line.inner_text()
    with page.expect_navigation():
        save(page)
    assert stored(renaksi).size < len(taken) / 2
    with Image.open(io.BytesIO(content(renaksi))) as picture:
        assert picture.size == (1920, 2560)
        assert not picture.getexif()
    assert not page.complaints


def test_the_original_is_sent_to_whoever_wants_that(page, renaksi):
    field(page).set_input_files(file("IMG_1.jpg", photo((3000, 2000)), "image/jpeg"))
    page.get_by_role("button", name="Kirim aslinya").click()
    assert "MB → " not in page.locator(".chosen-files").inner_text()
    with page.expect_navigation():
        save(page)
    with Image.open(io.BytesIO(content(renaksi))) as picture:
        assert picture.size == (3000, 2000)


@pytest.mark.parametrize(
    "chosen",
    [
        file("laporan.pdf", files.PDF),
        file("kecil.jpg", files.picture("JPEG"), "image/jpeg"),
        file("bohong.jpg", b"bukan foto" * 300_000, "image/jpeg"),
    ],
    ids=["pdf", "small", "no photo"],
)
def test_what_is_no_large_photo_is_left_alone(page, chosen):
    field(page).set_input_files(chosen)
    page.get_by_text(chosen["name"]).wait_for()
    size = page.evaluate("document.querySelector('#id_file').files[0].size")
    assert size == len(chosen["buffer"])


def test_a_picture_with_a_hole_keeps_it(page):
    noise = Image.effect_noise((2800, 700), 90).convert("RGBA")
    noise.putpixel((0, 0), (0, 0, 0, 0))
    output = io.BytesIO()
    noise.save(output, "PNG")
    field(page).set_input_files(file("cap.png", output.getvalue(), "image/png"))
    page.get_by_text("cap.png").wait_for()
    assert page.evaluate("document.querySelector('#id_file').files[0].type") == "image/png"


def test_the_camera_adds_to_what_was_chosen(page):
    field(page).set_input_files(file("laporan.pdf", files.PDF))
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Ambil foto").click()
    assert chooser.value.element.get_attribute("capture") == "environment"
    chooser.value.set_files(file("foto.jpg", files.picture("JPEG"), "image/jpeg"))
    page.get_by_text("foto.jpg").wait_for()
    names = page.evaluate("[...document.querySelector('#id_file').files].map((one) => one.name)")
    assert names == ["laporan.pdf", "foto.jpg"]
    page.get_by_role("button", name="Hapus laporan.pdf").click()
    assert page.evaluate("document.querySelector('#id_file').files.length") == 1


def test_a_large_file_comes_in_parts_and_shows_how_far_it_is(page, renaksi):
    seen = []
    page.route(
        PARTS,
        lambda route: (
            seen.append(page.locator(".upload-progress").inner_text()),
            route.continue_(),
        ),
    )
    field(page).set_input_files(file("Laporan.pdf", LONG))
    with page.expect_navigation():
        save(page)
    assert len(seen) == 5
    assert seen[2].replace("\xa0", " ") == "Mengunggah Laporan.pdf: 49 % (1,0 MB dari 2,0 MB)"
    assert content(renaksi) == LONG
    assert not PartialUpload.objects.exists()
    assert not page.complaints


def test_after_a_break_it_goes_on_where_it_stopped(page, renaksi):
    sent = []

    def broken_once(route):
        sent.append(route.request.url.rpartition("=")[2])
        route.abort() if len(sent) == 3 else route.continue_()

    page.route(PARTS, broken_once)
    field(page).set_input_files(file("Laporan.pdf", LONG))
    save(page)
    page.get_by_text("Sambungan terputus.").wait_for()
    with page.expect_navigation():
        page.get_by_role("button", name="Coba lagi").click()
    assert sent == [str(place * PART) for place in (0, 1, 2, 2, 3, 4)]
    assert content(renaksi) == LONG


def test_who_closes_the_tab_goes_on_after_choosing_the_file_again(page, renaksi, tmp_path):
    path = tmp_path / "Laporan.pdf"
    path.write_bytes(LONG)
    sent = []

    def stop_at_three(route):
        sent.append(route.request.url.rpartition("=")[2])
        route.abort() if len(sent) == 3 else route.continue_()

    page.route(PARTS, stop_at_three)
    field(page).set_input_files(path)
    save(page)
    page.get_by_text("Sambungan terputus.").wait_for()
    address = page.url
    page.close(run_before_unload=False)
    other = page.context.new_page()
    other.route(PARTS, stop_at_three)
    other.goto(address)
    field(other).set_input_files(path)
    with other.expect_navigation():
        save(other)
    assert sent[3:] == [str(place * PART) for place in (2, 3, 4)]
    assert content(renaksi) == LONG


def test_without_a_line_nothing_is_lost_and_it_can_be_stopped(page, renaksi):
    field(page).set_input_files(file("Laporan.pdf", LONG))
    page.get_by_label("Judul").fill("Laporan akhir tahun")
    page.context.set_offline(True)
    save(page)
    page.get_by_text("Sambungan terputus.").wait_for()
    page.get_by_role("button", name="Hentikan").click()
    page.get_by_text("Unggahan dihentikan.").wait_for()
    page.context.set_offline(False)
    with page.expect_navigation():
        save(page)
    assert Evidence.objects.get().title == "Laporan akhir tahun"


def test_an_ended_session_says_so_and_goes_on_after_signing_in(page, renaksi, client, cast):
    field(page).set_input_files(file("Laporan.pdf", LONG))
    page.context.clear_cookies(name="sessionid")
    save(page)
    page.get_by_text("Sesi berakhir. Masuk lagi di tab lain").wait_for()
    assert not PartialUpload.objects.exists()


def test_a_refused_form_keeps_the_file_that_has_come(page, renaksi):
    field(page).set_input_files(file("Laporan.pdf", LONG))
    page.get_by_label("Tanggal").fill("31 Februari 2023")
    with page.expect_navigation():
        save(page)
    assert page.get_by_label("Sudah terunggah: Laporan.pdf").is_checked()
    page.get_by_label("Tanggal").fill("28 Februari 2023")
    with page.expect_navigation():
        save(page)
    assert content(renaksi) == LONG


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(page, settings):
    settings.EVIDENCE_MAX_MEGABYTES = 1
    field(page).set_input_files(file("Laporan.pdf", LONG))
    save(page)
    page.get_by_text("lebih besar dari 1 MB").wait_for()
    assert not PartialUpload.objects.exists()


def test_where_the_server_refuses_parts_the_file_goes_with_the_form(page, renaksi, settings):
    settings.PARTIAL_UPLOADS_MEGABYTES = 0
    field(page).set_input_files(file("Laporan.pdf", LONG))
    with page.expect_navigation():
        save(page)
    assert content(renaksi) == LONG


def test_a_row_of_the_first_page_takes_a_large_file_too(visit, cast, renaksi):
    """htmx exchanges the row; after an error it shows what has come, once."""
    visitor = visit(cast.rina)
    page = visitor.open("/")
    page.get_by_role("link", name="Tulis").first.click()
    page.locator("input[type=file]").set_input_files(file("Laporan.pdf", LONG))
    page.get_by_text("Nomor, tanggal, halaman, keterangan").click()
    page.get_by_label("Tanggal dokumen").fill("31 Februari 2023")
    page.get_by_role("button", name="Simpan", exact=True).click()
    page.get_by_label("Sudah terunggah: Laporan.pdf").wait_for()
    assert page.locator("[name=unggahan]").count() == 1
    page.get_by_label("Tanggal dokumen").fill("28 Februari 2023")
    page.get_by_role("button", name="Simpan", exact=True).click()
    page.get_by_text("“Laporan” disimpan").wait_for()
    assert content(renaksi) == LONG
