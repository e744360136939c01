"""A process that lays out pieces: `python -m reports.typesetting.worker`.

Reads one job per line as JSON from standard input. Answers with a line of JSON, which tells the number
of bytes, and that many bytes of PDF. Before that, it writes a line of JSON for each page. It ends when its input ends, so it does not outlive its starter.
"""

import gc
import json
import os
import sys

from reports import archival
from reports.typesetting import engine
from reports.typesetting import pages as pages_of
from reports.typesetting.cutting import ROW_ANCHOR
from reports.typesetting.stages import Stage

NICENESS = 10  # whoever asks for a page goes before those who print


def answer(job: dict) -> tuple[dict, bytes]:
    with pages_of.followed(tell, expected=0):
        document = engine.layout(job["html"], job["style_sheets"], **job["options"])
    starts = page_starts(document.pages)
    count = len(starts) if job["is_last"] else whole_pages(starts)
    pages = document.pages[:count]
    report = {
        "headings": [],
        "problems": [],
        "starts": starts[:count],
        "following": None if job["is_last"] else starts[count],
        "bookmarks": list(bookmarks(pages)),
    }
    content = document.copy(pages).write_pdf(**job["options"]) if pages else b""
    del document, pages
    if content:
        finished = archival.finish_part(content, archival.Part[job["part"]])
        content, report["headings"], report["problems"] = finished
    return report | {"length": len(content)}, content


def tell(stage, done, total):
    if stage == Stage.PAGES:
        sys.stdout.buffer.write(json.dumps({"page": done}).encode() + b"\n")
        sys.stdout.buffer.flush()


def page_starts(pages) -> list[int | None]:
    """Returns the first row of each page; None when a page does not start with a row of the table."""
    starts, last = [], None
    for page in pages:
        names = (name for name in page.anchors if name.startswith(ROW_ANCHOR))  # from top to bottom
        rows = [int(name.removeprefix(ROW_ANCHOR)) for name in names]
        is_start = rows and rows[0] not in (0, last)
        starts.append(rows[0] if is_start else None)
        last = rows[-1] if rows else last
    return starts


def whole_pages(starts: list[int | None]) -> int:
    """Returns how many pages can be used: all but the last; one more goes if that does not start with a
    row.
    """
    return max((page for page, start in enumerate(starts) if start is not None), default=0)


def bookmarks(pages):
    """Returns (level, label, page, x, y); x and y are in points from the lower left corner."""
    for number, page in enumerate(pages):
        for level, label, (x, y), _state in page.bookmarks:
            yield level, label, number, x * 0.75, (page.height - y) * 0.75


def main():
    os.nice(NICENESS)
    gc.disable()  # a piece is small; memory is collected between two pieces
    for line in sys.stdin.buffer:
        report, content = answer(json.loads(line))
        sys.stdout.buffer.write(json.dumps(report).encode() + b"\n" + content)
        sys.stdout.buffer.flush()
        gc.collect()


if __name__ == "__main__":
    main()
