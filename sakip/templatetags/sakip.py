"""Filters and tags for every template. They need no {% load %}: the settings list them as builtins."""

from functools import lru_cache
from html import escape
from urllib.parse import urlencode
from uuid import uuid4

from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field
from django import forms, template
from django.conf import settings
from django.forms.utils import flatatt
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from sakip import __version__, charts, dates, kept_filters, navigation, numbers
from sakip.color_scheme import DARK_FOR, STYLESHEETS, ColorScheme, scheme_of
from sakip.colours import BRAND
from sakip.finding.search_key import key_is_on
from sakip.forms.unit_choices import BETWEEN, told_apart
from sakip.guides import places
from sakip.once import FIELD
from sakip.richtext import plain_text
from sakip.text_tables import framed
from sakip.unsaved import ADDRESS

register = template.Library()

register.filter("number", numbers.format_number)
register.filter("exact_number", numbers.exact_number)
register.filter("date_id", dates.format_date)
register.filter("datetime_id", dates.format_datetime)
register.filter("signed_number", lambda value: numbers.format_number(value, signed=True))
register.filter("letter", numbers.list_letter)
register.filter("roman", numbers.roman)
register.filter("plain", plain_text)
register.filter("drawn", charts.draw)
register.filter("place_for", lambda record, reader: record.place_for(reader))
register.filter("keeps_filters", kept_filters.are_kept)
register.filter("named_for", lambda record, reader: record.named_for(reader))

SELECTED = " selected"
FILTER_FIELD = '<div id="div_{}" class="mb-3"><label for="{}" class="form-label">{}</label>{}</div>'
BADGES = 512  # that a process keeps
DRAWN = 64  # lists of options that a process keeps; each is found by all that it shows
# From the loudest to the quietest: late or wrong; waits for the reader's hand; a remark; waits for somebody
# else; goes on; done; not begun.
TONES = ("danger", "action", "warning", "primary", "info", "success", "secondary")


@register.filter
def prose(text):
    """A stored rich text on a page."""
    return mark_safe(framed(text or ""))  # noqa: S308  sanitised when it was stored


@register.simple_tag(takes_context=True)
def error_prefix(context):
    """What the title of a page begins with when it shows a form that was refused.

    A filter with a value that does not exist refuses nothing, so of a page that is only read `form` counts.
    """
    is_sent = getattr(context.get("request"), "method", "") == "POST"
    shown = context.flatten() if is_sent else {name: context.get(name) for name in FORMS}
    return "Kesalahan: " if any(map(_is_refused, shown.values())) else ""


def _is_refused(value) -> bool:
    if isinstance(value, forms.BaseFormSet):
        return value.is_bound and value.total_error_count() > 0
    if isinstance(value, forms.BaseForm):
        return value.is_bound and bool(value.errors)
    return getattr(value, "has_errors", False) is True


@register.simple_tag
@lru_cache(maxsize=BADGES, typed=True)  # typed: what is marked as safe is another text
def badge(label, tone="secondary"):
    """A short word with a sign and a colour, which add no meaning to the word."""
    if tone not in TONES:
        raise template.TemplateSyntaxError(f"badge: tone “{tone}” is none of {TONES}")
    return format_html('<span class="badge tone-{}">{}</span>', tone, label)


@register.simple_tag
def options(field):
    """The options of a drop-down list, drawn at once: a widget for each takes longer than the page."""
    return options_of(field.field.choices, field.value())


@register.simple_tag
def options_of(choices, value):
    """The same of pairs of a key and a label."""
    drawn = _drawn(tuple((str(key), str(label)) for key, label in choices))
    for one in value if isinstance(value, list) else [value]:
        mark = f'<option value="{escape(str(one))}"'
        drawn = drawn.replace(f"{mark}>", f"{mark}{SELECTED}>", 1)
    return mark_safe(drawn)  # noqa: S308  escaped in _drawn


@register.simple_tag
def filter_field(field):
    """A field of a filter as crispy draws it, whose template takes longer than the rows of some pages. What is not
    a plain field, or has something to say, is left to crispy."""
    widget = field.field.widget
    if isinstance(widget, forms.HiddenInput):
        return _input(field, {})
    is_select = hasattr(widget, "choices")
    is_said = field.errors or field.help_text or field.use_fieldset or field.field.required
    if is_said or not (is_select or isinstance(widget, forms.TextInput)):
        return as_crispy_field(field)
    name = type(widget).__name__.lower()
    attrs = {**widget.attrs, "class": f"{name} form-{'select' if is_select else 'control'}"}
    drawn = field.as_widget(attrs=attrs) if is_select else _input(field, attrs)
    return format_html(FILTER_FIELD, field.auto_id, field.id_for_label, field.label, drawn)


