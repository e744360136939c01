"""Writes history entries as Indonesian sentences: who did what to which record, and why."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from textwrap import shorten

from django.contrib.contenttypes.models import ContentType

from sakip.history.entries import HistoryEntry
from sakip.history.words import ACTIONS, REASON, STATUS, Action
from sakip.prepared import Prepared

SAID_BY_THE_DEED = {STATUS, REASON}
LONGEST = 60  # characters of a value in a sentence; a longer value is shown below the sentence
NOTHING = {"", "-"}
MOST_ACTS, MOST_ENTRIES = 30, 120  # shown on the page of a record


@dataclass(frozen=True)
class Sentence:
    """`what` names the record; `before` and `after` are the text around it. `details` are changes not in the text."""

    who: str
    before: str
    what: str
    after: str
    details: tuple = ()

    def __str__(self):
        return f"{self.who} {self.before}{self.what}{self.after}."


@dataclass(frozen=True)
class Act:
    """One action of a person. When it made several entries, `parts` has one sentence for each."""

    at: datetime
    sentence: Sentence
    parts: tuple[Sentence, ...] = ()


@dataclass(frozen=True)
class Story:
    """The acts on one record, newest first. `is_cut` is True when older ones are left out."""

    acts: list[Act]
    is_cut: bool


def story_of(record) -> Story:
    """The history of a record in sentences. One query."""
    kind = ContentType.objects.get_for_model(record).pk
    entries = LATEST(kind, record.pk)
    acts = [_act(list(together)) for _, together in groupby(entries, attrgetter("batch"))]
    return Story(acts[:MOST_ACTS], len(acts) > MOST_ACTS or len(entries) > MOST_ENTRIES)


LATEST = Prepared(
    lambda kind, pk: HistoryEntry.objects.filter(content_type=kind, object_id=pk).with_actor()[
        : MOST_ENTRIES + 1
    ]
)


def _act(entries):
    if len(entries) == 1:
        return Act(entries[0].at, tell(entries[0]))
    return Act(entries[0].at, tell_many(entries, ""), tuple(map(tell, reversed(entries))))


def tell(entry: HistoryEntry) -> Sentence:
    """One entry as a sentence. No query when the actor is loaded."""
    changes = _changes(entry)
    before, after, details = _deed(entry.action, *_names(entry)), "", changes
    if _action(entry.action).only_changes and len(changes) == 1:
        before, after, details = _one_change(*changes[0])
    else:
        before, _, after = before.partition("{}")
    why = _reason(entry)
    return Sentence(entry.who, before, entry.label, after + why, tuple(details))


def tell_many(entries, noun) -> Sentence:
    """The entries of one act as one sentence. `noun` is the Indonesian word for the records."""
    first, count = entries[0], len(entries)
    who = first.who
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


def tell_number(entry, count, noun, *, is_mixed=False) -> Sentence:
    """An act that is too large to be read: its newest entry, and the number of all in words."""
    if is_mixed:
        return Sentence(entry.who, "melakukan ", f"{count} {noun}", "")
    before, _, after = _deed(entry.action).partition("{}")
    return Sentence(entry.who, before, f"{count} {noun}", after)


def _deeds(entries):
    """The deeds on one record as text, oldest first and each once; {} for the record is at the end."""
    names = {}
    for entry in reversed(entries):
        names.setdefault(entry.action, []).extend(_names(entry))
    *others, last = [_deed(action, *of_action) for action, of_action in names.items()]
    others = [deed.replace(" pada {}", "").replace(" {}", "") for deed in others]
    return f"{', '.join(others)} dan {last}" if others else last


def _changes(entry):
    """The changes as label, old and new value, without status and reason: the deed tells these."""
    rows = zip(entry.changes, entry.in_words, strict=True)
    return [tuple(words) for (code, *_), words in rows if code not in SAID_BY_THE_DEED]


def _names(entry):
    """Titles of the changed parts (the text before “·”), or the new names when the action has `named_by`."""
    if named_by := _action(entry.action).named_by:
        return [new for code, _, new in entry.changes if code.partition(":")[0] == named_by]
    told = (label.partition(" · ")[0] for label, *_ in _changes(entry))
    return [shorten(name, LONGEST, placeholder="…") for name in dict.fromkeys(told)]


def _action(code):
    return ACTIONS.get(code) or Action(code, f"mencatat “{code}” pada {{}}")


def _deed(action, *names):
    """The Indonesian words for an action with these names; {} marks the place of the record."""
    words = _action(action).deed
    for sign, between in ((" “{name}”", "”, “"), (" {name}", ", ")):
        together = between.join(names).replace("{}", "…")  # a title may itself contain {}
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
    """The text without its full stop, because the sentence adds one."""
    return text.removesuffix(".")


def _in_sentence(label):
    """The label with a small first letter, unless it is an abbreviation."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def _reason(entry):
    coded = entry.reason
    note = " ".join(entry.note.split()).removesuffix(".")
    if coded and note:
        return f" karena {_in_sentence(coded)}: “{note}”"
    if coded or note:
        return f" karena “{coded or note}”"
    return ""
