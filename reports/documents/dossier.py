"""The complete dossier “Tindak Lanjut Rekomendasi LHE SAKIP Tahun …”, in the order of the source.

Everything in it comes from the records: the follow-up table, the notes on it, the Telaah Staf behind
the note it answers, the indicators behind the note on the performance report.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from performance.presentation import indicator_tables, latest_year
from recommendations.follow_up import follow_up_rows
from recommendations.permissions import evaluation_policy
from reports.definitions import ReportError, choose_evaluation, follow_up_table, indicator_table
from reports.documents import telaah_staf
from reports.letterheads import letterhead_of
from reports.models import TelaahStaf
from reports.renderers import html, pdf
from reports.tables import Orientation, Paper, PrintedLetterhead, Prose, Report, Table
from sakip.numbers import roman

TITLE = "Tindak Lanjut Rekomendasi LHE SAKIP Tahun {year}"
# Its criterion 3.2.5 (PermenPANRB 88/2021) asks for the comparison with earlier years.
INDICATORS_ANSWER = "pelaporan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the contents and of the outline; level 1 is a chapter."""

    anchor: str
    title: str
    level: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one entry leads to. `heading` is printed and may say more than `title`; empty when the
    part brings its own. `shares` are the column widths of its tables, `inner` the entries within."""

    anchor: str
    title: str
    level: int = 1
    heading: str = ""
    html: SafeString = SafeString()
    page: str = "portrait"
    shares: Sequence[Sequence[float]] = ()
    inner: Sequence[Entry] = ()

    @property
    def rank(self) -> int:
        """Of its heading: the title of the whole is the first."""
        return self.level + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    title: str
    filename: str
    year: int
    body: str
    cover: PrintedLetterhead | None
    parts: Sequence[Part]
    paper: Paper = Paper.F4

    @property
    def letters(self) -> int:
        """Without the pictures, which stand within the text as data."""
        return sum(len(re.sub(r'"data:[^"]*"', "", part.html)) for part in self.parts)

    @property
    def entries(self) -> Iterator[Entry]:
        for part in self.parts:
            yield Entry(anchor=part.anchor, title=part.title, level=part.level)
            yield from part.inner


def build(order, user, today) -> Dossier:
    """Raises ReportError when the dossier is not for `user`. The number of queries is constant."""
    evaluation = choose_evaluation(user, order.evaluation_id, order.year)
    paper = order.options.get("paper") or Paper.F4.name
    if paper not in Paper.__members__:
        raise ReportError(f"Kertas “{paper}” tidak dikenal. Pilih: {', '.join(Paper.__members__)}.")
    return gather(user, evaluation, paper=Paper[paper])


def gather(user, evaluation, *, paper=Paper.F4) -> Dossier:
    """What `user` may see of the evaluation, ready to be printed."""
    if not (decision := evaluation_policy.check(user, "print", evaluation)):
        raise ReportError(decision.reason)
    year = evaluation.evaluation_year
    title = TITLE.format(year=year)
    return Dossier(
        title=title,
        filename=f"dokumen-lengkap-lhe-sakip-{year}",
        year=year,
        body=evaluation.unit.name,
        cover=letterhead_of(evaluation.unit),
        parts=list(_parts(user, evaluation, paper)),
        paper=paper,
    )


def render(dossier: Dossier, format, seal, progress) -> bytes:
    context = {
        "dossier": dossier,
        "report": Report(name="dossier", title=dossier.title, sections=(), paper=dossier.paper),
        "cover": dossier.cover,
    }
    document = render_to_string("reports/print/dossier.html", context)
    return pdf.render_html(document, _css(dossier, context["report"]))


def _parts(user, evaluation, paper) -> Iterator[Part]:
    rows = follow_up_rows(evaluation, user)
    yield _follow_up(evaluation, rows, paper)
    memo, figures = _memo(user, evaluation), _indicators(user, evaluation, paper)
    answered = _answered(memo, rows)
    if notes := [row for row in rows if row.note]:
        title = follow_up_table.NOTES_TITLE
        yield Part(anchor="catatan", title=title, heading=f"{title}:")
    for row, passage in zip(notes, follow_up_table.notes(rows)[1:], strict=True):
        yield _note(row, passage, paper)
        if row is answered:
            yield from _memo_parts(memo, user, level=3)
            memo = None
        component = row.recommendation.component
        if component and component.code == INDICATORS_ANSWER:
            yield from _deeper(figures, 2)
            figures = []
    yield from _memo_parts(memo, user, level=1)
    yield from figures


def _follow_up(evaluation, rows, paper) -> Part:
    table = follow_up_table.table(evaluation, rows)
    return _part(
        [replace(table, title="")],
        paper,
        anchor="tindak-lanjut",
        title="Rekomendasi, Tindak Lanjut dan Rencana Aksi",
        heading=f"{table.title} sebagaimana tabel di bawah ini:",
    )


def _note(row, passage, paper) -> Part:
    return _part(
        [replace(passage, heading="")],
        paper,
        anchor=f"catatan-{row.number}",
        title=passage.heading,
        level=2,
    )


def _memo(user, evaluation) -> TelaahStaf | None:
    found = TelaahStaf.objects.visible_to(user).filter(evaluation=evaluation)
    newest = found.order_by("-pk").values_list("pk", flat=True).first()
    return newest and telaah_staf.load(user, newest)


def _answered(memo, rows):
    """The last noted row on a component that the memo is about; None when it stands for itself."""
    if memo is None:
        return None
    components = {component.pk for component in memo.components.all()}
    found = [row for row in rows if row.note and row.recommendation.component_id in components]
    return found[-1] if found else None


def _memo_parts(memo, user, *, level) -> Iterator[Part]:
    if memo is None:
        return
    anchor = "telaah-staf"
    context = telaah_staf.context(memo, user, on_screen=False) | {"anchor": anchor}
    yield Part(
        anchor=anchor,
        title=f"{memo}",
        level=level,
        html=render_to_string("reports/print/dossier_letter.html", context),
        page="letter",
        shares=[table.shares for table in context["report"].tables],
        inner=[
            Entry(
                anchor=f"{anchor}-{number}",
                title=f"{roman(number)}. {section['heading']}",
                level=level + 1,
            )
            for number, section in enumerate(context["sections"], start=1)
        ],
    )


def _indicators(user, evaluation, paper) -> list[Part]:
    """The comparison up to the year of the evaluation, or the last year before it with figures."""
    year = latest_year(user, evaluation.unit)
    if year is None:
        return []
    year = min(year, evaluation.evaluation_year)
    found = [row for row in indicator_tables(user, year, evaluation.unit) if row.rows]
    if not found:
        return []
    heading = (
        f"Perbandingan antara Realisasi Tahun {year - 3} s/d {year - 1} dengan Tahun {year} "
        f"pada {len(found)} sasaran."
    )
    return [Part(anchor="indikator", title=indicator_table.title(year), heading=heading)] + [
        _part(
            [replace(indicator_table.table(row), title="")],
            paper,
            anchor=f"sasaran-{row.objective.pk}",
            title=str(row.objective),
            level=2,
        )
        for row in found
    ]


def _deeper(parts, levels) -> list[Part]:
    return [replace(part, level=part.level + levels) for part in parts]


def _part(sections: Sequence[Table | Prose], paper, *, page=Orientation.PORTRAIT, **fields) -> Part:
    report = Report(name="dossier", title="", sections=sections, paper=paper, orientation=page)
    return Part(
        **{"heading": fields["title"]} | fields,
        html=html.printed(report),
        page=page.value,
        shares=[table.shares for table in report.tables],
    )


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
                for part in dossier.parts
                for entry in part.inner
            ),
        ]
    )


@cache
def _style_sheet() -> str:
    return Path(finders.find("css/dossier.css")).read_text(encoding="utf-8")
