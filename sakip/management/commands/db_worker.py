"""The worker of django_tasks_db, which shows that it lives and looks after the tasks of dead ones."""

from django_tasks_db.management.commands import db_worker

from sakip import background


class Command(db_worker.Command):
    def handle(self, *, worker_id, **options):
        with background.beating(worker_id):
            super().handle(worker_id=worker_id, **options)