def _input(field, attrs):
    """As the widget draws it with a template, unless the widget has one of its own."""
    widget = field.field.widget
    if widget.template_name not in (forms.TextInput.template_name, forms.HiddenInput.template_name):
        return field.as_widget(attrs=attrs)
    attrs = {"id": field.auto_id} | field.build_widget_attrs(attrs, widget)
    told = widget.get_context(field.html_name, field.value(), attrs)["widget"]
    given = {"type": told["type"], "name": told["name"]}
    if told["value"] is not None:
        given["value"] = told["value"]
    return format_html("<input{}>", flatatt(given | told["attrs"]))


@register.simple_tag
def choice_input(choice):
    """The input of one radio button or box, as its widget draws it with a template."""
    data = choice.data
    pairs = (
        format_html(" {}", name) if value is True else format_html(' {}="{}"', name, value)
        for name, value in data["attrs"].items()
        if value is not False
    )
    given = format_html(' value="{}"', data["value"]) if data["value"] is not None else ""
    attributes = mark_safe("".join(pairs))  # noqa: S308  escaped just before
    return format_html(
        '<input type="{}" name="{}"{}{}>', data["type"], data["name"], given, attributes
    )


@lru_cache(maxsize=DRAWN)
def _drawn(choices):
    """format_html takes five times as long."""
    return "".join(
        f'<option value="{escape(key)}">{escape(label)}</option>' for key, label in choices
    )


@register.simple_tag
def brand_colour():
    """The colour of the head, for the frame that a phone draws around the page."""
    return BRAND


@register.simple_tag(takes_context=True)
def search_key_is_on(context):
    return key_is_on(context["request"])


@register.simple_tag(takes_context=True)
def color_scheme(context):
    """`stylesheet` of our pages; for those of Django's admin `dark_for`: the screens that are dark, as a media
    query, empty when none is; `choices` of the person.
    """
    chosen = scheme_of(context.get("request"))
    choices = [
        {"value": one.value, "label": one.label, "is_chosen": one == chosen} for one in ColorScheme
    ]
    return {
        "stylesheet": STYLESHEETS[chosen],
        "dark_for": DARK_FOR[chosen],
        "choices": choices,
    }


@register.simple_tag
def version():
    """Of the program."""
    return __version__


@register.simple_tag
def identity_label():
    """What the identity provider is called; empty when none is set."""
    return settings.OIDC_LABEL if settings.OIDC_ISSUER else ""


@register.simple_tag
def once(form=None):
    """The hidden key of a form that creates something (sakip/once.py).

    A form that changes a record has the version, or a digest, of what was read. It needs no key.
    """
    fields = getattr(form, "fields", ())
    if "version" in fields or "seen" in fields:
        return ""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, uuid4())


@register.inclusion_tag("components/_unsaved.html", takes_context=True)
def unsaved_notice(context, unsaved=None):
    """That a form shows words that were not saved, with a button to throw them away.

    Of the form that the page is for, or of another one that it shows too.
    """
    request = getattr(context, "request", None)
    unsaved = unsaved or getattr(request, "unsaved", None)
    kept = unsaved.kept if unsaved and request.method == "GET" else None
    address = kept and urlencode({ADDRESS: kept.address})
    return {
        "when": kept and dates.time_of(kept.saved_at, timezone.localdate()),
        "discard": kept and f"{reverse('unsaved-discard')}?{address}",
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("components/_unsaved_status.html", takes_context=True)
def unsaved_status(context, unsaved=None):
    """Where js/draft.js says that the words of the form around it are kept. Empty where none are kept."""
    unsaved = unsaved or getattr(getattr(context, "request", None), "unsaved", None)
    return {"keep": reverse("unsaved-keep") if unsaved and not unsaved.by else ""}


HERE = object()
FORMS = ("form", "formset")


@register.simple_tag
def crumb(*words, to=HERE, **url_arguments):
    """One step of the breadcrumbs: its words and its link. Without `to` it is the current page.

    `to` is a URL name with its arguments (`pk=…`), a path, or an object with `get_absolute_url`.
    """
    label = " ".join(map(str, words))
    if to is HERE:
        return format_html('<li class="breadcrumb-item active" aria-current="page">{}</li>', label)
    if not to:
        raise template.TemplateSyntaxError(f"crumb: “{label}” leads nowhere, `to` is empty")
    return format_html(
        '<li class="breadcrumb-item"><a href="{}">{}</a></li>',
        resolve_url(to, **url_arguments),
        label,
    )


@register.simple_tag(name="navigation", takes_context=True)
def navigation_for(context):
    """The main menu of the signed-in person."""
    return navigation.entries_for(context["user"], context["request"].path)


@register.simple_tag(takes_context=True)
def help_address(context):
    """The part of the guides about this page, for the person who looks at it."""
    request = context.get("request")
    match = request and request.resolver_match
    return places.address_of(match and match.view_name, context["user"].role)


@register.simple_tag
def seat_name(person, seat):
    """Role and unit of one post of this person; the body too where two of the posts would read the same."""
    names = told_apart({one.unit for one in person.seats} - {None})
    return BETWEEN.join(filter(None, [seat.get_role_display(), names.get(seat.unit_id)]))
