"""A replacement of Django's `in` lookup for integer fields."""

from django.db import models


@models.IntegerField.register_lookup
class InWithinRange(models.lookups.In):
    """Ignores numbers that are too large for the field: SQLite raises an error beyond 64 bits.

    Django does this for a lookup with one number, but not for `in` with a list of numbers, which for
    example a form with several check boxes sends. Many numbers are taken as they are: to prepare each
    takes longer than to find them.
    """

    def get_prep_lookup(self):
        if isinstance(self.rhs, list | tuple | set | frozenset) and _are_numbers(self.rhs):
            return list(self.rhs)
        return super().get_prep_lookup()

    def process_rhs(self, compiler, connection):
        if self.rhs_is_direct_value():
            kind = self.lhs.output_field.get_internal_type()
            low, high = connection.ops.integer_field_range(kind)
            self.rhs = [
                value for value in self.rhs if not isinstance(value, int) or low <= value <= high
            ]
        return super().process_rhs(compiler, connection)

    def batch_process_rhs(self, compiler, connection, rhs=None):
        if rhs is None or not _are_numbers(rhs):
            return super().batch_process_rhs(compiler, connection, rhs)
        write = self.lhs.output_field.get_db_prep_value
        return ["%s"] * len(rhs), [write(value, connection, prepared=True) for value in rhs]


def _are_numbers(values):
    return all(type(value) is int for value in values)
