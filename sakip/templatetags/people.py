"""The rows of the list of people. As nodes of a template their values take longer than all queries."""

from django import template
from django.utils.html import format_html, format_html_join

from sakip.converters import addresses_of
from sakip.dates import format_datetime
from sakip.roles import Role
from sakip.templatetags.sakip import badge

register = template.Library()

ROW = '<tr><th scope="row"><a href="{}">{}</a></th><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n'
POST = "<div>{} · {}{}</div>"


@register.simple_tag
def people_rows(rows, now):
    """`rows` are triples of a person, pairs of a seat and the name of its unit, and whether the reader manages
    the account."""
    own, foreign = addresses_of("sakip:user-edit"), addresses_of("sakip:user-posts")
    values = (
        (
            (own if is_managed else foreign)(person.pk),
            person.name,
            person.username if is_managed else "-",
            format_html_join("", POST, (_post(*one) for one in seats)),
            _last_login(person) if is_managed else "-",
            _state(person, now),
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


def _last_login(person):
    return format_datetime(person.last_login) if person.last_login else "Belum pernah"


def _state(person, now):
    if not person.is_active:
        return badge("Tidak aktif")
    return "Aktif" if person.has_usable_password() else invitation(person, now)


@register.simple_tag
def invitation(person, now):
    """How far the invitation of somebody without a password has come."""
    if not person.invitation_ends:
        return "Belum diundang"
    if person.invitation_ends > now:
        return format_html("Diundang, berlaku sampai {}", format_datetime(person.invitation_ends))
    return "Undangan kedaluwarsa"
