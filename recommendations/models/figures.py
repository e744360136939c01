"""Kept figures of the follow-up, so that no page has to count the renaksi (`recommendations/figures/`)."""

from django.db import models

from recommendations.models.evaluation import Evaluation
from recommendations.models.rubric import Component
from sakip.models import Unit


class CountedEvaluation(models.Model):
    """Says for which days the figures of an evaluation are kept: from `counted_on` to before `holds_until`.

    On that day something becomes late, or is late for longer than its row says. None means that only a
    change of the records changes the figures. `repeated` is the number of its repeated recommendations.
    """

    evaluation = models.OneToOneField(
        Evaluation,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="counted",
        verbose_name="evaluasi",
    )
    counted_on = models.DateField("dihitung untuk tanggal")
    holds_until = models.DateField("berlaku sampai sebelum", null=True)
    repeated = models.PositiveIntegerField("rekomendasi berulang", default=0)

    class Meta:
        verbose_name = "LHE yang sudah dihitung"
        verbose_name_plural = "LHE yang sudah dihitung"

    def __str__(self):
        return f"{self.evaluation_id} {self.counted_on}"


class FollowUpCount(models.Model):
    """The figures (`rules.figures.FollowUpFigures`) of one evaluation, lead unit and component.

    `lead_unit` None: all units together, for readers of the whole evaluation. `component` None: of
    recommendations without a component.
    """

    evaluation = models.ForeignKey(
        Evaluation,
        on_delete=models.CASCADE,
        related_name="follow_up_counts",
        verbose_name="evaluasi",
    )
    lead_unit = models.ForeignKey(
        Unit,
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
        verbose_name="penanggung jawab",
    )
    component = models.ForeignKey(
        Component,
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name="komponen",
    )
    open = models.PositiveIntegerField("belum")
    in_progress = models.PositiveIntegerField("dalam proses")
    submitted = models.PositiveIntegerField("menunggu reviu")
    returned = models.PositiveIntegerField("dikembalikan")
    done = models.PositiveIntegerField("tuntas")
    not_actionable = models.PositiveIntegerField("tidak dapat ditindaklanjuti")
    late_30 = models.PositiveIntegerField("lewat sampai 30 hari")
    late_60 = models.PositiveIntegerField("lewat 31–60 hari")
    late_90 = models.PositiveIntegerField("lewat 61–90 hari")
    late_more = models.PositiveIntegerField("lewat lebih dari 90 hari")
    oldest_due = models.DateField("batas waktu terlama yang lewat", null=True)
    oldest_sent = models.DateTimeField("kiriman terlama yang menunggu", null=True)
    closed = models.PositiveIntegerField("ditutup")
    closed_seconds = models.BigIntegerField("jumlah waktu penutupan (detik)")
    reviewed = models.PositiveIntegerField("ditutup setelah dikirim")
    review_seconds = models.BigIntegerField("jumlah lama reviu (detik)")
    returns = models.PositiveIntegerField("pengembalian")
    returned_items = models.PositiveIntegerField("pernah dikembalikan")
    extensions = models.PositiveIntegerField("permintaan perpanjangan")

    class Meta:
        verbose_name = "hitungan tindak lanjut"
        verbose_name_plural = "hitungan tindak lanjut"

    def __str__(self):
        return f"{self.evaluation_id} {self.lead_unit_id} {self.component_id}"
