"""What is said about the evidence; the files themselves never travel through a workbook."""

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from recommendations.models import Evidence, Renaksi
from workbooks.columns import cells
from workbooks.columns.sheets import Sheet, SheetColumn, WorkbookKind
from workbooks.kinds import shared

SAME = ("title", "caption", "url", "document_number", "document_date", "page_hint")


class Link(cells.TextWidget):
    hint = "Alamat lengkap, misalnya https://jdih.kaltimprov.go.id/…; hanya untuk jenis Tautan."

    def clean(self, value, row=None, **kwargs):
        url = super().clean(value)
        try:
            if url:
                URLValidator(schemes=["http", "https"])(url)
        except ValidationError as error:
            raise ValueError(
                "Bukan alamat tautan. Tulis misalnya https://jdih.kaltimprov.go.id/…."
            ) from error
        return url


class FileName(SheetColumn):
    """The name of the latest revision's file."""

    def now(self, instance):
        revisions = list(instance.revisions.all()) if instance is not None and instance.pk else []
        return self.widget.value(revisions[0].original_name if revisions else "")


class EvidenceSheet(Sheet):
    model = Evidence
    title = "Bukti dukung"
    about = "Keterangan bukti dukung. Berkasnya sendiri diunggah di halaman tindak lanjut."
    example = {
        "Rencana aksi": "Contoh: Sekretariat Daerah 2022 / 1a",
        "Nomor": "1",
        "Jenis": "Tautan",
        "Judul": "Notula rapat penyusunan target",
        "Keterangan": "Rapat bersama seluruh unit",
        "Alamat tautan": "https://contoh.go.id/notula.pdf",
        "Nomor dokumen": "000.8/112/B.Org",
        "Tanggal dokumen": "2 Oktober 2023",
        "Halaman": "hlm. 3–5",
    }

    renaksi = SheetColumn(
        "Rencana aksi",
        "renaksi",
        cells.ReferenceWidget("renaksi"),
        key=True,
        width=36,
        note="Rekomendasi dan hurufnya, misalnya: Sekretariat Daerah 2022 / 1a.",
    )
    position = SheetColumn(
        "Nomor", "position", cells.WholeWidget(1, 999), key=True, aliases=("Urutan",)
    )
    kind = SheetColumn(
        "Jenis",
        "kind",
        cells.ChoiceWidget(Evidence.Kind.choices),
        required=True,
        width=18,
        note="Tautan atau Dokumen terpisah; berkas diunggah di halaman tindak lanjut.",
    )
    name = SheetColumn("Judul", "title", cells.TextWidget(200), required=True, width=40)
    caption = SheetColumn("Keterangan", "caption", cells.TextWidget(300), width=40)
    url = SheetColumn("Alamat tautan", "url", Link(500), width=40, aliases=("Tautan", "URL"))
    document_number = SheetColumn("Nomor dokumen", "document_number", shared.Code(120), width=26)
    document_date = SheetColumn("Tanggal dokumen", "document_date", cells.DayWidget(), width=20)
    page_hint = SheetColumn(
        "Halaman", "page_hint", cells.TextWidget(60), note="Misalnya: hlm. 3–5."
    )
    file = FileName("Berkas", "revisions", cells.TextWidget(), locked=True, width=30)
    is_archived = SheetColumn("Diarsipkan", "is_archived", cells.FlagWidget(), locked=True)

    def readable(self, user):
        rows = Evidence.objects.visible_to(user)
        rows = rows.select_related("renaksi__recommendation__evaluation__unit")
        recommendation = "renaksi__recommendation"
        return rows.prefetch_related("revisions").order_by(
            f"{recommendation}__evaluation",
            f"{recommendation}__number",
            "renaksi__position",
            "position",
            "pk",
        )

    def matching(self, rows, user):
        parents = {row["renaksi"].pk for row in rows if row.get("renaksi")}
        shared.hold(Renaksi, parents - {None})
        found = list(self.readable(user).filter(renaksi__in=parents - {None}))
        self.places = shared.Places(found, "renaksi")
        self.attached = {_said(record) for record in found if not record.is_archived}
        return found

    def refusal(self, row, user):
        if not row.is_new and row.instance.is_archived:
            return f"Bukti “{row.instance.title}” sudah diarsipkan. Pulihkan dahulu di halamannya."
        return shared.work_refusal(user, row["Rencana aksi"])

    def problems(self, row, user):
        if not row.is_new and "Jenis" in row.changed:
            yield (
                "Jenis",
                "Jenis bukti tidak diganti. Arsipkan bukti ini, lalu tambahkan yang baru.",
            )
            return
        if row.is_new:
            yield from self._problems_of_new(row)
        is_link, url = row["Jenis"] == Evidence.Kind.LINK, row["Alamat tautan"]
        if is_link and not url:
            yield "Alamat tautan", "Tulis alamat tautannya."
        elif url and not is_link:
            yield "Alamat tautan", "Alamat hanya untuk jenis Tautan. Kosongkan."

    def _problems_of_new(self, row):
        renaksi = row["Rencana aksi"]
        if row["Jenis"] == Evidence.Kind.FILE:
            yield "Jenis", "Berkas tidak masuk lewat Excel. Lampirkan di halaman tindak lanjut."
        if free := self.places.gap(renaksi, row["Nomor"]):
            yield "Nomor", f"Nomor melompat. Yang berikutnya adalah {free}."
        values = {column.attribute: row[label] for label, column in row.columns.items()}
        said = Evidence(renaksi=renaksi, kind=row["Jenis"] or "")
        for name in SAME:
            setattr(said, name, values.get(name) or (None if name == "document_date" else ""))
        if renaksi.pk and _said(said) in self.attached:
            yield "Judul", f"Bukti “{said.title}” dengan isi yang sama sudah dilampirkan."

    def accepted(self, instance):
        self.places.took(instance)
        self.attached.add(_said(instance))

    def subject(self, instance):
        return instance.renaksi

    def action(self, row):
        return "add_evidence" if row.is_new else "edit_evidence"

    def worked_on(self, row):
        return row.instance.renaksi

    def found_as(self, records):
        return {record.renaksi_id for record in records}


def _said(record):
    """What tells one link or reference from another on the same renaksi."""
    return (record.renaksi_id, record.kind, *(getattr(record, name) for name in SAME))


KIND = WorkbookKind("evidence", "Bukti dukung (keterangan)", (EvidenceSheet,))
