"""What a browser would send of a page that somebody has open."""

from html.parser import HTMLParser

MOST_REQUESTS = 11  # of a first visit; the stylesheet may ask for one picture more


class _Requests(HTMLParser):
    def __init__(self):
        super().__init__()
        self.addresses = set()

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag in ("script", "img") and attrs.get("loading") != "lazy":
            self.addresses.add(attrs.get("src"))
        elif tag == "link" and attrs["rel"] in ("stylesheet", "icon"):
            self.addresses.add(attrs["href"])
        elif {"load", "revealed"} & set(attrs.get("hx-trigger", "").replace(",", " ").split()):
            self.addresses.add(attrs["hx-get"])


def asked_at_once(text: str) -> set[str]:
    """What a browser asks for as soon as it has this page: of its files each one once."""
    parser = _Requests()
    parser.feed(text)
    return parser.addresses


class _Fields(HTMLParser):
    def __init__(self):
        super().__init__()
        self.values, self.area, self.select = {}, None, None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        name, kind = attrs.get("name"), attrs.get("type", "text")
        if tag == "textarea":
            self.area = name
            self.values[name] = ""
        elif tag == "select":
            self.select = name
            self.values.setdefault(name, "")
        elif tag == "option" and self.select and "selected" in attrs:
            self.values[self.select] = attrs.get("value", "")
        elif tag == "input" and name and kind not in ("submit", "file"):
            self._input(name, kind, attrs)

    def _input(self, name, kind, attrs):
        if kind not in ("checkbox", "radio") or "checked" in attrs:
            default = "on" if kind in ("checkbox", "radio") else ""
            self.values[name] = attrs.get("value", default)

    def handle_data(self, data):
        if self.area:
            self.values[self.area] += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.area = None
        elif tag == "select":
            self.select = None


def fields_of(page) -> dict:
    """Every field of the answer `page`, by name, as it stands there."""
    parser = _Fields()
    parser.feed(page.text[page.text.index("<main") :])
    parser.values.pop("csrfmiddlewaretoken", None)
    return parser.values
