"""Saves the entry grid cell by cell."""

from django.core.exceptions import ValidationError

from performance.rules import typed_figures
from performance.rules.typed_figures import PlannedTarget
from performance.selectors.entry_grid import REALISATION, TARGET, Grid
from performance.services import quarters, realisations
from sakip.errors import WrongState


def save(grid: Grid, data, *, actor, at) -> None:
    """Saves each cell that `data` changes. A cell that is refused keeps its text and gets `error`."""
    values = {
        (row.row.indicator.pk, one.year): one.value
        for row in grid.rows
        for one in row.row.indicator.realisations.all()
    }
    versions: dict[tuple, int] = {}
    for cell in grid.cells:
        typed, seen = data.get(cell.name), data.get(f"lama-{cell.name}", "")
        if typed is None or typed.strip() in (seen, cell.stored):
            continue
        cell.typed = typed.strip()
        if not cell.is_open:
            cell.error = "Sel ini tidak dapat Anda isi: tahunnya terkunci, atau bukan bagian Anda."
            continue
        if cell.stored != seen:
            words = f"“{cell.stored}”" if cell.stored else "kosong"
            cell.error = (
                f"Orang lain menyimpan {words} lebih dahulu. Simpan lagi untuk menggantinya, "
                "atau tekan Esc untuk menerimanya."
            )
            continue
        try:
            _write(cell, values, versions, actor, at)
        except ValidationError as error:
            cell.error = " ".join(error.messages)
        except (ValueError, WrongState) as error:
            cell.error = str(error)


def _write(cell, values, versions, actor, at):
    write = _write_quarter if cell.quarter else _write_year
    write(cell, values, versions, actor, at)
    cell.is_saved = True


def _write_year(cell, values, versions, actor, at):
    indicator, year = cell.indicator, cell.year
    loaded = next((row.version for row in indicator.realisations.all() if row.year == year), 0)
    version = versions.get((indicator.pk, year), loaded)
    given = _target(cell) if cell.what == TARGET else _realisation(cell, values)
    realisations.write_year(
        indicator=indicator, year=year, actor=actor, at=at, version=version, **given
    )
    if cell.what == REALISATION:
        values[indicator.pk, year] = given["realisation"]["value"]


def _write_quarter(cell, values, versions, actor, at):
    """The year follows its quarter; its new version is kept for the cell of the year in the same request."""
    indicator, year, quarter = cell.indicator, cell.year, cell.quarter
    loaded = (
        row.version
        for row in indicator.quarters.all()
        if (row.year, row.quarter) == (year, quarter)
    )
    key, is_target = (indicator.pk, year, quarter), cell.what == TARGET
    row = quarters.write_quarter(
        indicator=indicator,
        year=year,
        quarter=quarter,
        actor=actor,
        at=at,
        version=versions.get(key, next(loaded, 0)),
        target=_plan(cell) if is_target else None,
        realisation=None if is_target else _figure(cell),
    )
    versions[key] = row.version
    versions[indicator.pk, year] = realisations.version_of(indicator, year)


def _plan(cell):
    return typed_figures.read_plan(cell.typed) or PlannedTarget()


def _target(cell):
    planned = _plan(cell)
    stored = next((row for row in cell.indicator.targets.all() if row.year == cell.year), None)
    seen = realisations.digest_of_target(stored)
    return {"target": planned, "target_seen": seen}


def _figure(cell):
    figure = typed_figures.read_figure(cell.typed)
    if figure is None:
        raise ValueError("Realisasi tidak dikosongkan. Tulis alasannya, misalnya Belum rilis.")
    return figure


def _realisation(cell, values):
    """The fields to write. A figure typed in the grid is not a carried-over one any more."""
    figure = _figure(cell)
    if problem := typed_figures.scale_problem(figure, cell.indicator.scale_values):
        raise ValueError(problem)
    base = values.get((cell.indicator.pk, cell.year - 1))
    if problem := typed_figures.tenfold_problem(figure.value, base, cell.indicator.decimals):
        raise ValueError(f"{problem} Bila memang benar, simpan lewat formulir.")
    return {"realisation": figure.fields | {"is_carried_over": False}}
