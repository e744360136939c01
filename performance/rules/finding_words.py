"""The rules of the consistency checks of indicators, in words. See sakip.consistency.rules."""

from functools import partial

from sakip.consistency.rules import FindingRule, register

of_year = partial(FindingRule, page="performance:realisation-edit", by_year=True)

register(
    of_year(
        "change-differs",
        "error",
        "Perubahan tercetak tidak sama dengan hasil hitung",
        "Perubahan tercetak {printed} % tidak sama dengan hasil hitung {computed} % menurut rumus "
        "(7/6-1)*100.",
        "Periksa realisasi kedua tahun. Bila benar, perubahan pada dokumen asalnya salah cetak: "
        "perbaiki dokumen itu, atau abaikan temuan ini dengan alasan.",
    ),
    of_year(
        "achievement-differs",
        "error",
        "Capaian tercetak tidak sama dengan hasil hitung",
        "Capaian tercetak {printed} % tidak sama dengan hasil hitung {computed} %.{formula}",
        "Periksa target, realisasi, dan arah indikatornya. Bila benar, dokumen asalnya salah cetak.",
    ),
    of_year(
        "carried-over",
        "warning",
        "Nilai tahun sebelumnya dipakai lagi",
        "Nilai {year} diambil dari tahun sebelumnya{note}, sehingga perubahan {printed} % tidak bermakna.",
        "Isi realisasi tahun itu begitu nilainya terbit, lalu hapus tanda “nilai tahun sebelumnya”.",
    ),
    of_year(
        "same-as-last-year",
        "info",
        "Nilai sama persis dengan tahun sebelumnya",
        "Nilai {year} sama persis dengan nilai {before}: {printed}.",
        "Periksa apakah nilai tahun sebelumnya tersalin. Bila memang nilai tahun sebelumnya, beri tanda "
        "“nilai tahun sebelumnya”.",
    ),
    of_year(
        "rank-unchanged",
        "warning",
        "Peringkat tidak sesuai dengan nilainya",
        "Peringkat {rank} tertulis sama untuk {years}, padahal nilainya berubah dari {before} menjadi "
        "{after}.",
        "Cocokkan peringkatnya dengan pengumuman instansi penilai, lalu betulkan keterangan di samping "
        "nilainya.",
    ),
    of_year(
        "rank-opposite",
        "warning",
        "Peringkat berlawanan dengan nilainya",
        "Nilai {direction} dari {before} menjadi {after}, tetapi peringkatnya {moved} dari {rank_before} "
        "menjadi {rank}.",
        "Cocokkan nilai dan peringkatnya dengan pengumuman instansi penilai.",
    ),
    FindingRule(
        "few-earlier-years",
        "info",
        "Pembanding kurang dari tiga tahun",
        "Pembanding baru {known} tahun sebelumnya; laporan kinerja meminta minimal {wanted} tahun.",
        "Isi realisasi tahun-tahun sebelumnya, atau abaikan dengan alasan bila indikatornya baru.",
    ),
    FindingRule(
        "without-source",
        "warning",
        "Indikator tanpa sumber data",
        "Indikator tidak menyebut sumber data. Isi sumber data indikator, realisasi, atau tabelnya.",
        "Isi sumber data pada indikatornya.",
        page="performance:indicator-edit",
    ),
    of_year(
        "target-zero",
        "info",
        "Target nol",
        "Target {year} adalah 0, sehingga capaiannya tidak dapat dihitung.",
        "Periksa targetnya. Bila memang 0, sebut pencapaiannya dengan kata-kata.",
    ),
    of_year(
        "tenfold",
        "warning",
        "Nilai kira-kira sepuluh kali tahun sebelumnya",
        "Nilai {after} kira-kira sepuluh kali atau sepersepuluh nilai {year} ({before}). Periksa letak "
        "komanya.",
        "Betulkan letak komanya, atau abaikan dengan alasan bila nilainya benar.",
    ),
    FindingRule(
        "quarters-differ",
        "error",
        "Angka tahunan tidak sama dengan triwulannya",
        "{sentence}",
        "Betulkan angka triwulan atau angka tahunannya.",
    ),
    FindingRule(
        "quarter-targets-differ",
        "warning",
        "Target tahunan tidak sama dengan target triwulannya",
        "{sentence}",
        "Betulkan target triwulan atau target tahunannya.",
    ),
)
