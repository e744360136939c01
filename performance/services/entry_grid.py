"""Saves the entry grid cell by cell."""

from django.core.exceptions import ValidationError

from performance.rules import typed_figures
from performance.rules.typed_figures import PlannedTarget
from performance.selectors.entry_grid import REALISATION, TARGET, Grid
from performance.services import realisations
from sakip.errors import WrongState


def save(grid: Grid, data, *, actor, at) -> None:
    """Saves each cell that `data` changes. A cell that is refused keeps its text and gets `error`."""
    values = {
        (row.row.indicator.pk, one.year): one.value
        for row in grid.rows
        for one in row.row.indicator.realisations.all()
    }
    for cell in grid.cells:
        typed, seen = data.get(cell.name), data.get(f"lama-{cell.name}", "")
        if typed is None or not cell.is_open or typed.strip() in (seen, cell.stored):
            continue
        cell.typed = typed.strip()
        if cell.stored != seen:
            words = f"“{cell.stored}”" if cell.stored else "kosong"
            cell.error = (
                f"Orang lain menyimpan {words} lebih dahulu. Simpan lagi untuk menggantinya, "
                "atau tekan Esc untuk menerimanya."
            )
            continue
        try:
            _write(cell, values, actor, at)
        except ValidationError as error:
            cell.error = " ".join(error.messages)
        except (ValueError, WrongState) as error:
            cell.error = str(error)


def _write(cell, values, actor, at):
    indicator, year = cell.indicator, cell.year
    current = next((row for row in indicator.realisations.all() if row.year == year), None)
    given = _target(cell) if cell.what == TARGET else _realisation(cell, values)
    version = current.version if current else 0
    realisations.write_year(
        indicator=indicator, year=year, actor=actor, at=at, version=version, **given
    )
    if cell.what == REALISATION:
        values[indicator.pk, year] = given["realisation"]["value"]
    cell.is_saved = True


def _target(cell):
    planned = typed_figures.read_plan(cell.typed) or PlannedTarget(None)
    stored = next((row for row in cell.indicator.targets.all() if row.year == cell.year), None)
    seen = realisations.digest_of_target(stored)
    return {"target": planned, "target_seen": seen}


def _realisation(cell, values):
    """The fields to write. A figure typed in the grid is not a carried-over one any more."""
    figure = typed_figures.read_figure(cell.typed)
    if figure is None:
        raise ValueError("Realisasi tidak dikosongkan. Tulis alasannya, misalnya Belum rilis.")
    if problem := typed_figures.scale_problem(figure, cell.indicator.scale_values):
        raise ValueError(problem)
    base = values.get((cell.indicator.pk, cell.year - 1))
    if problem := typed_figures.tenfold_problem(figure.value, base, cell.indicator.decimals):
        raise ValueError(f"{problem} Bila memang benar, simpan lewat formulir.")
    return {"realisation": figure.fields | {"is_carried_over": False}}
