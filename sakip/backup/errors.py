class BackupRefused(Exception):
    """A backup was not made or not restored. The message is an Indonesian sentence that says what to do."""
