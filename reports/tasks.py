"""What a worker process is asked to do."""

from django_tasks import task


@task()
def make_document(job_id: int) -> None:
    from reports import jobs  # jobs orders this task

    jobs.run(job_id)
