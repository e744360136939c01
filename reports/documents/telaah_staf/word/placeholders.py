"""The placeholders that an office may use in its own Word template, and what replaces each of them."""

from dataclasses import dataclass
from enum import StrEnum


class PlaceholderKind(StrEnum):
    TEXT = "text"
    BLOCK = "block"  # paragraphs, tables or a picture; must be the only content of its paragraph


@dataclass(frozen=True)
class Placeholder:
    name: str
    meaning: str
    example: str
    kind: PlaceholderKind = PlaceholderKind.TEXT

    @property
    def mark(self) -> str:
        return mark(self.name)


def mark(name: str) -> str:
    """Returns the placeholder as it is written in a template."""
    return f"{{{{ {name} }}}}"


BODY = "isi"
GROUPS = (
    (
        "Kop surat",
        (
            Placeholder(
                "lambang",
                "Lambang dari kop surat perangkat daerah. Tulis sendirian dalam paragrafnya.",
                "(gambar)",
                PlaceholderKind.BLOCK,
            ),
            Placeholder("kop_pemerintah", "Baris pertama kop surat.", "PEMERINTAH PROVINSI CONTOH"),
            Placeholder("kop_badan", "Nama perangkat daerah pada kop surat.", "SEKRETARIAT DAERAH"),
            Placeholder("kop_alamat", "Alamat pada kop surat.", "Jalan Contoh Nomor 2"),
            Placeholder("kop_telepon", "Telepon pada kop surat.", "Telepon (0541) 123456"),
            Placeholder("kop_daring", "Surel dan laman pada kop surat.", "setda@contoh.go.id"),
        ),
    ),
    (
        "Kepala naskah",
        (
            Placeholder("judul", "Judul naskah.", "TELAAH STAF"),
            Placeholder("kepada", "Penerima.", "Yth. Sekretaris Daerah"),
            Placeholder("dari", "Pengirim.", "Kepala Biro Organisasi"),
            Placeholder("tembusan", "Penerima tembusan, satu per baris.", "- Asisten\n- Inspektur"),
            Placeholder("tanggal", "Tanggal naskah.", "2 Oktober 2023"),
            Placeholder("nomor", "Nomor naskah.", "000.7.6/1234/B.Org"),
            Placeholder("lampiran", "Lampiran; “-” bila tidak ada.", "1 (satu) berkas"),
            Placeholder("perihal", "Perihal.", "Tindak lanjut hasil evaluasi SAKIP"),
            Placeholder(
                "mencabut",
                "Telaah Staf yang digantikan; kosong bila tidak ada.",
                "Telaah Staf Nomor 000.7.6/1200/B.Org tanggal 1 September 2023",
            ),
        ),
    ),
    (
        "Isi",
        (
            Placeholder(
                BODY,
                "Semua bagian: judul bernomor romawi, teks, daftar, dan tabel. Wajib ada, kecuali "
                "bila bagian dicetak satu per satu. Tulis sendirian dalam paragrafnya.",
                "I. Persoalan …",
                PlaceholderKind.BLOCK,
            ),
        ),
    ),
    (
        "Penanda tangan",
        (
            Placeholder(
                "jabatan",
                "Jabatan, dengan Plt. atau Plh., dan a.n. dalam baris di atasnya.",
                "a.n. Gubernur Contoh\nPlt. Sekretaris Daerah",
            ),
            Placeholder("nama", "Nama lengkap dengan gelar.", "Dra. Siti Contoh, M.Si."),
            Placeholder("pangkat", "Pangkat.", "Pembina Tingkat I"),
            Placeholder("nip", "NIP.", "19710808 199103 2 007"),
        ),
    ),
)
PLACEHOLDERS = tuple(row for _heading, rows in GROUPS for row in rows)
SECTIONS, COPIES = "daftar_bagian", "daftar_tembusan"
# For the checker: kind of each name; for a list, the kinds of the fields of its items.
GRAMMAR = {row.name: row.kind.value for row in PLACEHOLDERS} | {
    SECTIONS: [{"nomor": "text", "judul": "text", "isi": "block"}],
    COPIES: ["text"],
}
