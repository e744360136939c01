"""The telaah staf (docs/design.md §2.7)."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q, Value
from django.urls import reverse

from recommendations.models import Component, Evaluation
from reports.permissions import DRAFT, ISSUED, WITHDRAWN
from reports.querysets import TelaahStafQuerySet
from sakip.dates import format_date
from sakip.editing import Versioned
from sakip.models import Official
from sakip.richtext import RichTextField
from sakip.text_fields import LineField, LinesField


class TelaahStaf(Versioned):
    """A letter of the staff (telaah staf) to the leader about one evaluation and some of its components.

    `title` is a setting: the source writes TELAAH STAF, the standard TELAAHAN STAF. `copies_to` holds
    one addressee per line. `on_behalf` is printed before the position (a.n., Plt., Plh.), unless the
    official's own record says it already. Without components, the letter is about all of them.

    An issued telaah staf does not change any more. `frozen` keeps what it printed from other records
    (`documents.telaah_staf.freeze`). New content needs another telaah staf that `replaces` it. Telaah
    staf that replace one another form a line; `series` is the first of them and is None on the first
    one itself. A withdrawn telaah staf counts as if it had never been issued.

    `known_sentences` holds the keys of the sentences that the program wrote into it or offered and that a
    person removed; None when it was not drafted from the records. `contradiction_reason` says why it was
    issued with sentences that the records contradict; it is shown beside it and not printed.

    `version` increases with every change of the telaah staf or of one of its parts. The version of a
    part increases only with changes of that part.
    """

    history_body = "evaluation__unit"
    kept_scopes: ClassVar = {"evaluation": "evaluation"}

    class Status(models.TextChoices):
        DRAFT = DRAFT, "Draf"
        ISSUED = ISSUED, "Diterbitkan"
        WITHDRAWN = WITHDRAWN, "Dicabut"

    class OnBehalf(models.TextChoices):
        AN = "a.n.", "a.n. (atas nama)"
        PLT = "Plt.", "Plt. (pelaksana tugas)"
        PLH = "Plh.", "Plh. (pelaksana harian)"

    class Title(models.TextChoices):
        SOURCE = "TELAAH STAF", "TELAAH STAF"
        STANDARD = "TELAAHAN STAF", "TELAAHAN STAF"

    class Paper(models.TextChoices):
        F4 = "F4", "F4 (215 × 330 mm)"
        A4 = "A4", "A4 (210 × 297 mm)"

    class Typeface(models.TextChoices):
        SERIF = "serif", "Bookman Old Style"
        SANS = "sans", "Arial"

    class TypeSize(models.IntegerChoices):
        SMALL = 11, "11 pt"
        LARGE = 12, "12 pt"

    evaluation = models.ForeignKey(
        Evaluation, on_delete=models.PROTECT, related_name="telaah_staf", verbose_name="evaluasi"
    )
    components = models.ManyToManyField(
        Component, blank=True, related_name="+", verbose_name="komponen"
    )
    title = LineField("judul", max_length=60, default="TELAAH STAF")
    addressee = LineField("kepada", max_length=200)
    sender = LineField("dari", max_length=200)
    copies_to = LinesField("tembusan", blank=True, help_text="Satu penerima per baris.")
    date = models.DateField("tanggal", null=True, blank=True)
    number = LineField("nomor", max_length=80, blank=True)
    attachment = LineField("lampiran", max_length=120, blank=True)
    subject = LineField("perihal", max_length=500)
    signatory = models.ForeignKey(
        Official, on_delete=models.PROTECT, related_name="+", verbose_name="penanda tangan"
    )
    on_behalf = LineField("atas nama", max_length=4, choices=OnBehalf, blank=True)
    paper = LineField("kertas", max_length=2, choices=Paper, default=Paper.F4)
    typeface = LineField("huruf", max_length=5, choices=Typeface, default=Typeface.SERIF)
    type_size = models.PositiveSmallIntegerField(
        "ukuran huruf", choices=TypeSize, default=TypeSize.SMALL
    )
    status = LineField("status", max_length=9, choices=Status, default=Status.DRAFT, editable=False)
    issued_at = models.DateTimeField("diterbitkan pada", null=True, editable=False)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="diterbitkan oleh",
    )
    known_sentences = models.JSONField("kalimat yang dikenal", null=True, editable=False)
    contradiction_reason = LinesField(
        "alasan tetap diterbitkan", blank=True, default="", db_default="", editable=False
    )
    frozen = models.JSONField("tercetak saat diterbitkan", null=True, editable=False)
    replaces = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="replaced_by",
        verbose_name="menggantikan",
    )
    series = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="rangkaian",
    )

    objects = TelaahStafQuerySet.as_manager()

    class Meta:
        verbose_name = "telaah staf"
        verbose_name_plural = "telaah staf"
        ordering = ["-date", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    status=DRAFT, issued_at__isnull=True, issued_by=None, frozen__isnull=True
                )
                | Q(
                    status__in=[ISSUED, WITHDRAWN],
                    issued_at__isnull=False,
                    frozen__isnull=False,
                    date__isnull=False,
                )
                & ~Q(number=""),
                name="telaah_staf_issued_is_complete",
                violation_error_message="Telaah Staf yang diterbitkan mempunyai nomor dan tanggal.",
            ),
        ]

    def __str__(self):
        return f"Telaah Staf {self.number}".strip()

    def save(self, *args, **kwargs):
        if self._state.adding and self.replaces:
            self.series_id = self.replaces.series_id or self.replaces_id
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("reports:telaah-staf-detail", args=[self.pk])

    @property
    def copies(self) -> list[str]:
        """Returns the addressees of copies as a list."""
        return [line.strip() for line in self.copies_to.splitlines() if line.strip()]

    @property
    def is_draft(self) -> bool:
        return self.status == DRAFT

    @property
    def signature(self) -> Official:
        """Returns the signatory. Once issued, it is the stored data of the official at the time of issue."""
        if self.frozen:
            return Official(**self.frozen["signatory"])
        return self.signatory

    @property
    def signed_as(self) -> str:
        """Returns the position in the signature block, with the a.n. of the official in a line above."""
        official, own = self.signature, self.on_behalf
        if official.acting and own in (self.OnBehalf.PLT, self.OnBehalf.PLH):
            own = ""
        if official.on_behalf_of and own == self.OnBehalf.AN:
            own = ""
        position = f"{own} {official.title}".strip()
        above = f"{self.OnBehalf.AN} {official.on_behalf_of}\n" if official.on_behalf_of else ""
        return f"{above}{position}"

    @property
    def reference(self) -> str:
        """Returns the text with which another letter refers to this one."""
        return f"Nomor {self.number} tanggal {format_date(self.date)}"

    @property
    def successor(self) -> "TelaahStaf | None":
        """Returns the next telaah staf of its line that is issued and not withdrawn; None without one.

        No query when `replaced_by` is loaded, except one more for each withdrawn telaah staf.
        """
        found = getattr(self, "replaced_by", None)
        while found and found.status == WITHDRAWN:
            found = getattr(found, "replaced_by", None)
        return found if found and not found.is_draft else None


class TelaahStafSection(Versioned):
    """A section with an editable heading. Its roman numeral comes from its position.

    `kind` tells which section of the standard it is, even after the heading was changed. "" means a
    section that the writer added.
    """

    class Kind(models.TextChoices):
        PROBLEM = "problem", "Persoalan"
        ASSUMPTIONS = "assumptions", "Praanggapan"
        FACTS = "facts", "Fakta-fakta yang mempengaruhi"
        ANALYSIS = "analysis", "Analisis"
        CLOSING = "closing", "Kesimpulan/Saran"
        CONCLUSION = "conclusion", "Kesimpulan"
        ADVICE = "advice", "Saran"

    telaah_staf = models.ForeignKey(TelaahStaf, on_delete=models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField("urutan", validators=[MinValueValidator(1)])
    kind = LineField("jenis", max_length=11, choices=Kind, blank=True, editable=False)
    heading = LineField("judul bagian", max_length=120)

    class Meta:
        verbose_name = "bagian telaah staf"
        verbose_name_plural = "bagian telaah staf"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["telaah_staf", "position"],
                name="telaah_staf_section_once",
            ),
        ]

    def __str__(self):
        return self.heading


class TelaahStafBlock(Versioned):
    """A part of a section: a text, or a table that is read from the records.

    `is_incomplete` marks a text that ends in the middle and that a person must complete. `is_drafted`
    marks a text that the program wrote from the records and that nobody has changed since. `sentences`
    are the sentences that the program wrote into it, each with its key, its text and the figures that it
    was made from; they are kept when a person edits the text (`rules.telaah_staf_sentences`). `saved_at`
    is None where nobody has saved the text since it came here: it was drafted, or copied.
    """

    class Kind(models.TextChoices):
        TEXT = "text", "Teks"
        SCORE_COMPARISON = "score_comparison", "Tabel perbandingan nilai"
        FOLLOW_UP_TABLE = "follow_up_table", "Tabel tindak lanjut"

    section = models.ForeignKey(TelaahStafSection, on_delete=models.CASCADE, related_name="blocks")
    position = models.PositiveSmallIntegerField("urutan", validators=[MinValueValidator(1)])
    kind = LineField("jenis", max_length=16, choices=Kind, default=Kind.TEXT)
    text = RichTextField("teks", blank=True)
    is_incomplete = models.BooleanField("belum lengkap", default=False)
    is_drafted = models.BooleanField("disusun dari data", default=False, editable=False)
    saved_at = models.DateTimeField("disimpan pada", null=True, editable=False)
    sentences = models.JSONField(
        "kalimat dari data",
        default=list,
        db_default=Value([], models.JSONField()),
        blank=True,
        editable=False,
    )

    class Meta:
        verbose_name = "isi bagian"
        verbose_name_plural = "isi bagian"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["section", "position"],
                name="telaah_staf_block_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="text") | ~models.Q(text=""),
                name="telaah_staf_text_block_has_text",
                violation_error_message="Tulis isi teksnya.",
            ),
        ]

    def __str__(self):
        return f"{self.section}: {self.get_kind_display()}"
