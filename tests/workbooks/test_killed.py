"""kill -9 while an import is written, twenty times: all of it is there, or nothing."""

import os
import random
import signal
import time

from django.db import connection
from django.utils import timezone

from recommendations.models import Renaksi
from sakip.history.entries import HistoryEntry
from sakip.numbers import list_letter
from tests import factories
from tests.parallel import at_once as at_once
from tests.workbooks.books import upload
from tests.workbooks.test_import import HEAD
from workbooks.models import ImportedSlice, ImportRun
from workbooks.services import imports

ROWS, TIMES = 40, 20


def test_no_import_is_ever_half_written(at_once, cast, evaluation, units):
    """The child has a connection of its own, as any process of ours would have."""
    chance, numbers = random.Random(5), iter(range(1, TIMES + 2))
    look = lambda act: at_once(1, act)[0]  # noqa: E731

    def prepare():
        recommendation = factories.make_recommendation(evaluation, next(numbers))
        name = f"{evaluation.unit.name} {evaluation.performance_year} / {recommendation.number}"
        rows = [
            [name, list_letter(number), "Rapat", units.organisasi.name, "", ""]
            for number in range(1, ROWS + 1)
        ]
        file = upload({"Rencana aksi": [HEAD, *rows]})
        run = imports.start(kind="renaksi", upload=file, actor=cast.kadir, at=timezone.now())
        imports.preview(run)
        return run.pk

    def counts():
        return (
            Renaksi.objects.count(),
            HistoryEntry.objects.filter(action="import_new").count(),
            sum(len(part.object_ids) for part in ImportedSlice.objects.all()),
            ROWS * ImportRun.objects.filter(state=ImportRun.State.DONE).count(),
        )

    def carry_out_and_die(pk, delay):
        def act():
            child = os.fork()
            if child == 0:
                connection.connection = None  # the parent's stays the parent's
                imports.carry_out(ImportRun.objects.get(pk=pk), at=timezone.now())
                os._exit(0)
            time.sleep(delay)
            os.kill(child, signal.SIGKILL)
            return os.waitpid(child, 0)[1]

        return look(act)

    run, killed, written = look(prepare), 0, 0
    for _ in range(TIMES):
        killed += carry_out_and_die(run, chance.uniform(0, 0.4)) == signal.SIGKILL
        found = look(counts)
        assert len(set(found)) == 1, found
        if found[0] > written:
            written = found[0]
            run = look(prepare)
    assert killed
