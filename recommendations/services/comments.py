"""Writes comments on a renaksi. A comment cannot be edited later."""

import re

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Lower

from recommendations.models import Comment
from recommendations.permissions import renaksi_policy
from recommendations.services import notifications
from recommendations.workflow import lock
from sakip.errors import require
from sakip.models import User
from sakip.roles import Role

OVERSEERS = [Role.EVALUATOR, Role.COORDINATOR, Role.LEADER]
# A user name after @, not within a word or an address; a full stop at its end ends the sentence.
MENTION = re.compile(r"(?<![\w.@+-])@([\w.@+-]*\w)")


@transaction.atomic
def write_comment(*, renaksi, actor, at, text) -> Comment:
    """Adds a comment and sends a notice to the people that it names with @.

    Raises ValidationError when a named person does not exist or may not see the item. The message is
    the same for both, so that it does not reveal which accounts exist.
    """
    renaksi = lock(renaksi)
    require(renaksi_policy.check(actor, "view", renaksi))
    people = _mentioned(renaksi, text)
    comment = Comment(renaksi=renaksi, author=actor, text=text.strip(), written_at=at)
    comment.full_clean()
    comment.save()
    comment.mentioned.set(people)
    notifications.mentioned(comment, people)
    return comment


def _mentioned(renaksi, text) -> list[User]:
    names = {name.lower(): name for name in MENTION.findall(text)}
    if not names:
        return []
    people = notifications.active().annotate(lower=Lower("username")).filter(lower__in=names)
    readers = notifications.readers(renaksi, people.with_reach())
    if missing := names.keys() - {person.lower for person in readers}:
        listed = ", ".join(f"@{names[name]}" for name in sorted(missing))
        raise ValidationError(
            {
                "text": f"{listed} tidak ditemukan atau tidak dapat melihat rencana aksi ini. Periksa ejaannya."
            }
        )
    return readers


def mentionable(renaksi, reader) -> list[User]:
    """Returns the people that a comment on this item may name, without the reader. Three queries."""
    units = [unit.pk for unit in notifications.units_of(renaksi)]
    operators = notifications.active().holding([Role.OPERATOR], units)
    others = notifications.active().holding(OVERSEERS)
    people = (operators | others).exclude(pk=reader.pk)
    return notifications.readers(renaksi, people.with_reach())
