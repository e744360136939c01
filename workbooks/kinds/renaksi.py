"""Action plans with their follow-ups."""

from recommendations import search
from recommendations.models import Renaksi
from recommendations.permissions import WORKABLE, recommendation_policy, renaksi_policy
from workbooks import cells
from workbooks.sheets import Column, Kind, Sheet


class RenaksiSheet(Sheet):
    model = Renaksi
    title = "Rencana aksi"

    recommendation = Column(
        "Rekomendasi", "recommendation", cells.Reference("recommendations"), key=True, width=36
    )
    position = Column("Urutan", "position", cells.Letter(), key=True)
    plan = Column("Rencana aksi", "plan", cells.Rich(), width=60)
    follow_up = Column("Tindak lanjut", "follow_up", cells.Rich(), width=60)
    lead_unit = Column(
        "Penanggung jawab", "lead_unit", cells.Reference("units"), required=True, width=30
    )
    supporting_units = Column(
        "Unit pendukung", "supporting_units", cells.References("units"), width=30
    )
    due_date = Column("Batas waktu", "due_date", cells.Day())
    status = Column(
        "Status", "status", cells.Choice(Renaksi.Status.choices, blank=True), locked=True
    )

    def readable(self, user):
        rows = Renaksi.objects.visible_to(user).for_check()
        return rows.order_by("recommendation__evaluation", "recommendation__number", "position")

    def matching(self, rows, user):
        parents = {row["recommendation"].pk for row in rows if row.get("recommendation")}
        return self.readable(user).filter(recommendation__in=parents)

    def refusal(self, row, user):
        if row.is_new:
            return recommendation_policy.check(user, "edit", row["Rekomendasi"]).reason
        if "Tindak lanjut" in row.changed and row.instance.status not in WORKABLE:
            return f"Tindak lanjut terkunci karena statusnya “{row.instance.get_status_display()}”."
        return renaksi_policy.check(user, "plan", row.instance).reason

    def written(self, rows, actor, at):
        search.refresh([row.instance.pk for row in rows])


KIND = Kind("renaksi", "Rencana aksi dan tindak lanjut", (RenaksiSheet,))
