"""A colour is written once: in static/css/tokens.css for pages and paper, in sakip/colours.py for Python."""

import re
from pathlib import Path

import pytest

from sakip import colours
from tests.test_architecture import MODULES, name_of

ROOT = Path(__file__).resolve().parent.parent
TOKENS = ROOT / "static" / "css" / "tokens.css"
STYLES = sorted(path for path in TOKENS.parent.glob("*.css") if path != TOKENS)
PICTURES = sorted((ROOT / "static" / "img").glob("*.svg"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
HEX = re.compile(r"#[0-9a-fA-F]{3,8}\b")
IN_CSS = re.compile(
    r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl)a?\((?!var\()|:[^;{]*\b(?:black|white|red|gr[ae]y)\b(?!-)"
)
IN_PYTHON = re.compile(r"""["'](?:#[0-9a-fA-F]{3}|#?[0-9a-fA-F]{6})["']""")


def six(colour):
    """`#fff` and `#FFFFFF` are one colour."""
    digits = colour.removeprefix("#").lower()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def tokens():
    """The value by the name of each token, references to other tokens followed."""
    raw = dict(re.findall(r"--([\w-]+): ([^;]+);", TOKENS.read_text()))
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
    text = "".join(path.read_text() for path in STYLES)
    used = set(re.findall(r"var\(--([\w-]+)", text))
    own = set(re.findall(r"--([\w-]+):", text))
    unknown = {name for name in used - own - set(tokens()) if not name.startswith("bs-")}
    assert unknown == set()
    assert set(tokens()) - used - set(re.findall(r"var\(--([\w-]+)", TOKENS.read_text())) == set()


def test_no_colour_stands_twice_among_the_tokens():
    written = [six(colour) for colour in HEX.findall(TOKENS.read_text())]
    assert sorted(written) == sorted(set(written))


def test_three_numbers_say_the_same_as_the_colour():
    found = tokens()
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
