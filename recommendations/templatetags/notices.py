"""The number of unread notices for the menu, the rows of their list, and the words of a comment."""

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import mark_safe

from recommendations.models import Notice
from recommendations.services.comments import MENTION
from recommendations.services.notifications import TONES
from sakip.converters import addresses_of
from sakip.dates import format_datetime
from sakip.templatetags.sakip import badge

register = template.Library()
MOST_COUNTED = 99

# As nodes of a template the values of fifty rows take longer than all queries.
ROW = '<li{}><p class="notice-meta">{} {}<time class="text-secondary" datetime="{}">{}</time></p>{}{}</li>\n'
UNREAD = (
    mark_safe(' class="is-unread"'),
    mark_safe('<span class="visually-hidden">Belum dibaca.</span> '),
)
COMMENT = (
    '<li id="komentar-{}"><p class="mb-1"><strong>{}</strong> '
    '<time class="text-secondary" datetime="{}">{}</time></p><p class="comment-text">{}</p></li>\n'
)
TEXT = '<p class="notice-text">{}</p>'
NOT_ANY_MORE = mark_safe(
    '<p class="notice-text text-secondary">Rencana aksi ini tidak lagi menjadi urusan Anda.</p>'
)
FORM = '<form class="notice-actions" method="post" action="{}">{}{}{}</form>'
CSRF = '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
OPEN = '<button class="btn btn-sm btn-outline-primary" type="submit" name="buka">Buka {}</button> '
MARK_READ = mark_safe('<button class="btn btn-sm btn-link" type="submit">Tandai dibaca</button>')


@register.simple_tag(takes_context=True)
def unread_notices(context) -> str:
    """How many notices the person has not read, "" for none. One query, which the index answers."""
    unread = Notice.objects.filter(person=context["user"].pk, read_at=None).order_by()
    count = len(unread.values_list("pk")[: MOST_COUNTED + 1])
    return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count or "")


@register.simple_tag(takes_context=True)
def notice_rows(context, rows):
    """`rows` are pairs of a notice and the name of its renaksi, "" where the person may not see it any more."""
    address = addresses_of("recommendations:notice-read")
    token = format_html(CSRF, context["csrf_token"])
    return format_html_join("", ROW, (_row(*row, address, token) for row in rows))


def _row(notice, name, address, token):
    is_gone = notice.renaksi_id and not name
    what = name or ("daftarnya" if notice.kind == Notice.Kind.LATE else "")
    buttons = [format_html(OPEN, what) if what else "", "" if notice.read_at else MARK_READ]
    form = format_html(FORM, address(notice.pk), token, *buttons) if any(buttons) else ""
    return (
        "" if notice.read_at else UNREAD[0],
        badge(notice.get_kind_display(), TONES.get(notice.kind, "info")),
        "" if notice.read_at else UNREAD[1],
        timezone.localtime(notice.created_at).isoformat(),
        format_datetime(notice.created_at),
        NOT_ANY_MORE if is_gone else format_html(TEXT, notice.text),
        form,
    )


@register.simple_tag
def comment_rows(comments):
    """The items of the list of comments."""
    return format_html_join("", COMMENT, map(_comment, comments))


def _comment(comment):
    return (
        *(comment.pk, comment.author, timezone.localtime(comment.written_at).isoformat()),
        *(format_datetime(comment.written_at), linebreaksbr(mentions(comment.text))),
    )


@register.filter(is_safe=True)
def mentions(text):
    """Escaped text with the names after @ set off."""
    return mark_safe(MENTION.sub(r"<strong>\g<0></strong>", conditional_escape(text)))  # noqa: S308  escaped just before
