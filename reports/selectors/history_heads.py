"""The heads of the history that stand on issued papers, for `verify_history`."""

from collections.abc import Iterator

from reports.models import IssuedReport
from sakip.history.verifying import register_heads


def heads_on_papers() -> Iterator[tuple[str, str]]:
    issued = IssuedReport.objects.exclude(history_head="").order_by("issued_at", "pk")
    for head, number in issued.values_list("history_head", "number"):
        yield head, f"pada laporan nomor {number}"


register_heads(heads_on_papers)
