"""The first pages of a PDF as one picture, for screens on which no browser shows a PDF, such as of phones.

A picture runs nothing, whatever is in the PDF.
"""

from functools import lru_cache
from io import BytesIO
from threading import Lock

from django.http import Http404
from PIL import Image

from sakip.uploads.serving import GONE

PAGES, WIDTH, TALLEST, GAP = 3, 800, 1_600, 12  # pixels
QUALITY, KEPT = 75, 48  # pictures of some 150 KB that each process keeps
UNREADABLE = "Halaman PDF ini tidak dapat digambar. Buka berkasnya."
ONE_AT_A_TIME = Lock()  # the library is not made for several threads


def first_pages(file) -> bytes:
    """A JPEG of the first PAGES pages, one below the other. Http404 when the file is gone or unreadable."""
    return _drawn(file.storage, file.name)


@lru_cache(maxsize=KEPT)
def _drawn(storage, name) -> bytes:
    """What is stored under a name never changes."""
    try:
        with storage.open(name, "rb") as stored:
            content = stored.read()
    except FileNotFoundError as error:
        raise Http404(GONE) from error
    output = BytesIO()
    _stacked(_pages(content)).save(output, "JPEG", quality=QUALITY)
    return output.getvalue()


def _pages(content) -> list[Image.Image]:
    import pypdfium2  # only who asks for such a picture waits for it

    with ONE_AT_A_TIME:
        try:
            with pypdfium2.PdfDocument(content) as document:
                return [_page(document[index]) for index in range(min(len(document), PAGES))]
        except pypdfium2.PdfiumError as error:
            raise Http404(UNREADABLE) from error


def _page(page):
    width, height = page.get_size()
    return page.render(scale=min(WIDTH / width, TALLEST / height)).to_pil().convert("RGB")


def _stacked(pages):
    if not pages:
        raise Http404(UNREADABLE)
    size = max(page.width for page in pages), sum(page.height + GAP for page in pages) - GAP
    whole, top = Image.new("RGB", size, "grey"), 0
    for page in pages:
        whole.paste(page, (0, top))
        top += page.height + GAP
    return whole
