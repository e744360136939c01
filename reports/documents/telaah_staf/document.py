"""The Telaah Staf on screen and on paper. Its tables come from the records (docs/design.md §2.7)."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from recommendations.models import Evaluation
from recommendations.rules.score_comparison import compare
from recommendations.selectors.follow_up_table import follow_up_rows
from reports.definitions import (
    ReportError,
    choose_evaluation,
    follow_up_table,
    score_comparison,
)
from reports.documents.telaah_staf.word.letter import values_of
from reports.models import TelaahStaf, TelaahStafBlock
from reports.renderers import html
from reports.rules.telaah_staf_sentences import marked
from reports.selectors import coverage
from reports.selectors.letterheads import letterhead_of
from reports.tables import frozen as freezing
from reports.tables.table import Facts, Paper, PrintedLetterhead, Prose, Report, Table, Typeface
from sakip.richtext import clean
from sakip.text_tables import framed

Kind = TelaahStafBlock.Kind
SIGNATORY = ("name", "nip", "rank", "position", "acting", "on_behalf_of")
HEAD = ("tanggal", "nomor", "lampiran", "perihal", "mencabut")


def load(user, pk) -> TelaahStaf | None:
    """Loads the document and everything it prints; None when `user` may not see it. Ten queries at most."""
    found = TelaahStaf.objects.visible_to(user).with_replacement()
    found = found.select_related(
        "evaluation__unit", "evaluation__rubric", "signatory", "replaces", "replaced_by"
    )
    return found.prefetch_related("components", "sections__blocks").filter(pk=pk).first()


def as_report(telaah_staf, user) -> Report:
    """Returns paper, letterhead and the tables, in the order in which the document embeds them.

    For an issued document, everything is returned as it was at the time of issue.
    """
    frozen = telaah_staf.frozen
    tables = _thawed(frozen) if frozen else _tables(telaah_staf, user)
    return Report(
        name="telaah-staf",
        title=telaah_staf.title,
        subtitle=telaah_staf.subject,
        letterhead=letterhead(telaah_staf),
        sections=[tables[kind] for kind in _embedded(telaah_staf)],
        paper=Paper[telaah_staf.paper],
        typeface=Typeface(telaah_staf.typeface),
        filename="telaah-staf",
    )


def freeze(telaah_staf, user) -> dict:
    """Returns as JSON what the document prints from other records, because these records may change later."""
    from reports.documents.telaah_staf.word import printing

    head = letterhead(telaah_staf)
    official = telaah_staf.signature
    template = printing.template_of(telaah_staf)
    return {
        "word_template": template and template.pk,
        "letterhead": head and asdict(head),
        "signatory": {name: getattr(official, name) for name in SIGNATORY},
        "tables": {
            kind: freezing.freeze(table) for kind, table in _tables(telaah_staf, user).items()
        },
    }


def letterhead(telaah_staf) -> PrintedLetterhead | None:
    if telaah_staf.frozen:
        kept = telaah_staf.frozen["letterhead"]
        return kept and PrintedLetterhead(**kept)
    return letterhead_of(telaah_staf.evaluation.unit)


def _embedded(telaah_staf) -> list[str]:
    """Returns the kinds of the embedded tables, in their order."""
    blocks = [block for section in telaah_staf.sections.all() for block in section.blocks.all()]
    return [block.kind for block in blocks if block.kind != Kind.TEXT]


def _tables(telaah_staf, user) -> dict[str, Table]:
    """Returns the tables by kind. Each table is read once, even when the document embeds it several times."""
    kinds = dict.fromkeys(_embedded(telaah_staf))
    return {kind: _table(kind, telaah_staf, user) for kind in kinds}


def _thawed(frozen) -> dict[str, Table]:
    return {kind: freezing.thaw(table) for kind, table in frozen["tables"].items()}


def _table(kind, telaah_staf, user) -> Table:
    evaluation = telaah_staf.evaluation
    if kind == Kind.FOLLOW_UP_TABLE:
        chosen = {component.pk for component in telaah_staf.components.all()}
        rows = follow_up_rows(evaluation, user)
        if chosen:
            rows = [row for row in rows if row.recommendation.component_id in chosen]
        return replace(follow_up_table.table(evaluation, rows), title="")
    current = Evaluation.objects.with_scores().get(pk=evaluation.pk)
    previous = Evaluation.objects.visible_to(user).with_scores().before(current)
    return replace(score_comparison.table(compare(current, previous)), title="")


def context(telaah_staf, user, *, on_screen: bool, **marks: Mapping[int, Sequence]) -> dict:
    """Returns the template context: `sections` is a list of (heading, parts); a part is cleaned HTML.

    `marks` are those of `selectors.telaah_staf_marks`; they stand beside their part or section on the
    pages that may show them.
    """
    report = as_report(telaah_staf, user)
    tables = iter(html.rendered_tables(report, on_screen=on_screen))
    sections = []
    for section in telaah_staf.sections.all():
        parts = [_part(block, tables, marks) for block in section.blocks.all()]
        new = marks.get("new", {}).get(section.pk, ())
        row = {"heading": section.heading, "section": section, "parts": parts, "new": new}
        sections.append(row)
    return {"telaah_staf": telaah_staf, "report": report, "sections": sections}


def _part(block, tables, marks) -> dict:
    if block.kind != Kind.TEXT:
        return {"block": block, "html": next(tables), "stale": ()}
    stale = [row for kind in ("stale", "against") for row in marks.get(kind, {}).get(block.pk, ())]
    text = clean(block.text)
    if stale:
        text = marked(text, [row.words for row in stale])
    return {"block": block, "html": mark_safe(framed(text)), "stale": stale}  # noqa: S308  cleaned above


@dataclass(frozen=True)
class TelaahStafDocument:
    """The data to print: the texts of `telaah_staf`, and in `report` the paper, letterhead and tables."""

    telaah_staf: TelaahStaf
    context: dict

    @property
    def title(self) -> str:
        return str(self.telaah_staf)

    @property
    def filename(self) -> str:
        return self.context["report"].filename

    @property
    def characters(self) -> int:
        parts = (part for section in self.context["sections"] for part in section["parts"])
        return sum(len(part["html"]) for part in parts)

    @property
    def document_id(self) -> int:
        return self.telaah_staf.pk

    @property
    def is_draft(self) -> bool:
        return self.telaah_staf.is_draft

    @property
    def series(self) -> int:
        """Returns the pk of the first telaah staf in the line of those that replace one another."""
        return self.telaah_staf.series_id or self.telaah_staf.pk

    @property
    def obstacle(self) -> str:
        """Returns why this telaah staf cannot be sealed any more; "" when it can."""
        if self.telaah_staf.status == TelaahStaf.Status.WITHDRAWN:
            return "Telaah Staf ini sudah dicabut. Buat penggantinya."
        if self.telaah_staf.successor:
            return "Telaah Staf ini sudah digantikan. Terbitkan penggantinya."
        return ""

    @property
    def evaluation(self):
        return self.telaah_staf.evaluation

    @property
    def contents(self) -> Report:
        """Returns its tables and, between them, its texts as passages, for a workbook or a snapshot."""
        report, sections = self.context["report"], []
        tables = iter(report.sections)
        for row in self.context["sections"]:
            key = f"bagian:{row['section'].kind or 'sendiri'}"
            for part in row["parts"]:
                if part["block"].kind == Kind.TEXT:
                    sections.append(Prose(row["heading"], part["block"].text, key=key))
                else:
                    table = next(tables)
                    sections.append(replace(table, key=f"{key}/{part['block'].kind}"))
        head, signature = _head_and_signature(self.telaah_staf)
        return replace(report, title=self.title, sections=[*sections, signature], head=head)


def _head_and_signature(telaah_staf) -> tuple[Facts, Facts]:
    """Returns head and signature block as they are printed, with the marks of a draft."""
    values = values_of(telaah_staf)
    incomplete = [
        section.heading
        for section in telaah_staf.sections.all()
        for block in section.blocks.all()
        if block.is_incomplete
    ]
    head = [
        ("Keadaan", "Draf, belum diterbitkan" if telaah_staf.is_draft else ""),
        ("Ditandai belum lengkap", "; ".join(incomplete)),
        ("Judul", values["judul"]),
        ("Kepada", values["kepada"]),
        ("Dari", values["dari"]),
        ("Tembusan", "\n".join(telaah_staf.copies)),
        *((name.capitalize(), values[name]) for name in HEAD),
    ]
    signature = [(name.capitalize(), values[name]) for name in ("jabatan", "nama", "pangkat")]
    return (
        Facts("Kepala surat", head, key="kepala"),
        Facts("Tanda tangan", [*signature, ("NIP", values["nip"])], key="tanda-tangan"),
    )


def build(order, user, today) -> TelaahStafDocument:
    """Returns the requested document; without a request, the newest one in force or else the newest draft."""
    ordered = order.document_id
    telaah_staf = load(user, _foremost(order, user) if ordered is None else ordered)
    if telaah_staf is None:
        raise ReportError(
            f"Telaah Staf nomor {ordered} tidak ada atau bukan untuk Anda. Pilih yang lain."
        )
    about = telaah_staf.evaluation
    if order.evaluation_id not in (None, about.pk) or order.year not in (
        None,
        about.evaluation_year,
    ):
        raise ReportError(f"Telaah Staf nomor {ordered} tentang {about}. Pilih salah satu saja.")
    return TelaahStafDocument(telaah_staf, context(telaah_staf, user, on_screen=False))


def _foremost(order, user):
    evaluation = choose_evaluation(
        user, order.evaluation_id, order.year, holds=coverage.telaah_staf
    )
    found = TelaahStaf.objects.visible_to(user).filter(evaluation=evaluation)
    if foremost := found.foremost():
        return foremost.pk
    if found.exists():
        raise ReportError(
            f"Telaah Staf untuk {evaluation} sudah dicabut. Buat penggantinya, atau sebut nomornya."
        )
    raise ReportError(f"Belum ada Telaah Staf untuk {evaluation}. Tulis Telaah Staf lebih dahulu.")


def render(telaah_staf: TelaahStafDocument, format, seal, progress) -> bytes:
    from reports.documents.telaah_staf.word import (
        printing,  # the pages read letters without printing
    )
    from reports.renderers import pdf

    if format == "docx":
        return printing.word(telaah_staf.telaah_staf, telaah_staf.context["report"])
    page = telaah_staf.context | {"seal": html.sealed(seal)}
    document: SafeString = render_to_string("reports/print/telaah_staf.html", page)
    return pdf.render_html(document, pdf.page_css(telaah_staf.context["report"]), seal, progress)
