"""Recommendations that stand in a file again, as where a memo repeats the table it speaks of."""

from sakip import notation
from workbooks.readers.workbook import folded_label
from workbooks.word.losses import Loss

ALIKE = 0.6  # of the words of two texts, so that both are taken for one


def leave_out(entries):
    """A recommendation that stands in the file again is shown, but not imported twice."""
    seen = []  # each with its texts and the set of their words
    for entry in sorted(entries, key=lambda one: one.number is None):  # the numbered ones first
        texts = _texts(entry)
        words = frozenset(texts[0].split())
        found = (known for known in seen if _is_copy(entry, words, known))
        first, others, _ = next(found, (None, None, None))
        if first is None:
            seen.append((entry, texts, words))
            continue
        entry.is_included = False
        same = texts == others
        difference = "" if same else " Isinya sedikit berbeda; periksa mana yang benar."
        if marks := ", ".join(_other_marks(entry, first)):
            difference += f" Tandanya berbeda: {marks}; periksa mana yang benar."
        said = f"Salinan dari {first.place}, jadi tidak diimpor.{difference}"
        entry.remarks.append(Loss(said) if difference else said)
        entry.number = first.number


def _is_copy(entry, words, known):
    other, _, theirs = known
    if entry.number is not None and entry.number != other.number:
        return False
    return len(words & theirs) > ALIKE * len(words | theirs)


def _other_marks(entry, first):
    for part in entry.renaksi:
        position = str(part.position)
        said = [(one.marks.get(position), one.percents.get(position)) for one in (entry, first)]
        if said[0] != said[1]:
            here, there = (one.said.get(position, "tidak ada") for one in (entry, first))
            yield f"rencana aksi {part.letter} di sini “{here}”, di sana “{there}”"


def _texts(entry):
    text = " ".join(part.text for part in entry.points.parts)
    follow_up = " ".join("\n".join([part.text, *part.steps]) for part in entry.renaksi)
    follow_up = " ".join([follow_up, entry.plan, *entry.evidence.values(), *entry.units.values()])
    head = f"{entry.heading} {entry.points.lead_text} {text}"
    return folded_label(notation.plain(head)), folded_label(notation.plain(follow_up))
