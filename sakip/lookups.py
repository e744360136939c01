"""What the database is asked for a list of numbers."""

from django.db import models


@models.IntegerField.register_lookup
class InWithinRange(models.lookups.In):
    """Leaves out numbers that no row can have: SQLite fails on one beyond 64 bits, PostgreSQL finds nothing.

    Django does so where one number is asked for, not where there are several, as from boxes ticked.
    """

    def process_rhs(self, compiler, connection):
        if self.rhs_is_direct_value():
            kind = self.lhs.output_field.get_internal_type()
            low, high = connection.ops.integer_field_range(kind)
            self.rhs = [
                value for value in self.rhs if not isinstance(value, int) or low <= value <= high
            ]
        return super().process_rhs(compiler, connection)
