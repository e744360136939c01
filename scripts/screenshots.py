"""Draws the pictures of the guides from the running program with its demonstration data (`make screenshots`).

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

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "panduan" / "gambar"
PASSWORD = "sakip-demo-2023"  # noqa: S105  of the demonstration only
WIDTH, HEIGHT = 1100, 760
MOST_BYTES = 60_000
QUIET = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
# Name of the picture, who looks, the first page, links to follow from it as patterns of their addresses.
PICTURES = (
    ("tur", "operator.organisasi", "/", ()),
    ("operator-beranda", "operator.organisasi", "/", ()),
    (
        "operator-tulis",
        "operator.organisasi",
        "/renaksi/?status=returned",
        (r"/renaksi/\d+/$", r"/renaksi/\d+/tindak-lanjut/$"),
    ),
    ("evaluator-beranda", "evaluator", "/", ()),
    ("evaluator-reviu", "evaluator", "/reviu/", (r"/reviu/\d+/",)),
    ("koordinator-beranda", "koordinator", "/", ()),
    ("koordinator-lhe", "koordinator", "/evaluasi/", (r"/evaluasi/\d+/$",)),
    ("koordinator-rencana", "koordinator", "/renaksi/", ()),
    ("impor", "koordinator", "/impor/", ()),
    ("laporan", "koordinator", "/laporan/", ()),
    ("pimpinan-beranda", "pimpinan", "/", ()),
)


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
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
        for command in ("migrate -v0", "load_source", "load_demo"):
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
        pages = {}
        for name, person, first, links in PICTURES:
            page = pages.get(person) or signed_in(browser, base, person)
            pages[person] = page
            if name != "tur":
                page.goto(base)
                if (button := page.get_by_role("button", name="Mengerti, tutup")).count():
                    button.click()
            page.goto(base + first)
            for link in links:
                follow(page, base, link)
            page.wait_for_load_state("networkidle")
            keep(name, page.screenshot())
        browser.close()


def signed_in(browser, base, person):
    page = browser.new_context(
        viewport={"width": WIDTH, "height": HEIGHT}, locale="id-ID"
    ).new_page()
    page.goto(base)
    page.fill("[name=login]", person)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_load_state("networkidle")
    return page


def follow(page, base, link):
    addresses = page.eval_on_selector_all(
        "main a[href]", "all => all.map(a => a.getAttribute('href'))"
    )
    page.goto(base + next(one for one in addresses if re.match(link, one)))


def keep(name, drawn):
    """As WebP, with as much detail as fits."""
    picture = Image.open(io.BytesIO(drawn))
    for quality in (80, 65, 50, 35):
        out = io.BytesIO()
        picture.save(out, "WEBP", quality=quality, method=6)
        if out.tell() <= MOST_BYTES:
            break
    (FOLDER / f"{name}.webp").write_bytes(out.getvalue())
    sys.stdout.write(f"{name}: {out.tell()} bytes\n")


if __name__ == "__main__":
    main()
