"""Many writers at once make one chain, and a history of years is checked in seconds."""

WRITERS = 32
WRITE = """
from concurrent.futures import ThreadPoolExecutor
from django.db import connection, transaction
from sakip.history.write import record
from sakip.models import User
who = User.objects.get(username="koordinator")
def write(number):
    for _ in range({rounds}):
        with transaction.atomic():
            record(actor=who, action="edit", target=who, note=str(number))
    connection.close()
with ThreadPoolExecutor({writers}) as pool:
    list(pool.map(write, range({writers})))
"""
FILL = """
import uuid
from django.utils import timezone
from sakip.history.entries import HistoryEntry
from sakip.history.write import record_many
from sakip.models import User
who = User.objects.get(username="koordinator")
for start in range(HistoryEntry.objects.count(), 100_000, 10_000):
    entries = [("edit", who, [("name", "é", str(number))]) for number in range(min(10_000, 100_000 - start))]
    record_many(actor=who, at=timezone.now(), batch=uuid.uuid4(), entries=entries)
"""
VERIFY = """
import time
from sakip.history.verifying import verify
begin = time.process_time()
verdict = verify()
print(verdict.entries, verdict.count, round(time.process_time() - begin, 2))
"""
CHAINED = "from sakip.history.links import HistoryLink as L; print(L.objects.count())"


def test_many_writers_make_one_chain(office, rounds, figure):
    before = int(office.python(CHAINED))
    office.python(WRITE.format(rounds=rounds, writers=WRITERS))
    linked = int(office.python(CHAINED)) - before
    figure("writers of history at once", f"{WRITERS}, {linked} links of {WRITERS * rounds}")
    assert linked == WRITERS * rounds
    assert "utuh" in office.manage("verify_history").stdout


def test_a_hundred_thousand_entries_are_checked_in_seconds(office, figure):
    office.python(FILL)
    entries, faults, seconds = office.python(VERIFY).split()
    figure("history of 100,000 entries", f"verified in {seconds} s of CPU")
    assert (int(entries) >= 100_000, faults) == (True, "0")
