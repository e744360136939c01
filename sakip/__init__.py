"""The project package and its small core app: people, units, history, numbers, dates."""

import sys

try:  # Replaces SQLite by one without the WAL-reset bug, before Django imports its backend.
    import pysqlite3
except ImportError:  # PostgreSQL-only installations may leave it out; sakip.system_checks warns.
    pass
else:
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2

__version__ = "1.0"  # the newest heading of CHANGELOG.md; ".dev0" until that is released
