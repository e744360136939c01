"""The tour of the first sign-in: three steps for each role, each with the page that it is about."""

from dataclasses import dataclass

from sakip.roles import Role


@dataclass(frozen=True)
class TourStep:
    """`address` and `link`: where to go for it and what the link says; both empty when it is this page."""

    title: str
    text: str
    address: str = ""
    link: str = ""


HELP = TourStep(
    "Bila ragu, buka Bantuan",
    "Tautan “Bantuan” di kaki setiap halaman membuka bagian panduan tentang halaman itu.",
    "guide-list",
    "Buka Bantuan",
)
STEPS = {
    Role.OPERATOR: (
        TourStep(
            "Ini pekerjaan unit Anda",
            "Yang dikembalikan evaluator dan yang terlambat ada di atas.",
        ),
        TourStep(
            "Tulis, lampirkan, kirim",
            "Tulis tindak lanjut di bawah butirnya, tambahkan bukti dukung, lalu pilih “Simpan dan kirim”.",
            "recommendations:renaksi-list",
            "Semua rencana aksi",
        ),
        HELP,
    ),
    Role.EVALUATOR: (
        TourStep(
            "Ini yang menunggu reviu",
            "Yang paling lama menunggu ada di atas. Daftar ini hanya berisi perangkat daerah Anda.",
        ),
        TourStep(
            "Buka bukti, lalu putuskan",
            "“Mulai mereviu” membuka butir pertama. Sesudah diputuskan, butir berikutnya terbuka sendiri.",
            "recommendations:review-list",
            "Antrean reviu",
        ),
        HELP,
    ),
    Role.COORDINATOR: (
        TourStep(
            "Ini keadaan perangkat daerah Anda",
            "Nilai, yang sudah, yang terlambat, dan oleh siapa. “Langkah awal” menyebut yang belum diatur.",
        ),
        TourStep(
            "Daftarkan LHE, atau impor",
            "“LHE baru” untuk mengetik sendiri. “Impor” membaca buku kerja Excel dan tabel Word yang sudah ada.",
            "workbooks:import-list",
            "Impor",
        ),
        HELP,
    ),
    Role.LEADER: (
        TourStep(
            "Semuanya di satu halaman",
            "Satu kalimat di atas menyebut nilai, yang sudah, dan yang terlambat. Unit yang tertinggal paling atas.",
        ),
        TourStep(
            "Tanpa membuka program",
            "Ringkasan yang sama dapat dikirim lewat surel setiap Senin.",
            "recommendations:notice-choices",
            "Pilihan surel",
        ),
        HELP,
    ),
}


def steps_for(user) -> tuple[TourStep, ...]:
    """Empty when the person has closed the tour or has no role yet."""
    return () if user.tour_closed_at else STEPS.get(user.role, ())
