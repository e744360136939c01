"""The pieces of evidence on the page of a renaksi. As nodes of a template their values take longer than all
queries."""

from html import escape

from django import template
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.safestring import mark_safe

from recommendations.models import Evidence
from sakip.converters import address_of
from sakip.dates import format_date, format_datetime
from sakip.templatetags.sakip import badge

register = template.Library()

ITEM = '<li>\n<p class="work-title"><span>{}</span> {}</p>\n{}{}{}{}{}</li>\n'
LINKED = '<a href="{}" rel="noopener noreferrer external">{}</a>'
LINE = "<p>{}</p>\n"
ADDRESS = '<p class="text-secondary text-break small">{}</p>\n'
REVISION = (
    '<p><a class="text-break" href="{}">{}</a>\n<span class="text-secondary small">({})<br>\n'
    "Revisi {}, {} oleh {} · SHA-256 {}{}</span></p>\n"
)
DIGEST = '<abbr class="font-monospace" title="{}">{}</abbr>'
SAVED_AGAIN = " · gambar disimpan ulang; semula {}"
EARLIER = "<details><summary>Revisi sebelumnya ({})</summary>{}</details>\n"
ACTIONS = '<div class="item-actions d-print-none">{}</div>\n'
PLACE = '<a class="btn btn-sm btn-outline-secondary" href="{}">{}<span class="visually-hidden"> {}</span></a>\n'
BUTTON = (
    '<form method="post" action="{}"><input type="hidden" name="csrfmiddlewaretoken" value="{}">'
    '<button class="btn btn-sm btn-outline-secondary">{}<span class="visually-hidden"> {}</span></button></form>\n'
)
SHOWN = 12  # characters of a digest


@register.simple_tag
def evidence_items(rows, can_edit=False, csrf_token=""):
    """A list item for each piece of evidence, which has its revisions loaded."""
    return mark_safe("".join(_item(row, can_edit, csrf_token) for row in rows))  # noqa: S308  escaped in _item


def _item(row, can_edit, csrf_token):
    title, is_link = escape(row.title), row.kind == Evidence.Kind.LINK
    url = escape(row.url)
    document = _document(row)
    return ITEM.format(
        LINKED.format(url, title) if is_link else title,
        badge(row.get_kind_display()),
        LINE.format(document) if document else "",
        LINE.format(escape(row.caption)) if row.caption else "",
        ADDRESS.format(url) if is_link else "",
        _revisions(row),
        _actions(row, title, csrf_token) if can_edit else "",
    )


def _document(row):
    parts = (
        f"Nomor {escape(row.document_number)}" if row.document_number else "",
        f"tanggal {format_date(row.document_date)}" if row.document_date else "",
        f"· {escape(row.page_hint)}" if row.page_hint else "",
    )
    return " ".join(filter(None, parts))


def _revisions(row):
    """The latest one, and those before it folded."""
    told = [_revision(row, revision) for revision in row.revisions.all()]
    earlier = EARLIER.format(len(told) - 1, "".join(told[1:])) if len(told) > 1 else ""
    return "".join(told[:1]) + earlier


def _revision(row, revision):
    again = revision.original_sha256
    return REVISION.format(
        reverse("recommendations:evidence-file", args=[row.pk, revision.number]),
        escape(revision.original_name),
        filesizeformat(revision.size),
        *(
            revision.number,
            format_datetime(revision.uploaded_at),
            escape(str(revision.uploaded_by)),
        ),
        _digest(revision.sha256),
        SAVED_AGAIN.format(_digest(again)) if again else "",
    )


def _digest(text):
    return DIGEST.format(escape(text), escape(text[:SHOWN]))


def _actions(row, title, csrf_token):
    def button(name, label):
        return BUTTON.format(
            address_of(f"recommendations:evidence-{name}", row.pk), csrf_token, label, title
        )

    def place(name, label):
        return PLACE.format(address_of(f"recommendations:evidence-{name}", row.pk), label, title)

    if row.is_archived:
        return ACTIONS.format(button("restore", "Pulihkan"))
    revise = place("revise", "Revisi baru") if row.kind == Evidence.Kind.FILE else ""
    return ACTIONS.format(place("edit", "Ubah") + revise + button("archive", "Arsipkan"))
