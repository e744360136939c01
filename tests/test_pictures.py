"""Every main page has its picture in `docs/halaman.md`; what `make screenshots` draws is small and is shown."""

import re

import pytest
from django.urls import resolve

from sakip.navigation import ENTRIES
from scripts.pictures import ALBUMS, DOCS, MOST_BYTES, PAGES

MOST_BYTES_TOGETHER = 1_000_000
SHOWN = re.findall(
    r"\]\(gambar/halaman/([\w-]+)\.webp\)", (DOCS / "halaman.md").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("album", ALBUMS, ids=lambda album: album.folder.name)
def test_what_is_drawn_lies_there_and_nothing_else(album):
    files = {path.stem: path.stat().st_size for path in album.folder.iterdir()}
    assert sorted(files) == sorted(picture.name for picture in album.pictures)
    assert {name: size for name, size in files.items() if size > MOST_BYTES} == {}


def test_each_picture_of_a_page_is_shown_once():
    assert sorted(SHOWN) == sorted(picture.name for picture in PAGES.pictures)
    assert sum(path.stat().st_size for path in PAGES.folder.iterdir()) < MOST_BYTES_TOGETHER


def test_every_entry_of_the_menu_has_a_picture():
    drawn = {resolve(picture.first.partition("?")[0]).view_name for picture in PAGES.pictures}
    assert {entry.url_name for entry in ENTRIES} - drawn == set()
