"""PDF of a report: archival (PDF/A-3a) and accessible (PDF/UA-1) where the file keeps their rules.

Nothing is fetched.
"""

import logging
import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.utils import timezone

from reports import archival
from reports.exports import kept_layouts
from reports.renderers.html import CHANGES, document
from reports.renderers.pictures import plain_pictures
from reports.renderers.widths import report_shares
from reports.tables.table import MARGINS, Report
from reports.typesetting import engine
from reports.typesetting.pages import followed
from reports.typesetting.processes import WorkerFailed
from reports.typesetting.stages import silent
from reports.typesetting.typesetter import CHARACTERS_PER_PAGE, print_long
from reports.verification import Seal

logger = logging.getLogger(__name__)

# Not compressed and without an identifier yet: the finished file is read once more by `archival`, which
# then saves it with both. For an identifier WeasyPrint would write every object twice.
OPTIONS = {"pdf_variant": "pdf/a-3a", "uncompressed_pdf": True, "pdf_identifier": False}
STYLE_SHEETS = ("css/tokens.css", "css/table.css", "css/charts.css", "css/print.css")
# PDF/A requires a schema for every foreign metadata entry (ISO 19005-3, 6.6.2.3.2).
UA_MARK = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 pdfuaid:part="1"/><rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>
<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>
<rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of PDF/UA</pdfaProperty:description></rdf:li></rdf:Seq>
</pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""


def render(report: Report, progress=None, seal: Seal | None = None) -> bytes:
    """Several processes lay out a long report. For `progress` see typesetting.stages."""
    html, css = plain_pictures(document(report, seal)), page_css(report)
    sheets, progress = _style_sheets(html, css, seal), progress or silent
    try:
        content = print_long(
            html,
            sheets,
            OPTIONS,
            lambda frame: render_html(frame, css, seal),
            progress,
            None if seal else kept_layouts,
        )
    except WorkerFailed:
        logger.exception("A long report is printed in one process.")
        content = None
    return content or render_html(html, css, seal, progress)


def render_html(
    html: str, css: str = "", seal: Seal | None = None, progress=silent, further_pages: int = 0
) -> bytes:
    """Prints any document based on `base_print.html`. `css` is added after the common style sheets.

    The HTML of a sealed document holds `html.sealed(seal)`; this function adds the foot of the pages
    and the attachments. A picture without a data: address is left out and logged, never fetched. `further_pages` are those
    that hold no text, for the estimate.
    """
    html = plain_pictures(html)
    attached = [_attachment(file) for file in seal.attachments] if seal else []
    with engine.uncollected():
        document = layout(html, css, seal, progress, further_pages)
        with followed(progress, expected=0):
            content = document.write_pdf(attachments=attached, finisher=_finish, **OPTIONS)
        del document  # the boxes of all pages; the file needs their memory
        return archival.finish(content)


def layout(html: str, css: str, seal: Seal | None, progress, further_pages: int = 0):
    """Returns a weasyprint Document, for a caller that wants to know on which pages things stand."""
    with followed(progress, expected_pages(html) + further_pages):
        return engine.layout(html, _style_sheets(html, css, seal), **OPTIONS)


def expected_pages(html: str) -> int:
    """Returns about how many pages the text needs. Pictures are stored in it as data and do not count."""
    return len(re.sub(r'"data:[^"]*"', "", html)) // CHARACTERS_PER_PAGE


def _style_sheets(html: str, css: str, seal: Seal | None) -> tuple[str, ...]:
    return (*_common_css(), _list_css(html), css, _seal_css(seal))


def _attachment(attached):
    import weasyprint

    return weasyprint.Attachment(
        string=attached.content,
        name=attached.name,
        description=attached.description,
        relationship="Data",
        created=timezone.now(),
        modified=timezone.now(),
    )


def _finish(document, pdf):
    """Adds the PDF/UA metadata to that of PDF/A, and lists each attached file only once."""
    reference = int(pdf.catalog["Metadata"].split()[0])
    (metadata,) = pdf.objects[reference].stream
    pdf.objects[reference].stream = [metadata.replace(b"</rdf:RDF>", UA_MARK + b"</rdf:RDF>")]
    if attached := pdf.catalog.get("AF"):
        attached[:] = dict.fromkeys(attached)


def _seal_css(seal: Seal | None) -> str:
    if seal is None:
        return ""
    text = re.sub(r"[^ \w.,:;/()·-]", lambda found: f"\\{ord(found[0]):06x}", seal.foot)
    rules = [f'@page {{ @bottom-left {{ content: "{text}"; white-space: pre-wrap }} }}']
    if seal.changes:
        rules += [
            f".columns-{CHANGES} col:nth-child({position}) {{ width: {share:.3%} }}"
            for position, share in enumerate(seal.changes.shares, start=1)
        ]
    return "\n".join(rules)


@cache
def _common_css() -> tuple[str, ...]:
    return tuple(Path(finders.find(name)).read_text(encoding="utf-8") for name in STYLE_SHEETS)


def page_css(report: Report) -> str:
    width, height = report.page_size
    margins = " ".join(f"{MARGINS[side]}mm" for side in ("top", "right", "bottom", "left"))
    rule = f"@page {{ size: {width}mm {height}mm; margin: {margins} }}"
    return f"{rule}\n{column_css(report_shares(report))}"


def column_css(shares: Iterable[Sequence[float]], scope: str = "") -> str:
    """Returns CSS with the column widths of consecutive tables. `scope` is a selector of their container."""
    return "\n".join(
        f"{scope} .columns-{number} col:nth-child({position}) {{ width: {share:.3%} }}"
        for number, columns in enumerate(shares, start=1)
        for position, share in enumerate(columns, start=1)
    )


def _list_css(html: str) -> str:
    """Returns CSS with the start numbers of lists and items. WeasyPrint reads them only from style sheets."""
    rules = [
        f'li[value="{number}"] {{ counter-reset: list-item {number}; counter-increment: none }}'
        for number in sorted(set(re.findall(r'<li value="(\d+)"', html)))
    ]
    rules += [
        f'ol[start="{number}"] {{ counter-reset: list-item {int(number) - 1} }}'
        for number in sorted(set(re.findall(r'<ol[^>]* start="(\d+)"', html)))
    ]
    return "\n".join(rules)
