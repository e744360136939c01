"""Which pictures `make screenshots` draws: of the guides, and one of every main page (`docs/halaman.md`)."""

from dataclasses import dataclass
from pathlib import Path

DOCS = Path(__file__).resolve().parent.parent / "docs"
MOST_BYTES = 34_000  # of one picture; a guide begins with two of them, and a page may weigh 120 KB
DESKTOP, TELEPHONE = (1280, 720), (360, 1200)


@dataclass(frozen=True)
class Picture:
    """Whoever looks (empty: nobody has signed in) opens `first` and follows the first link of each pattern.
    Lists keep their filter: `bersih=ya` forgets it.
    """

    name: str
    person: str
    first: str
    links: tuple[str, ...] = ()
    size: tuple[int, int] = DESKTOP


@dataclass(frozen=True)
class Album:
    folder: Path
    pictures: tuple[Picture, ...]


TOUR = "tur"  # the only picture with the three steps of the first sign-in
IMPORT_PREVIEW = "impor-pratinjau"  # needs a workbook first
ONE_RENAKSI = r"/renaksi/\d+/"
IN_BOTH = (
    Picture("operator-beranda", "operator.organisasi", "/"),
    Picture(
        "operator-tulis",
        "operator.organisasi",
        "/renaksi/?status=returned",
        (ONE_RENAKSI, r"/renaksi/\d+/tindak-lanjut/$"),
    ),
    Picture("evaluator-beranda", "evaluator", "/"),
    Picture("evaluator-reviu", "evaluator", "/reviu/?bukti=link", (r"/reviu/\d+/",)),
    Picture("koordinator-beranda", "koordinator", "/"),
    Picture("impor", "koordinator", "/impor/"),
    Picture("laporan", "koordinator", "/laporan/"),
    Picture("pimpinan-beranda", "pimpinan", "/"),
)
GUIDES = Album(
    DOCS / "panduan" / "gambar",
    (
        Picture(TOUR, "operator.organisasi", "/"),
        *IN_BOTH,
        Picture("koordinator-lhe", "koordinator", "/evaluasi/", (r"/evaluasi/\d+/$",)),
        Picture("koordinator-rencana", "koordinator", "/renaksi/?bersih=ya"),
    ),
)
PAGES = Album(
    DOCS / "gambar" / "halaman",
    (
        Picture("masuk", "", "/akun/masuk/"),
        *IN_BOTH,
        Picture("operator-rencana-aksi", "operator.organisasi", "/renaksi/?bersih=ya"),
        Picture("evaluator-antrean", "evaluator", "/reviu/?bersih=ya"),
        Picture("lhe-daftar", "koordinator", "/evaluasi/"),
        Picture("lhe", "koordinator", "/evaluasi/", (r"/evaluasi/\d+/$",)),
        Picture("rencana-aksi", "koordinator", "/renaksi/?bersih=ya"),
        Picture("renaksi", "koordinator", "/renaksi/?status=done", (ONE_RENAKSI,)),
        Picture("indikator", "koordinator", "/kinerja/"),
        Picture("tabel-tindak-lanjut", "koordinator", "/laporan/follow-up-table/"),
        Picture("telaah-staf", "koordinator", "/telaah-staf/", (r"/telaah-staf/\d+/$",)),
        Picture("uji-konsistensi", "koordinator", "/uji-konsistensi/"),
        Picture("riwayat", "koordinator", "/riwayat/"),
        Picture("pengaturan", "koordinator", "/pengaturan/"),
        Picture(IMPORT_PREVIEW, "koordinator", "/impor/", (r"/impor/\d+/$",)),
        Picture("provinsi", "pimpinan.provinsi", "/provinsi/"),
        Picture("cari", "koordinator", "/cari/?teks=kinerja"),
        Picture("pemberitahuan", "operator.organisasi", "/pemberitahuan/"),
        Picture("bantuan", "operator.organisasi", "/bantuan/"),
        Picture("ponsel-operator", "operator.organisasi", "/", size=TELEPHONE),
        Picture("ponsel-rencana-aksi", "koordinator", "/renaksi/?bersih=ya", size=TELEPHONE),
        Picture("ponsel-reviu", "evaluator", "/reviu/?bukti=link", (r"/reviu/\d+/",), TELEPHONE),
        Picture("ponsel-pimpinan", "pimpinan", "/", size=TELEPHONE),
    ),
)
ALBUMS = (GUIDES, PAGES)
