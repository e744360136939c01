"""Draws the pictures of the guides and of every main page from the running program with its demonstration data
(`make screenshots`).

The program runs on a database of its own, which is gone afterwards, so the pictures show no real data.
"""

import io
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from openpyxl import load_workbook
from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from scripts.pictures import ALBUMS, IMPORT_PREVIEW, MOST_BYTES, TOUR  # noqa: E402  found only now

PASSWORD = "sakip-demo-2023"  # noqa: S105  of the demonstration only
QUIET = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
CLOSE_TOUR = "Mengerti, tutup"
ALIKE = 6  # how far two of 256 steps of red, green or blue may be apart to be one colour


def main():
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
        free.close()
        environment = os.environ | {
            "DEBUG": "on",
            "HTTPS": "off",
            "EMAIL_URL": "memorymail://",
            "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
            "MEDIA_ROOT": folder,
        }
        for command in ("migrate -v0", "load_source", "load_demo", "recount"):
            manage(environment, *command.split())
        server = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, ROOT / "manage.py", "runserver", address, "--noreload"],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_for(f"http://{address}/healthz")
            draw(f"http://{address}")
        finally:
            server.terminate()
            server.wait()


def manage(environment, *arguments):
    command = [sys.executable, ROOT / "manage.py", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)  # noqa: S603 - ours
    if done.returncode:
        sys.exit(done.stderr)


def wait_for(address):
    for _ in range(60):
        try:
            return urllib.request.urlopen(address, timeout=5).close()  # noqa: S310  our own server
        except OSError:
            time.sleep(0.5)
    sys.exit("The program did not start.")


def draw(base):
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET.split())
        windows = {}
        for album in ALBUMS:
            album.folder.mkdir(parents=True, exist_ok=True)
            for picture in album.pictures:
                window = windows.get(picture.person) or signed_in(browser, base, picture.person)
                windows[picture.person] = window
                open_page(window, base, picture)
                keep(album, picture.name, window.screenshot())
        browser.close()


def signed_in(browser, base, person):
    window = browser.new_context(base_url=base, locale="id-ID", color_scheme="light").new_page()
    if person:
        window.goto("/")
        window.fill("[name=login]", person)
        window.fill("[name=password]", PASSWORD)
        window.press("[name=password]", "Enter")
        window.wait_for_load_state("networkidle")
    return window


def open_page(window, base, picture):
    width, height = picture.size
    window.set_viewport_size({"width": width, "height": height})
    if picture.name != TOUR:
        window.goto(base)
        if (button := window.get_by_role("button", name=CLOSE_TOUR)).count():
            button.click()
    window.goto(picture.first)
    if picture.name == IMPORT_PREVIEW:
        upload(window)
        window.goto(picture.first)
    for link in picture.links:
        follow(window, link)
    window.wait_for_load_state("networkidle")


def follow(window, link):
    addresses = window.eval_on_selector_all(
        "main a[href]", "all => all.map(a => a.getAttribute('href'))"
    )
    window.goto(next(one for one in addresses if re.match(link, one)))


def upload(window):
    """What the program exports, with some cells changed and one wrong."""
    book = load_workbook(io.BytesIO(window.request.get("/ekspor/renaksi/").body()))
    sheet = book["Rencana aksi"]
    column = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(3, column["Petugas"]).value = "Umar Contoh"
    sheet.cell(4, column["Batas waktu"]).value = "15 Desember 2026"
    sheet.cell(4, column["Tindak lanjut"]).value = "Kertas kerja telah diisi."
    sheet.cell(5, column["Batas waktu"]).value = "12/31/2026"
    book.save(out := io.BytesIO())
    file = {"name": "rencana-aksi.xlsx", "mimeType": "application/octet-stream"}
    window.set_input_files("[type=file]", file | {"buffer": out.getvalue()})
    window.get_by_role("button", name="Lihat pratinjau").click()
    window.wait_for_load_state("networkidle")


def keep(album, name, drawn):
    """As WebP without loss: letters stay sharp, and few colours are smaller than a blurred photo."""
    picture = Image.open(io.BytesIO(drawn)).convert("RGB")
    for count in (128, 64, 48, 32, 24):
        out = io.BytesIO()
        plain = picture.quantize(palette=palette(picture, count), dither=Image.Dither.NONE)
        plain.convert("RGB").save(out, "WEBP", lossless=True, quality=100)
        if out.tell() <= MOST_BYTES:
            break
    (album.folder / f"{name}.webp").write_bytes(out.getvalue())
    sys.stdout.write(f"{name}: {out.tell()} bytes\n")


def palette(picture, count):
    """The colours that most of the picture has. So a small green square stays green: Pillow's own choice makes
    it grey, because most colours are greys at the edges of letters.
    """
    chosen = []
    for _, colour in sorted(picture.getcolors(picture.width * picture.height), reverse=True):
        if all(max(abs(a - b) for a, b in zip(colour, one, strict=True)) > ALIKE for one in chosen):
            chosen.append(colour)
        if len(chosen) == count:
            break
    image = Image.new("P", (1, 1))
    image.putpalette([value for colour in chosen for value in colour])
    return image


if __name__ == "__main__":
    main()
