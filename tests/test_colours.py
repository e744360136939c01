"""A colour is written once: in static/css/tokens.css for pages and paper, in sakip/colours.py for Python."""

import re
from pathlib import Path

import pytest

from sakip import colours
from sakip.charts import svg
from tests.test_architecture import MODULES, name_of

ROOT = Path(__file__).resolve().parent.parent
TOKENS = ROOT / "static" / "css" / "tokens.css"
DARK = TOKENS.with_name("dark.css")
STYLES = sorted(path for path in TOKENS.parent.glob("*.css") if path not in (TOKENS, DARK))
PICTURES = sorted((ROOT / "static" / "img").glob("*.svg"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
HEX = re.compile(r"#[0-9a-fA-F]{3,8}\b")
IN_CSS = re.compile(
    r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl)a?\((?!var\()|:[^;{]*\b(?:black|white|red|gr[ae]y)\b(?!-)"
)
CHARTED = re.compile(
    r'\[(fill|stroke)="(#[0-9a-f]{6})"\] \{ (?:fill|stroke): var\(--([\w-]+)\); \}'
)
# Words and the ground they stand on; and lines, rings and bars with the ground beside them.
WORDS_ON = {
    "paper": "ink ink-soft link slate green green-dark red red-dark blue-dark better worse warning",
    "ground": "ink ink-soft link green red red-dark worse warning",
    "ground-head": "ink ink-soft link",
    "brand-soft": "ink ink-soft link blue-dark",
    "header": "white on-brand",
    "brand": "white",
    "brand-dark": "white",
    "slate-fill": "white",
    "green-fill": "white",
    "green-fill-dark": "white",
    "red-fill": "white",
    "red-fill-dark": "white",
    "gold": "on-gold",
    "green-soft": "green-dark",
    "amber-soft": "amber-dark ink",
    "amber-badge": "amber-dark ink",
    "red-soft": "red red-dark ink",
    "blue-badge": "blue-dark",
    **{f"heat-{number}": "ink" for number in range(1, 6)},
}
LINES_ON = {
    "paper": "line-strong link brand green amber red chart-violet",
    "ground": "line-strong link red",
    "ground-head": "line-strong link",
    "brand-soft": "link",
    "header": "gold",
}
IN_PYTHON = re.compile(r"""["'](?:#[0-9a-fA-F]{3}|#?[0-9a-fA-F]{6})["']""")


def six(colour):
    """`#fff` and `#FFFFFF` are one colour."""
    digits = colour.removeprefix("#").lower()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def written_in(path):
    return dict(re.findall(r"--(?!bs-)([\w-]+): ([^;]+);", path.read_text()))


def tokens(*, dark=False):
    """The value by the name of each token, references to other tokens followed."""
    raw = written_in(TOKENS) | (written_in(DARK) if dark else {})
    for name, value in raw.items():
        if other := re.fullmatch(r"var\(--([\w-]+)\)", value):
            raw[name] = raw[other[1]]
    return raw


def in_python():
    return {
        name.lower().replace("_", "-"): value
        for name, value in vars(colours).items()
        if name.isupper()
    }


def with_colours(paths, pattern, leave_out=None):
    return [
        f"{name_of(path)}: {found[0]}"
        for path in paths
        for found in pattern.finditer(
            leave_out.sub("", path.read_text()) if leave_out else path.read_text()
        )
    ]


def test_a_style_sheet_takes_its_colours_from_the_tokens():
    not_values = re.compile(r"/\*.*?\*/|(?<=var\()--[\w-]+(?=\))", re.DOTALL)
    assert with_colours(STYLES, IN_CSS, not_values) == []


def test_a_module_takes_its_colours_from_one_place():
    others = [path for path in MODULES if path != Path(colours.__file__)]
    assert with_colours(others, IN_PYTHON) == []


def test_a_template_names_no_colour():
    assert with_colours(TEMPLATES, re.compile(r"[\"':\s]#[0-9a-fA-F]{6}\b|\brgba?\(")) == []


def test_every_name_that_is_used_is_a_token():
    text = "".join(path.read_text() for path in [*STYLES, DARK])
    used = set(re.findall(r"var\(--([\w-]+)", text))
    own = set(re.findall(r"--([\w-]+):", text))
    unknown = {name for name in used - own - set(tokens()) if not name.startswith("bs-")}
    assert unknown == set()
    assert set(tokens()) - used - set(re.findall(r"var\(--([\w-]+)", TOKENS.read_text())) == set()


@pytest.mark.parametrize("path", [TOKENS, DARK], ids=name_of)
def test_no_colour_stands_twice_among_the_tokens(path):
    written = [six(value) for value in written_in(path).values() if HEX.fullmatch(value)]
    assert sorted(written) == sorted(set(written))


def test_the_dark_scheme_has_other_values_for_the_same_names():
    assert written_in(DARK).keys() <= written_in(TOKENS).keys()
    given = {name for name, value in written_in(TOKENS).items() if HEX.fullmatch(value)}
    of_both = {"white", "black", "gold", "on-brand"} | {"table-head", "table-foot"}  # and of paper
    assert given - written_in(DARK).keys() == of_both


def test_every_colour_of_a_chart_has_one_in_the_dark():
    found = CHARTED.findall(DARK.read_text())
    in_charts = {
        value
        for name, value in in_python().items()
        if name.startswith("chart-") or name in ("white", "better", "worse")
    }
    assert {colour for kind, colour, _ in found if kind == "fill"} == in_charts
    assert {colour for kind, colour, _ in found if kind == "stroke"} >= {
        *svg.STROKES,
        *(look.ink for look in [*svg.FILLS, *svg.LOOKS.values()] if look.ink),
        *(svg.INK, svg.GRID, svg.PAPER),
    }
    assert {name for _, _, name in found} <= tokens().keys()


def luminance(colour):
    """WCAG 2.2, relative luminance."""
    parts = [int(six(colour)[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_measured_as_the_guidelines_say():
    assert round(contrast("#000", "#fff"), 2) == 21
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("pairs", "least"), [(WORDS_ON, 4.5), (LINES_ON, 3)], ids=["words", "lines"]
)
def test_what_stands_together_can_be_told_apart(dark, pairs, least):
    found = tokens(dark=dark)
    faint = {
        f"{front} on {ground}": round(contrast(found[front], found[ground]), 2)
        for ground, fronts in pairs.items()
        for front in fronts.split()
        if contrast(found[front], found[ground]) < least
    }
    assert faint == {}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_three_numbers_say_the_same_as_the_colour(dark):
    found = tokens(dark=dark)
    for name, value in found.items():
        if name.endswith("-rgb") and (colour := found.get(name.removesuffix("-rgb"))):
            digits = six(colour)[1:]
            assert value == ", ".join(str(int(digits[at : at + 2], 16)) for at in (0, 2, 4)), name


def test_python_and_css_have_one_name_for_one_colour():
    css = {name: six(value) for name, value in tokens().items() if value.startswith("#")}
    python = {name: six(value) for name, value in in_python().items()}
    assert {"better", "worse", "warning", "table-head", "table-foot"} <= css.keys() & python.keys()
    assert {name: css[name] for name in css.keys() & python} == {
        name: python[name] for name in css.keys() & python
    }
    shared = set(css.values()) & set(python.values())
    assert {css[name] for name in css.keys() & python} == shared
    assert len(set(python.values())) == len(python)


@pytest.mark.parametrize("path", PICTURES, ids=name_of)
def test_a_picture_is_drawn_in_colours_of_the_program(path):
    known = {six(value) for value in tokens().values() if value.startswith("#")}
    assert {six(colour) for colour in HEX.findall(path.read_text())} <= known


def test_our_look_has_the_tokens():
    """Whatever page links `app.css`, or `site.css`, which begins with it."""
    app, site = ((ROOT / "static/css" / name).read_text() for name in ("app.css", "site.css"))
    assert app.index('@import url("tokens.css")') < app.index(":root")
    assert site.index('@import url("app.css")') < site.index('@import url("table.css")')
