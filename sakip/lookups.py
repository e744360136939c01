"""A replacement of Django's `in` lookup for integer fields."""

from django.db import models


@models.IntegerField.register_lookup
class InWithinRange(models.lookups.In):
    """Ignores numbers that are too large for the field: SQLite raises an error beyond 64 bits.

    Django does this for a lookup with one number, but not for `in` with a list of numbers, which for
    example a form with several check boxes sends.
    """

    def process_rhs(self, compiler, connection):
        if self.rhs_is_direct_value():
            kind = self.lhs.output_field.get_internal_type()
            low, high = connection.ops.integer_field_range(kind)
            self.rhs = [
                value for value in self.rhs if not isinstance(value, int) or low <= value <= high
            ]
        return super().process_rhs(compiler, connection)
