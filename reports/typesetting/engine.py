"""WeasyPrint as the program uses it: no file and no host is ever asked for anything."""


def layout(html: str, style_sheets, **options):
    """A weasyprint Document. A picture that is no data: address is left out and logged."""
    import weasyprint  # half a second that only printing should pay
    from weasyprint.css.counters import CounterStyle
    from weasyprint.urls import URLFetcher

    fetcher = URLFetcher(allowed_protocols=("data",))
    counters = CounterStyle()
    sheets = [
        weasyprint.CSS(string=text, url_fetcher=fetcher, counter_style=counters)
        for text in style_sheets
    ]
    page = weasyprint.HTML(string=html, url_fetcher=fetcher)
    return page.render(stylesheets=sheets, counter_style=counters, **options)
