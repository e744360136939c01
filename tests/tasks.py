"""What a worker does with a task, without a worker."""

from django_tasks import TaskContext


def carry_out(row):
    """Runs the task of a DBTaskResult."""
    context = [TaskContext(task_result=row.task_result)] if row.task.takes_context else []
    row.task.call(*context, *row.args_kwargs["args"], **row.args_kwargs["kwargs"])
