"""What a person chose last for the reports."""

from urllib.parse import parse_qsl

from reports.models import ReportChoice


def remembered(user) -> dict[str, dict[str, str]]:
    """Returns the parameters by the name of the report. One query.

    They may name what is gone or out of reach by now; whoever uses them leaves that out.
    """
    rows = ReportChoice.objects.filter(owner=user.pk).values_list("report", "query")
    return {report: dict(parse_qsl(query)) for report, query in rows}
