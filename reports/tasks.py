"""Tasks of the worker process."""

from django_tasks import task


@task()
def make_document(job_id: int) -> None:
    from reports.exports import background  # jobs orders this task

    background.run(job_id)
