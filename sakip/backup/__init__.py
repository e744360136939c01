"""One file with everything that an installation knows: the database and every file that it names.

django-dbbackup was considered. It writes the database and the files in two commands, so nothing promises that
a row of the one has its file in the other; it keeps no hashes, restores over what is there, and compares
nothing afterwards. What it saves (calling pg_dump) are the few lines of `postgres.py`.

Why a backup is whole although people go on working: a file has a random name and never changes. It is stored
before its row is committed, so every row of the snapshot has its file already. It is removed only after its
row is gone, and never while a backup is being made (`sakip/uploads/removing.py`), so the file is still there
when the backup comes to it.
"""
