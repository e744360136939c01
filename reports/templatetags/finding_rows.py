"""The findings of one rule. As nodes of a template their hundreds of values take longer than all queries."""

from html import escape
from urllib.parse import quote

from django import template
from django.urls import reverse
from django.utils.http import RFC3986_SUBDELIMS
from django.utils.safestring import mark_safe

register = template.Library()

TICK = (
    '<input class="form-check-input d-print-none" type="checkbox" name="temuan" value="{}"{} '
    'aria-label="Pilih {}">'
)
DISMISS = ' · <a href="{}">Abaikan<span class="visually-hidden"> dengan alasan: {}</span></a>'
ROW = (
    '<li class="finding{}">{}<div class="finding-object"><a href="{}">{}</a>\n'
    '<span class="d-print-none"><a href="{}">Perbaiki<span class="visually-hidden">: {}</span></a>{}</span>'
    "</div>{}</li>\n"
)
PLACE, IN_PATHS = "kunci-temuan", f"{RFC3986_SUBDELIMS}/~:@"  # as `reverse` quotes
MESSAGE = '<p class="mb-0">{}</p>'


@register.simple_tag
def finding_rows(group, together):
    """The rows of a RuleGroup; `together` is the refused form of several findings, or None."""
    chosen = set(together.chosen) if together else set()
    page = reverse("reports:finding-dismiss", args=[PLACE])
    return mark_safe("".join(_row(row, group, chosen, page) for row in group.rows))  # noqa: S308  escaped in _row


def _row(row, group, chosen, page):
    """`format_html` would look at each value whether it is safe; none of the texts is."""
    finding, is_ticked = row.finding, bool(group.has_choice and row.allowed)
    name, tick, dismiss = escape(str(finding.object)), "", ""
    if is_ticked:
        choice = row.choice
        tick = TICK.format(escape(choice), " checked" if choice in chosen else "", name)
    if row.allowed:
        url = page.replace(PLACE, quote(finding.key, safe=IN_PATHS))
        dismiss = DISMISS.format(escape(url), name)
    return ROW.format(
        " form-check" if is_ticked else "",
        tick,
        escape(finding.url),
        name,
        escape(row.mending_url),
        name,
        dismiss,
        "" if group.shared_message else MESSAGE.format(escape(finding.message)),
    )
