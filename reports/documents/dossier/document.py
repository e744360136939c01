"""The complete dossier “Tindak Lanjut Rekomendasi LHE SAKIP Tahun …”, in the order of the source.

`chapters.py` builds its chapters from the records, `enclosed.py` adds the evidence, this module prints
it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from recommendations.permissions import evaluation_policy
from reports.definitions import ReportError, choose_evaluation
from reports.documents.dossier import chapters, enclosed, word
from reports.documents.dossier.evidence import Mode
from reports.documents.dossier.evidence_files import Enclosure, enclosures, for_word
from reports.documents.dossier.parts import ContentsEntry, DossierPart, keyed, named
from reports.documents.dossier.signature import signature_of
from reports.renderers import html, pdf
from reports.renderers.binding import bind
from reports.selectors import coverage
from reports.selectors.annexes import Annex
from reports.selectors.letterheads import letterhead_of
from reports.tables.table import Facts, Orientation, Paper, PrintedLetterhead, Report
from reports.typesetting.stages import Stage

TITLE = "Tindak Lanjut Rekomendasi LHE SAKIP Tahun {year}"
WORD_EFFORT = 4  # a Word file may be longer when made at once, but this one is laid out like a PDF
LETTERS_OF_A_FILE = 10_000  # one evidence file takes as long as this many characters: it is read, checked and merged


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    title: str
    filename: str
    year: int
    body: str
    cover: PrintedLetterhead | None
    parts: Sequence[DossierPart]
    annexes: Sequence[Annex]
    evidence: Mode
    format: str
    paper: Paper

    @property
    def entries(self) -> Iterator[ContentsEntry]:
        for part in self.parts:
            if not part.is_listed:
                continue
            yield ContentsEntry(anchor=part.anchor, title=part.title, level=part.level)
            yield from part.inner

    @property
    def file_count(self) -> int:
        return sum(1 for annex in self.annexes if annex.revision)

    @property
    def characters(self) -> int:
        """Returns the number of characters to print, without pictures (they are stored in the text as
        data).
        """
        words = sum(len(re.sub(r'"data:[^"]*"', "", part.html)) for part in self.parts)
        files = 0 if self.evidence == Mode.NONE else self.file_count
        effort = WORD_EFFORT if self.format == "docx" else 1
        return effort * (words + LETTERS_OF_A_FILE * files)

    @property
    def contents(self) -> Report:
        """Returns all tables and passages, for a workbook or a snapshot."""
        sections = []
        for part in self.parts:
            found = (named(section, part.title) for section in part.sections)
            sections += [part.facts] if part.is_listed else []
            sections += [keyed(section, part.anchor) for section in found]
        return Report(
            name="dossier", title=self.title, sections=[*sections, *self._cover], subtitle=self.body
        )

    @property
    def _cover(self) -> Sequence[Facts]:
        """Returns what the cover prints of the letterhead."""
        if self.cover is None:
            return []
        lines = ("Pemerintah", "Lambang")
        values = [(label, text) for label, text in self.cover.facts.values if label in lines]
        return [Facts("Sampul", values, key="sampul")]


def build(order, user, today) -> Dossier:
    """Raises ReportError when `user` may not have the dossier. The number of queries is constant."""
    evaluation = choose_evaluation(
        user, order.evaluation_id, order.year, holds=coverage.recommendations
    )
    if not (decision := evaluation_policy.check(user, "print", evaluation)):
        raise ReportError(decision.reason)
    scope = chapters.Chosen(
        user=user,
        evaluation=evaluation,
        today=today,
        paper=_chosen(order, "paper", Paper.__members__, Paper.F4.name),
        verified=bool(order.options.get("verified")),
        checked=bool(order.options.get("with_consistency")),
        signature=signature_of(order.options, user, today),
    )
    parts, annexes = chapters.gather(scope)
    year = evaluation.evaluation_year
    return Dossier(
        title=TITLE.format(year=year),
        filename=f"dokumen-lengkap-lhe-sakip-{year}",
        year=year,
        body=evaluation.unit.name,
        cover=letterhead_of(evaluation.unit),
        parts=parts,
        annexes=annexes,
        evidence=_chosen(order, "with_evidence", {mode.value: mode for mode in Mode}, Mode.NONE),
        format=order.format,
        paper=scope.paper,
    )


def _chosen(order, name, choices, default):
    value = order.options.get(name) or default
    if value in choices:
        return choices[value]
    raise ReportError(f"Pilihan “{value}” tidak dikenal. Pilih: {', '.join(choices)}.")


def render(dossier: Dossier, format, seal, progress) -> bytes:
    if format == "docx":
        return _render_word(dossier, progress)
    return _render_pdf(dossier, seal, progress)


def _render_word(dossier, progress) -> bytes:
    """Lays the document out like the PDF, only for the page numbers of its table of contents."""
    found = []
    for enclosure in for_word(dossier.annexes, dossier.evidence):
        found.append(enclosure)
        progress(Stage.FILES, len(found), dossier.file_count)
    parts = [*dossier.parts, *enclosed.enclosure_parts(found, merged=True)]
    dossier = replace(dossier, parts=parts)
    page, css, further = _page(dossier, found, None)
    pages = word.pages_of(pdf.layout(page, css, None, progress, further))
    return word.render(dossier, pages, progress)


def _render_pdf(dossier: Dossier, seal, progress) -> bytes:
    """Returns the file. Evidence is written to a temporary folder, so memory does not grow with the files."""
    with TemporaryDirectory() as folder:
        read = enclosures(dossier.annexes, dossier.evidence, Path(folder))
        found = []
        for enclosure in read:
            found.append(enclosure)
            progress(Stage.FILES, len(found), dossier.file_count)
        merged = dossier.evidence == Mode.MERGED
        parts = [*dossier.parts, *enclosed.enclosure_parts(found, merged=merged)]
        content = _draw(replace(dossier, parts=parts), found, seal, progress)
        if not found:
            return content
        return bind(
            content,
            sheets=[enclosure.sheets for enclosure in found if enclosure.sizes],
            attachments=[enclosure.attachment for enclosure in found if enclosure.is_attached],
            progress=progress,
        )


def _draw(dossier: Dossier, found: Sequence[Enclosure], seal, progress) -> bytes:
    page, css, further = _page(dossier, found, seal)
    return pdf.render_html(page, css, seal, progress, further)


def _page(dossier, found, seal) -> tuple[str, str, int]:
    """Returns the HTML, its style sheet, and how many pages the files add."""
    report = Report(name="dossier", title=dossier.title, sections=(), paper=dossier.paper)
    context = {"dossier": dossier, "report": report, "cover": dossier.cover}
    context["chapters"] = sum(part.page not in enclosed.PAGES for part in dossier.parts)
    document = render_to_string("reports/print/dossier.html", context | {"seal": html.sealed(seal)})
    css = f"{_css(dossier, report)}\n{enclosed.sheet_css(found)}"
    return document, css, enclosed.page_count(found)


def _css(dossier, report) -> str:
    width, height = replace(report, orientation=Orientation.LANDSCAPE).page_size
    return "\n".join(
        [
            pdf.page_css(report),
            _style_sheet(),
            f"@page landscape {{ size: {width}mm {height}mm }}",
            *(
                pdf.column_css(part.shares, f".part-{number}")
                for number, part in enumerate(dossier.parts, start=1)
            ),
            *(
                f"#{entry.anchor} {{ bookmark-level: {entry.level} }}"
                for entry in chain.from_iterable(part.inner for part in dossier.parts)
            ),
        ]
    )


@cache
def _style_sheet() -> str:
    return Path(finders.find("css/dossier.css")).read_text(encoding="utf-8")
