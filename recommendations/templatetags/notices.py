"""The number of unread notices for the menu, and the words of a comment."""

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

from recommendations.models import Notice
from recommendations.services.comments import MENTION

register = template.Library()
MOST_COUNTED = 99


@register.simple_tag(takes_context=True)
def unread_notices(context) -> str:
    """How many notices the person has not read, "" for none. One query, which the index answers."""
    unread = Notice.objects.filter(person=context["user"].pk, read_at=None).order_by()
    count = len(unread.values_list("pk")[: MOST_COUNTED + 1])
    return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count or "")


@register.filter(is_safe=True)
def mentions(text):
    """Escaped text with the names after @ set off."""
    return mark_safe(MENTION.sub(r"<strong>\g<0></strong>", conditional_escape(text)))  # noqa: S308  escaped just before
