"""All colours that Python code writes into Excel, Word and the SVG of charts.

The colours of the pages and the PDF are in static/css/tokens.css. A colour that is in both files has
the same name in both (`TABLE_HEAD` is `--table-head`); tests/test_colours.py compares them.
"""

# The icon of the program on a phone.
BRAND = "#17457a"
GROUND = "#f4f6f9"

BLACK = "#000000"
WHITE = "#ffffff"

# Words and figures that say whether something is better or worse.
BETTER = "#0a5c2e"
WORSE = "#a01313"
WARNING = "#7a3d00"

# Tables of a report.
TABLE_HEAD = "#d9d9d9"
TABLE_FOOT = "#f2f2f2"

# Cells of a heat table, from the lowest grades to the highest.
HEAT_1 = "#f0c3bd"
HEAT_2 = "#f3d7bc"
HEAT_3 = "#f1ead0"
HEAT_4 = "#e1eed3"
HEAT_5 = "#c9e8cd"

# Workbooks that people fill in: table head, borders, a cell with a mistake, the example row.
SHEET_HEAD = "#dde7f0"
SHEET_EDGE = "#bbbbbb"
SHEET_MISTAKE = "#f8d7da"
SHEET_EXAMPLE = "#666666"

# Charts: text, secondary text, grid lines, and series.
CHART_INK = "#1a1a1a"
CHART_SOFT = "#4d4d4d"
CHART_GRID = "#bdbdbd"
CHART_BLUE = "#12496f"
CHART_BLUE_PALE = "#cfe2f3"
CHART_BROWN = "#7a4a00"
CHART_SAND = "#f6d9a8"
CHART_ORANGE = "#b45309"
CHART_GREY = "#8a8a8a"
CHART_GREEN = "#1e6b43"
CHART_STEEL = "#8fa3ba"
CHART_MIST = "#cdd7e2"
CHART_BAND_LOW = "#f8f2e4"
CHART_BAND = "#edf3fa"
CHART_BAND_HIGH = "#e4f1e7"
CHART_TRACK = "#eef1f5"
CHART_VIOLET = "#5b2a78"
CHART_VIOLET_PALE = "#e3d5ea"

# The picture used in place of a logo when a Word template is tested.
SAMPLE_LOGO = "#9aa7b5"


def digits(colour: str) -> str:
    """The colour as Word and openpyxl write it: `#d9d9d9` becomes `D9D9D9`."""
    return colour.removeprefix("#").upper()
