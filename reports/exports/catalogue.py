"""All files that the program gives out are made here.

An ExportSpec says what is wanted and can be stored as JSON. An Export works in two steps: `build`
collects as data what the reader may see and is fast; `render` prints that data and is slow.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from reports import definitions, renderers
from reports.definitions import DEFINITIONS, ReportError, evaluation_choices
from reports.exports import validity
from reports.models import TelaahStaf
from reports.renderers import FORMATS
from reports.selectors import coverage
from reports.tables.table import Orientation, Paper, Report, Typeface
from reports.typesetting.stages import silent
from sakip.later import later
from sakip.models import Unit
from sakip.operations import figures

LAYOUT = {"paper": Paper.__members__, "orientation": Orientation, "typeface": Typeface}


# Documents up to this size are made while the reader waits; longer ones would block a web process.
# For a PDF this means about 25 pages or 60 recommendations, and two seconds.
MAX_CHARACTERS_AT_ONCE = {"pdf": 100_000, "docx": 400_000, "xlsx": 2_000_000, "csv": 5_000_000}


class TooLong(Exception):  # noqa: N818 (it is not an error)
    """The document is too long to be made at once: enqueue a job. `title` is the title of the document."""

    def __init__(self, title):
        super().__init__(title)
        self.title = title


class Cancelled(Exception):  # noqa: N818 (it is not an error)
    """Raised by `progress` when nobody waits for the file any more."""


@dataclass(frozen=True, kw_only=True)
class ExportSpec:
    """What is wanted. `document_id` is the pk of a Telaah Staf.

    `options` holds paper, orientation, typeface, verified (only verified items count), all_bodies (a
    table for each body), and the further options of a document. Where a value is None or absent, the export uses its default.
    """

    name: str
    format: str
    evaluation_id: int | None = None
    year: int | None = None
    unit_id: int | None = None
    document_id: int | None = None
    options: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict:
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "ExportSpec":
        return cls(**value)


@dataclass(frozen=True)
class ExportedFile:
    content: bytes
    filename: str
    content_type: str
    title: str


@dataclass(frozen=True)
class Export:
    """One export. `needs` names the choice it needs: "evaluation", "year", "unit", "telaah-staf", or "".

    `build(spec, user, today)` returns data with `title`, `filename` and `characters` (the number of
    characters to print). It raises ReportError when there is nothing to print. `render(data, format,
    seal, progress)` returns the bytes. `is_dated`: the document depends on the current day; otherwise
    `today` is None. `holds`, `years` and `opens_on` have the same meaning as in Definition.
    `reads_daily_counts` is passed to `validity.key_of`. `covers_all_bodies`: one file may cover every body.
    """

    title: str
    purpose: str
    needs: str
    formats: tuple[str, ...]
    build: Callable[..., Any]
    render: Callable[..., bytes]
    is_dated: bool = True
    can_verify: bool = False
    holds: Callable = coverage.recommendations
    years: Callable | None = None
    opens_on: Callable | None = None
    reads_daily_counts: bool = False
    covers_all_bodies: bool = False

    def opening_year(self, user, unit=None) -> int | None:
        """Returns the year used when none is chosen; None when the export has no year or covers several."""
        if self.opens_on:
            return self.opens_on(user, unit)
        return next(iter(self.years(user, unit)), None) if self.years else None


def _build_table(spec, user, today) -> Report:
    report = definitions.build(
        spec.name,
        user,
        today=today,
        evaluation_id=spec.evaluation_id,
        year=spec.year,
        unit=_unit(spec.unit_id),
        verified=bool(spec.options.get("verified")),
        all_bodies=bool(spec.options.get("all_bodies")),
    )
    return replace(report, **layout(spec.options))


def _render_table(report, format, seal, progress) -> bytes:
    return renderers.render(report, format, progress, seal)


EXPORTS = {
    name: Export(
        row.title,
        row.purpose,
        row.about,
        tuple(FORMATS),
        _build_table,
        _render_table,
        row.is_dated,
        row.can_verify,
        row.holds,
        row.years,
        row.opens_on,
        reads_daily_counts=name == "leader-summary",
        covers_all_bodies=row.tables is not None,
    )
    for name, row in DEFINITIONS.items()
} | {
    "telaah-staf": Export(
        "Telaah Staf",
        "Surat kepada pimpinan tentang hasil evaluasi dan tindak lanjutnya.",
        "telaah-staf",
        ("pdf", "docx"),
        later("reports.documents.telaah_staf.document.build"),
        later("reports.documents.telaah_staf.document.render"),
        is_dated=False,
        holds=coverage.telaah_staf,
    ),
    "dossier": Export(
        "Dokumen lengkap",
        "Tabel tindak lanjut, catatan bergambar, Telaah Staf, indikator, nilai, triwulan, dan lampiran bukti dalam satu PDF atau dokumen Word.",
        "evaluation",
        ("pdf", "docx"),
        later("reports.documents.dossier.document.build"),
        later("reports.documents.dossier.document.render"),
    ),
}


def export_file(
    spec: ExportSpec, user, *, today: date, seal=None, progress=None, at_once=False
) -> ExportedFile:
    """Returns the file with only what `user` may see.

    `progress` (typesetting.stages) is called regularly and may raise Cancelled. Raises ReportError with a
    sentence for the reader. With `at_once`, raises TooLong when there is too much to print.
    """
    export_of(spec)
    data = build(spec, user, today=today)
    if at_once and data.characters > MAX_CHARACTERS_AT_ONCE[spec.format]:
        raise TooLong(data.title)
    content = render(spec, data, seal=seal, progress=progress)
    name = renderers.filename(data, spec.format)
    return ExportedFile(content, name, FORMATS[spec.format].content_type, data.title)


def build(spec: ExportSpec, user, *, today: date):
    """Returns the data behind the file. A page uses it for the preview."""
    export = EXPORTS[spec.name]
    if spec.options.get("all_bodies") and not export.covers_all_bodies:
        raise ReportError(f"{export.title} tidak dibuat untuk semua perangkat daerah sekaligus.")
    return export.build(spec, user, today if export.is_dated else None)


def render(spec: ExportSpec, data, *, seal=None, progress=None) -> bytes:
    """Returns the bytes of the file for the data from `build`."""
    figures.DOCUMENTS.labels(spec.name, spec.format).inc()
    return export_of(spec).render(data, spec.format, seal, progress or silent)


def export_of(spec: ExportSpec) -> Export:
    export = EXPORTS.get(spec.name)
    if export is None:
        raise ReportError(f"Laporan “{spec.name}” tidak dikenal.")
    if spec.format not in export.formats:
        known = ", ".join(export.formats)
        raise ReportError(f"{export.title} tidak ada sebagai “{spec.format}”. Pilih: {known}.")
    return export


def bodies_of(spec: ExportSpec, user) -> list | None:
    """Returns the bodies whose records the file may contain, in the form `validity.key_of` takes. No
    query.
    """
    export = export_of(spec)
    if export.needs not in ("evaluation", "telaah-staf") or spec.options.get("all_bodies"):
        return validity.bodies_seen(user)
    if spec.document_id is not None:
        telaah_staf = TelaahStaf.objects.filter(pk=spec.document_id)
        return [telaah_staf.order_by().values("evaluation__unit")]
    choices = evaluation_choices(user, spec.evaluation_id, spec.year, holds=export.holds)
    return [choices.values("unit")[:1]]


def layout(options: Mapping[str, Any]) -> dict[str, Any]:
    """Returns fields of a Report that replace the layout chosen by its definition."""
    chosen = {}
    for name, choices in LAYOUT.items():
        if value := options.get(name):
            try:
                chosen[name] = choices[value] if name == "paper" else choices(value)
            except (KeyError, ValueError):
                raise ReportError(f"Pilihan “{value}” tidak dikenal.") from None
    return chosen


def _unit(unit_id) -> Unit | None:
    if unit_id is None:
        return None
    if unit := Unit.objects.filter(pk=unit_id).first():
        return unit
    raise ReportError(f"Perangkat daerah nomor {unit_id} tidak ada.")
