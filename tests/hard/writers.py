"""Writes into an installation until it is ended: `python -m tests.hard.writers LOG FIRST`.

Each turn is one transaction with two rows that belong together, a stored file and an entry of the history
that names it. Every fifth turn removes an earlier file. What is committed is written down in LOG.
"""

import sys
import time
from hashlib import sha256
from pathlib import Path

import django

RATE = 60  # turns a second, of two or more writes


def content(number: int) -> bytes:
    return f"berkas {number} ".encode() * (number % 500 + 1)


def main(log, number):
    from django.db import transaction

    from reports.models import StoredFile
    from sakip.models import Unit, User
    from sakip.uploads.serving import remove_after_commit

    field = StoredFile._meta.get_field("file")
    actor, unit = User.objects.get(username="koordinator"), Unit.objects.first()
    turns, begin = 0, time.monotonic()
    with Path(log).open("w") as written:
        while True:
            number, turns = number + 1, turns + 1
            add(number, actor, unit)
            print(f"+{number}", file=written, flush=True)
            old = turns % 5 == 0 and StoredFile.objects.filter(title=str(number - 3)).first()
            if old:
                print(f"-{number - 3}", file=written, flush=True)
                with transaction.atomic():
                    old.delete()
                    remove_after_commit(field, [old.file.name])
            time.sleep(max(0, begin + turns / RATE - time.monotonic()))


def add(number, actor, unit):
    from django.core.files.base import ContentFile
    from django.db import transaction

    from reports.models import StoredFile
    from sakip.history.write import record

    file = content(number)
    with transaction.atomic():
        row = StoredFile(key=sha256(file).hexdigest(), rights="", title=str(number), size=len(file))
        row.file.save("berkas.pdf", ContentFile(file))
        record(actor=actor, action="writers", target=unit, note=str(number))


if __name__ == "__main__":
    django.setup()
    main(sys.argv[1], int(sys.argv[2]))
