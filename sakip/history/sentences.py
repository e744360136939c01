"""Tells what the history holds as Indonesian sentences: who did what to which record, and why."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from textwrap import shorten

from sakip.history.entries import HistoryEntry
from sakip.history.words import ACTIONS, REASON, STATUS, Action

SAID_BY_THE_DEED = {STATUS, REASON}
LONGEST = 60  # characters of a value within a sentence; a longer one is unfolded below it
NOTHING = {"", "-"}
MOST_ACTS, MOST_ENTRIES = 30, 120  # told on the page of a record


@dataclass(frozen=True)
class Sentence:
    """`before` and `after` stand around the name of the record. `details` are the changes not yet told."""

    who: str
    before: str
    what: str
    after: str
    details: tuple = ()

    def __str__(self):
        return f"{self.who} {self.before}{self.what}{self.after}."


@dataclass(frozen=True)
class Act:
    """What somebody did in one go; `parts` tell its entries one by one when there are several."""

    at: datetime
    sentence: Sentence
    parts: tuple[Sentence, ...] = ()


@dataclass(frozen=True)
class Story:
    """The history of one record, newest first, an act at a time; `is_cut` when there is more."""

    acts: list[Act]
    is_cut: bool


def story_of(record) -> Story:
    """One query."""
    entries = HistoryEntry.objects.about(record)[: MOST_ENTRIES + 1]
    acts = [_act(list(together)) for _, together in groupby(entries, attrgetter("batch"))]
    return Story(acts[:MOST_ACTS], len(acts) > MOST_ACTS or len(entries) > MOST_ENTRIES)


def _act(entries):
    if len(entries) == 1:
        return Act(entries[0].at, tell(entries[0]))
    return Act(entries[0].at, tell_many(entries, ""), tuple(map(tell, reversed(entries))))


def tell(entry: HistoryEntry) -> Sentence:
    """Costs no query when the actor is loaded."""
    changes = _changes(entry)
    before, after, details = _deed(entry.action, *_names(entry)), "", changes
    if _action(entry.action).only_changes and len(changes) == 1:
        before, after, details = _one_change(*changes[0])
    else:
        before, _, after = before.partition("{}")
    why = _reason(entry)
    return Sentence(str(entry.actor or "Sistem"), before, entry.label, after + why, tuple(details))


def tell_many(entries, noun) -> Sentence:
    """One act that left several entries, as one sentence; `noun` is what the records are called."""
    first, count = entries[0], len(entries)
    who = str(first.actor or "Sistem")
    if len({(entry.content_type_id, entry.object_id) for entry in entries}) == 1:
        before, _, after = _deeds(entries).partition("{}")
        return Sentence(who, before, first.label, after + _reason(first))
    if len({entry.action for entry in entries}) > 1:
        return Sentence(who, "melakukan ", f"{count} tindakan", "")
    before, _, after = _deed(first.action).partition("{}")
    rows = [row for entry in entries for row in entry.in_words]
    fields = {label for label, _, _ in rows}
    if _action(first.action).only_changes and len(fields) == 1:
        values = {after for _, _, after in rows}
        before = f"mengubah {_in_sentence(*fields)} "
        after = f" menjadi {values.pop()}" if len(values) == 1 else ""
    return Sentence(who, before, f"{count} {noun}", after + _reason(first))


def _deeds(entries):
    """What was done to one record, each deed once, in its order; the record is named at the end."""
    names = {}
    for entry in reversed(entries):
        names.setdefault(entry.action, []).extend(_names(entry))
    *others, last = [_deed(action, *of_action) for action, of_action in names.items()]
    others = [deed.replace(" pada {}", "").replace(" {}", "") for deed in others]
    return f"{', '.join(others)} dan {last}" if others else last


def _changes(entry):
    """In words, without what the deed says."""
    rows = zip(entry.changes, entry.in_words, strict=True)
    return [tuple(words) for (code, *_), words in rows if code not in SAID_BY_THE_DEED]


def _names(entry):
    """What the changes are about: told before the “·” of a field, or the name of what is new."""
    if named_by := _action(entry.action).named_by:
        return [new for code, _, new in entry.changes if code.partition(":")[0] == named_by]
    told = (label.partition(" · ")[0] for label, *_ in _changes(entry))
    return [shorten(name, LONGEST, placeholder="…") for name in dict.fromkeys(told)]


def _action(code):
    return ACTIONS.get(code) or Action(code, f"mencatat “{code}” pada {{}}")


def _deed(action, *names):
    """The words for it, with {} where the record belongs."""
    words = _action(action).deed
    for sign, between in ((" “{name}”", "”, “"), (" {name}", ", ")):
        together = between.join(names).replace("{}", "…")  # a title may hold anything
        words = words.replace(sign, sign.replace("{name}", together) if names else "")
    return words


def _one_change(label, old, new):
    name = _in_sentence(label)
    if max(len(old), len(new)) > LONGEST:
        return f"mengubah {name} ", "", [(label, old, new)]
    if old in NOTHING:
        return f"mengisi {name} ", f": {_unstopped(new)}", []
    if new in NOTHING:
        return f"mengosongkan {name} ", f", semula {_unstopped(old)}", []
    return f"mengubah {name} ", f" dari {_unstopped(old)} menjadi {_unstopped(new)}", []


def _unstopped(text):
    """The sentence brings a full stop of its own."""
    return text.removesuffix(".")


def _in_sentence(label):
    """Without its capital, unless it is an abbreviation."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def _reason(entry):
    coded = entry.reason
    note = " ".join(entry.note.split()).removesuffix(".")
    if coded and note:
        return f" karena {_in_sentence(coded)}: “{note}”"
    if coded or note:
        return f" karena “{coded or note}”"
    return ""
