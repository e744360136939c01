"""Calls WeasyPrint without access to any file or host."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Pauses the garbage collector. It would walk again and again through the boxes, which all stay alive
    until the document is written: a tenth of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def layout(html: str, style_sheets, **options):
    """Returns a weasyprint Document. A picture without a data: address is left out and logged."""
    import weasyprint  # takes half a second, so only printing imports it
    from weasyprint.css.counters import CounterStyle
    from weasyprint.urls import URLFetcher

    fetcher = URLFetcher(allowed_protocols=("data",))
    counters = CounterStyle()
    sheets = [
        weasyprint.CSS(string=text, url_fetcher=fetcher, counter_style=counters)
        for text in style_sheets
    ]
    page = weasyprint.HTML(string=html, url_fetcher=fetcher)
    with uncollected():
        return page.render(stylesheets=sheets, counter_style=counters, **options)
