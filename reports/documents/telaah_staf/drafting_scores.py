"""Sentences about scores: of components, of the total, and over several years (docs/design.md §2.1)."""

from reports.documents.telaah_staf.facts import ComponentFacts
from reports.documents.telaah_staf.wording import MOVES, DraftedSentence, listed, moved_by, size
from sakip.numbers import format_number


# ── Persoalan ───────────────────────────────────────────────────────────────────────────────────
def scores(facts):
    """One sentence for each chosen component with a score, and one about weights that are estimated."""
    yield from (_score(row, facts) for row in facts.chosen if row.score.now is not None)
    if facts.estimated_years and any(row.share for row in facts.chosen):
        years = listed([str(year) for year in facts.estimated_years])
        yield DraftedSentence(
            "problem.estimate",
            f"Bobot komponen tahun {years} masih berupa perkiraan dan perlu dikonfirmasi.",
            {"tahun dengan bobot perkiraan": years},
        )


def _score(component: ComponentFacts, facts):
    share = component.share
    text = f"Nilai komponen {component.name} {_moved(component.score, facts)}."
    figures = _figures(f"nilai {component.name}", component.score, facts)
    if share and share.direction is not None:
        text += f" Bobot komponen ini pada kedua tahun tersebut berbeda; {_of_weight(share)}."
        figures |= _figures(f"persen bobot {component.name}", share, facts)
    return DraftedSentence(f"problem.score:{component.name}", text, figures)


def _figures(name, change, facts) -> dict[str, str]:
    found = {f"{name} {facts.year}": format_number(change.now)}
    if change.direction is not None:
        found[f"{name} {facts.previous_year}"] = format_number(change.then)
        found[f"perubahan {name}"] = moved_by(change)
    return found


def _moved(change, facts):
    now, then = format_number(change.now), format_number(change.then)
    match change.direction:
        case None:
            return f"pada tahun {facts.year} sebesar {now}"
        case 0:
            return f"tidak berubah, yaitu {now} pada tahun {facts.previous_year} dan {facts.year}"
        case direction:
            return (
                f"{MOVES[direction]} {size(change)}, yaitu dari {then} pada tahun "
                f"{facts.previous_year} menjadi {now} pada tahun {facts.year}"
            )


def _of_weight(share):
    now, then = format_number(share.now), format_number(share.then)
    if share.direction == 0:
        return f"terhadap bobotnya, nilai itu tidak berubah, yaitu {now} persen"
    return (
        f"terhadap bobotnya, nilai itu {MOVES[share.direction]} {size(share)} poin, "
        f"yaitu dari {then} persen menjadi {now} persen"
    )


def total(facts):
    if facts.total.now is None:
        return
    name = f"Nilai hasil evaluasi SAKIP {facts.body}"
    grade = f"dengan predikat {facts.grade}" if facts.grade else ""
    before = f"dengan predikat {facts.previous_grade}" if facts.previous_grade else ""
    figures = _figures("nilai hasil evaluasi", facts.total, facts)
    figures |= _graded_figures(facts, with_previous=bool(facts.total.direction))
    said = " ".join(f"{name} {_graded(facts, grade, before)}.".split()).replace(" .", ".")
    yield DraftedSentence("problem.total", said, figures)
    yield from _over_the_years(facts)


def _graded_figures(facts, *, with_previous):
    found = {f"predikat {facts.year}": facts.grade}
    if with_previous:
        found[f"predikat {facts.previous_year}"] = facts.previous_grade
    return {name: grade for name, grade in found.items() if grade}


def _graded(facts, grade, before):
    now, then = format_number(facts.total.now), format_number(facts.total.then)
    match facts.total.direction:
        case None:
            return f"pada tahun {facts.year} sebesar {now} {grade}"
        case 0:
            same = f"tidak berubah, yaitu {now} pada tahun {facts.previous_year} dan {facts.year}"
            return f"{same}, {grade}" if grade else same
        case direction:
            return (
                f"{MOVES[direction]} {size(facts.total)}, yaitu dari {then} {before} pada tahun "
                f"{facts.previous_year} menjadi {now} {grade} pada tahun {facts.year}"
            )


def _over_the_years(facts):
    if told := facts.course:
        figures = {f"nilai hasil evaluasi {year}": format_number(n) for year, n in told.totals}
        yield DraftedSentence(
            "problem.course",
            f"Nilai hasil evaluasi itu {told.words}: {told.listed}.",
            figures | {"perjalanan nilai": told.words},
        )


def misprints(facts):
    for row in facts.misprints:
        printed, computed = format_number(row.printed), format_number(row.computed)
        yield DraftedSentence(
            f"problem.misprint:{row.year}",
            f"LHE mencetak nilai tahun {row.year} sebesar {printed}, sedangkan jumlah nilai "
            f"komponennya {computed}.",
            {f"nilai tercetak {row.year}": printed, f"jumlah komponen {row.year}": computed},
        )


# ── Analisis ────────────────────────────────────────────────────────────────────────────────────
def movements(facts):
    groups = {
        direction: [
            f"{row.name} ({size(row.score)})" if direction else row.name
            for row in facts.components
            if row.score.direction == direction
        ]
        for direction in MOVES
    }
    said = {MOVES[direction]: listed(names) for direction, names in groups.items() if names}
    if said:
        parts = [f"nilai komponen yang {moves} adalah {names}" for moves, names in said.items()]
        yield DraftedSentence(
            "analysis.movements",
            f"Dibandingkan dengan tahun {facts.previous_year}, {'; '.join(parts)}.",
            {f"komponen yang {moves}": names for moves, names in said.items()},
        )
    if facts.weights_differ:
        yield DraftedSentence(
            "analysis.weights",
            "Bobot komponen kedua tahun berbeda, sehingga selisih nilai perlu dibaca bersama "
            "persentasenya terhadap bobot.",
            {"bobot komponen kedua tahun": "berbeda"},
        )


# ── Kesimpulan ──────────────────────────────────────────────────────────────────────────────────
def conclusion(facts):
    if facts.total.direction is not None:
        grade = f" dengan predikat {facts.grade}" if facts.grade else ""
        moved = f"{moved_by(facts.total)} menjadi" if facts.total.direction else "tetap"
        now = format_number(facts.total.now)
        yield DraftedSentence(
            "conclusion.total",
            f"Nilai hasil evaluasi SAKIP tahun {facts.year} {moved} {now}{grade}.",
            {
                f"nilai hasil evaluasi {facts.year}": now,
                "perubahan": moved.removesuffix(" menjadi"),
            }
            | _graded_figures(facts, with_previous=False),
        )
    known = [row for row in facts.chosen if row.score.direction is not None]
    if facts.about and known:
        moved = listed([f"nilai komponen {row.name} {_in_its_scale(row)}" for row in known])
        figures = {f"nilai {row.name}": _in_its_scale(row) for row in known}
        yield DraftedSentence("conclusion.scores", f"{moved[0].upper()}{moved[1:]}.", figures)


def _in_its_scale(row):
    """Returns how the score moved. Adds the move in percent of the weight when it has another direction."""
    share = row.share and row.share.direction
    if share is None or share == row.score.direction:
        return moved_by(row.score)
    points = f"{moved_by(row.share)} poin" if share else MOVES[0]
    return f"{moved_by(row.score)} (terhadap bobotnya {points})"
