"""Which cells of an .xlsx show their number as a percentage: 0.875 with the format 0,0% is read as 87,5."""

import html
import re

from sakip.uploads import archive

STYLES = "xl/styles.xml"
BUILT_IN = frozenset({9, 10})  # 0% and 0.00%
FORMAT = re.compile(r"<(?:\w++:)?numFmt\b([^<>]*+)>")
STYLE = re.compile(r"<(?:\w++:)?xf\b([^<>]*+)>")
CELL_STYLES = re.compile(r"<(?:\w++:)?cellXfs\b.*?</(?:\w++:)?cellXfs", re.DOTALL)
ATTRIBUTE = re.compile(r"""(?<![\w:])([\w:]++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)')""")
PLAIN_TEXT = re.compile(r"""\\.|"[^"]*"|\[[^]]*]|_.""")  # of a number format: shown as it stands


def is_percentage(code: str) -> bool:
    """Whether numbers with this format are multiplied by 100. `0.0"%"` only shows a sign."""
    return "%" in PLAIN_TEXT.sub("", code.partition(";")[0])


def percent_cells(package, limits) -> re.Pattern[bytes] | None:
    """Finds the cells of a sheet that have a style with a percentage; None when no style has one."""
    try:
        entry = package.getinfo(STYLES)
    except KeyError:
        return None
    text = b"".join(archive.pieces(package, entry, limits)).decode("utf-8", "replace")
    formats = {
        int(found["numFmtId"])
        for found in map(attributes, FORMAT.findall(text))
        if found.get("numFmtId", "").isdecimal()
        and is_percentage(html.unescape(found.get("formatCode", "")))
    }
    listed = CELL_STYLES.search(text)
    wanted = [
        str(number)
        for number, found in enumerate(map(attributes, STYLE.findall(listed[0] if listed else "")))
        if found.get("numFmtId", "").isdecimal() and int(found["numFmtId"]) in formats | BUILT_IN
    ]
    if not wanted:
        return None
    style = "|".join(wanted)
    return re.compile(
        rf'<(?:\w++:)?c\b(?=[^<]*?\bs="(?:{style})")[^<]*?\br="([A-Z]{{1,3}})([0-9]{{1,7}})"'.encode()
    )


def attributes(text: str) -> dict[str, str]:
    """Those of a start tag, as they are written."""
    return {name: double or single for name, double, single in ATTRIBUTE.findall(text)}
