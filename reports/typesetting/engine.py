"""Calls WeasyPrint without access to any file or host."""


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
    return page.render(stylesheets=sheets, counter_style=counters, **options)
