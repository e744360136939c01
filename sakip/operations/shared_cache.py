"""The cache that all processes share, in a table of the database."""

from django.core.cache.backends.db import DatabaseCache


class SharedCache(DatabaseCache):
    """Leaves expired entries where they are when it is read: reading must not wait for a write.

    They are overwritten, or go when the table is full (MAX_ENTRIES).
    """

    def delete(self, key, version=None):
        return super()._base_delete_many([self.make_and_validate_key(key, version=version)])

    def delete_many(self, keys, version=None):
        made = [self.make_and_validate_key(key, version=version) for key in keys]
        super()._base_delete_many(made)

    def _base_delete_many(self, keys):
        """Called by `get_many` with what has expired."""
        return False
