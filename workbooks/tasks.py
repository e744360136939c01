"""What a worker process is asked to do with large workbooks."""

from django_tasks import task


@task()
def read_workbook(run_id: int) -> None:
    from workbooks.services import background  # background orders this task

    background.read(run_id)


@task()
def write_workbook(run_id: int, skip_refused: bool) -> None:
    from workbooks.services import background

    background.write(run_id, skip_refused)
