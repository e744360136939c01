"""The rows of the list of people. As nodes of a template their values take longer than all queries."""

from django import template
from django.utils.html import format_html, format_html_join

from sakip.converters import addresses_of
from sakip.dates import format_datetime
from sakip.roles import Role
from sakip.selectors.listed_tables import PEOPLE
from sakip.templatetags.sakip import badge

register = template.Library()

ROW = '<tr><th scope="row"><a href="{}">{}</a></th>{}</tr>\n'
CELL = '<td data-label="{}">{}</td>'
POST = "<div>{} · {}{}</div>"


@register.simple_tag
def people_rows(rows, columns, now):
    """`rows` are triples of a person, pairs of a seat and the name of its unit, and whether the reader manages
    the account. Of the CELLS those in `columns` are drawn."""
    own, foreign = addresses_of("sakip:user-edit"), addresses_of("sakip:user-posts")
    drawn = [(PEOPLE.columns[code], cell) for code, cell in CELLS.items() if code in columns]
    values = (
        (
            (own if is_managed else foreign)(person.pk),
            person.name,
            format_html_join(
                "", CELL, ((label, cell(person, seats, is_managed, now)) for label, cell in drawn)
            ),
        )
        for person, seats, is_managed in rows
    )
    return format_html_join("", ROW, values)


def _post(seat, unit_name):
    judged = ""
    if seat.evaluates_all:
        judged = ", semua perangkat daerah"
    elif seat.role == Role.EVALUATOR:
        judged = f", {len(seat.judged_bodies.all())} perangkat daerah"
    return seat.get_role_display() or "-", unit_name or "-", judged


def _last_login(person, _seats, is_managed, _now):
    if not is_managed:
        return "-"
    return format_datetime(person.last_login) if person.last_login else "Belum pernah"


def _state(person, _seats, _is_managed, now):
    if not person.is_active:
        return badge("Tidak aktif")
    return "Aktif" if person.has_usable_password() else invitation(person, now)


CELLS = {  # by the code of the column
    "username": lambda person, seats, is_managed, now: person.username if is_managed else "-",
    "posts": lambda person, seats, is_managed, now: format_html_join(
        "", POST, (_post(*one) for one in seats)
    ),
    "last_login": _last_login,
    "state": _state,
}


@register.simple_tag
def invitation(person, now):
    """How far the invitation of somebody without a password has come."""
    if not person.invitation_ends:
        return "Belum diundang"
    if person.invitation_ends > now:
        return format_html("Diundang, berlaku sampai {}", format_datetime(person.invitation_ends))
    return "Undangan kedaluwarsa"
