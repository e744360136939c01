"""What stands in the file beside its follow-up table: notes and scores, taken over where chosen."""

from collections import defaultdict

from recommendations.models import Evaluation, Note
from recommendations.permissions import evaluation_policy
from sakip import notation

OTHER_NOTE = (
    "Catatan atas rekomendasi {number} sudah tersimpan dengan isi lain, jadi tidak diganti. Pilih "
    "rekomendasinya di bagian “Isi lain dalam berkas” bila memang hendak diganti."
)


def prepare(draft, evaluation):
    """Chooses what replaces nothing that is stored: new notes, and scores of an LHE that has none.
    Two queries."""
    rows = Note.objects.filter(recommendation__evaluation=evaluation)
    stored = dict(rows.values_list("recommendation__number", "text"))
    texts = notes_by_number(draft.extras)
    for note in draft.extras.notes:
        before = stored.get(note.number)
        if before and notation.from_html(before) != notation.normal(texts[note.number]):
            draft.remarks.append(OTHER_NOTE.format(number=note.number))
            note.number = None
    unscored = {str(one.performance_year) for one in of_body(evaluation).filter(scores=None)}
    for table in draft.extras.scores:
        table.chosen = [year for year in table.years if year in unscored]


def of_body(evaluation):
    return Evaluation.objects.filter(unit=evaluation.unit_id).select_related("unit")


def notes_by_number(extras) -> dict[int, str]:
    """All notes on a recommendation as one, in the notation."""
    found = defaultdict(list)
    for note in extras.notes:
        if note.number is not None:
            found[note.number].append(note.text)
    return {number: "\n".join(texts) for number, texts in found.items()}


def editable_years(evaluation, user) -> dict[str, Evaluation]:
    """The LHE of this body whose scores `user` may write, by performance year as text. One query."""
    rows = evaluation_policy.filter(of_body(evaluation), user, "edit")
    return {str(one.performance_year): one for one in rows}


def score_rows(extras, components) -> dict[str, dict[str, str]]:
    """By chosen year the figures of each component's name; of two tables the first one holds.

    `components` finds a component by the name in the file, or None.
    """
    found: dict[str, dict[str, str]] = {}
    for table in extras.scores:
        for year in table.chosen:
            figures = found.setdefault(year, {})
            for row in table.rows:
                component = components(row.component)
                if component and row.scores.get(year):
                    figures.setdefault(component.name, row.scores[year])
    return {year: figures for year, figures in found.items() if figures}
