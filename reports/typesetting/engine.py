"""WeasyPrint as the program uses it: no file and no host is ever asked for anything."""

from functools import cache


def layout(html: str, style_sheets, **options):
    """A weasyprint Document. A picture that is no data: address is left out and logged."""
    import weasyprint  # half a second that only printing should pay
    from weasyprint.css.counters import CounterStyle
    from weasyprint.urls import URLFetcher

    _refer_to_pages_once()
    fetcher = URLFetcher(allowed_protocols=("data",))
    counters = CounterStyle()
    sheets = [
        weasyprint.CSS(string=text, url_fetcher=fetcher, counter_style=counters)
        for text in style_sheets
    ]
    page = weasyprint.HTML(string=html, url_fetcher=fetcher)
    return page.render(stylesheets=sheets, counter_style=counters, **options)


@cache
def _refer_to_pages_once():
    """pydyf lists all pages anew for every tag, which makes a tagged document quadratic in its pages."""
    import pydyf

    def page_references(self):
        kids = self.pages["Kids"]
        known = getattr(self, "_page_references", ())
        if len(known) * 3 != len(kids):
            known = self._page_references = tuple(b"%d 0 R" % number for number in kids[::3])
        return known

    pydyf.PDF.page_references = property(page_references)
