"""The program as an icon on the screen of a phone: what it is called, its pictures, drawn from our logo.

The pictures are made when the static files are collected: a phone wants PNG, and the logo is kept once, as SVG.
"""

from collections.abc import Iterator
from io import BytesIO

from sakip.colours import BRAND, GROUND

LOGO = "img/logo.svg"
NAME, SHORT_NAME = "Tindak Lanjut SAKIP", "SAKIP"
SIZES = (192, 512)
APPLE = ("img/icon-apple.png", 180)
PAGE = (
    "<style>@page {{ size: {size}px; margin: 0; background: {ground} }} body {{ margin: 0 }} "
    "svg {{ display: block; width: {inner}px; margin: {edge}px }}</style>{logo}"
)
POINTS = 72 / 96  # of a pixel
KEPT = 0.86  # of the side: a phone may cut the rest into a circle


def manifest(address) -> dict:
    """`address` gives the address of a static file."""
    icons = [{"src": address(LOGO), "type": "image/svg+xml", "sizes": "any", "purpose": "any"}]
    for purpose in ("any", "maskable"):
        icons += [
            {
                "src": address(_name(purpose, size)),
                "type": "image/png",
                "sizes": f"{size}x{size}",
                "purpose": purpose,
            }
            for size in SIZES
        ]
    return {
        "id": "/",
        "name": NAME,
        "short_name": SHORT_NAME,
        "description": "Tindak lanjut rekomendasi hasil evaluasi SAKIP",
        "lang": "id",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": BRAND,
        "background_color": GROUND,
        "icons": icons,
    }


def icons(logo: str) -> Iterator[tuple[str, bytes]]:
    """Name and content of each picture; `logo` is the text of the SVG."""
    for size in SIZES:
        yield _name("any", size), _drawn(logo, size, "transparent", 1)
        yield _name("maskable", size), _drawn(logo, size, BRAND, KEPT)
    name, size = APPLE
    yield name, _drawn(logo, size, BRAND, 1)


def _name(purpose, size):
    return f"img/icon-{purpose}-{size}.png"


def _drawn(logo, size, ground, part):
    """Through PDF, whose libraries we have."""
    from pypdfium2 import PdfDocument
    from weasyprint import HTML

    inner = round(size * part)
    page = PAGE.format(size=size, ground=ground, inner=inner, edge=(size - inner) / 2, logo=logo)
    with PdfDocument(HTML(string=page).write_pdf()) as document:
        picture = document[0].render(scale=1 / POINTS, fill_color=(0, 0, 0, 0)).to_pil()
    output = BytesIO()
    picture.save(output, "PNG", optimize=True)
    return output.getvalue()
