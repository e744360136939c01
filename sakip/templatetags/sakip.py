"""Filters and tags every template may use; a builtin library."""

from django import template

from sakip import dates, numbers

register = template.Library()

register.filter("number", numbers.format_number)
register.filter("date_id", dates.format_date)
register.filter("datetime_id", dates.format_datetime)
register.filter("letter", numbers.letter)
register.filter("roman", numbers.roman)
