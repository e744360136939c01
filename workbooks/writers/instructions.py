"""The first sheet of a workbook: how it is filled in, column by column."""

from sakip import colours
from workbooks.readers.workbook import TEMPLATE_VERSION

TITLE = "Petunjuk"
STEPS = (
    "Isi lembar yang Anda perlukan; lembar lain boleh kosong. Judul kolom jangan diubah, urutannya boleh.",
    "Kolom bertanda * wajib diisi. Kolom kunci menentukan baris mana yang dimaksud: pada baris yang sudah "
    "ada jangan diubah.",
    "Kolom abu-abu lainnya hanya dibaca: isinya tidak pernah ikut ditulis.",
    "Baris miring yang diawali “Contoh:” dilewati saat impor; boleh dihapus.",
    "Angka memakai koma (87,5 atau 1.234,56); tanggal ditulis 31 Desember 2026 atau 31/12/2026.",
    "Sel yang dikosongkan menghapus isi yang tersimpan. Baris yang tidak ada di sini tidak dihapus.",
    "Simpan, lalu unggah di menu Excel. Sebelum ada yang ditulis, Anda melihat pratinjaunya.",
)


def write(page, book, kind, exports):
    title = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format(
        {"bold": True, "bg_color": colours.SHEET_HEAD, "border": 1, "valign": "top"}
    )
    text = book.add_format({"text_wrap": True, "valign": "top"})
    cell = book.add_format(
        {"text_wrap": True, "valign": "top", "border": 1, "border_color": colours.SHEET_EDGE}
    )
    for position, width in enumerate((16, 46, 8, 70)):
        page.set_column(position, position, width)
    page.write_string(0, 0, kind.title, title)
    row = 2
    for number, step in enumerate(STEPS, 1):
        page.set_row(row, 15 * (1 + len(step) // 135))
        page.merge_range(row, 0, row, 3, f"{number}. {step}", text)
        row += 1
    for position, label in enumerate(("Lembar", "Kolom", "Wajib", "Cara mengisi")):
        page.write_string(row + 1, position, label, head)
    row += 2
    for export in exports:
        row = _write_columns(page, row, export, cell)
    page.write_string(row + 1, 0, f"Templat versi {TEMPLATE_VERSION}")
    page.set_landscape()
    page.fit_to_pages(1, 0)


def _write_columns(page, row, export, cell):
    for column in export.columns:
        page.set_row(row, 15 * (1 + len(column.hint) // 75))
        asked = "kunci" if column.key else "ya" if column.required else ""
        for position, text in enumerate((export.sheet.title, column.label, asked, column.hint)):
            page.write_string(row, position, text, cell)
        row += 1
    return row
