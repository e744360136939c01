"""The rules of the consistency checks of evaluations and renaksi, in words. See sakip.consistency.rules."""

from functools import partial

from sakip.consistency.rules import FindingRule, register

of_scores = partial(FindingRule, page="recommendations:evaluation-scores")
of_letter = partial(FindingRule, page="recommendations:evaluation-edit")

register(
    of_scores(
        "total-differs",
        "error",
        "Nilai tercetak tidak sama dengan jumlah komponennya",
        "Nilai {year} tercetak {printed}, sedangkan jumlah nilai komponennya {computed}.",
        "Cocokkan nilai komponen dengan LHE. Bila benar, LHE salah cetak: sampaikan kepada Inspektorat, "
        "lalu abaikan dengan alasan.",
    ),
    of_letter(
        "grade-differs",
        "error",
        "Predikat tercetak tidak sesuai nilainya",
        "Predikat tercetak {printed}, sedangkan nilai {total} berpredikat {computed}.",
        "Cocokkan predikat dan nilainya dengan LHE.",
    ),
    of_scores(
        "score-missing",
        "warning",
        "Komponen tanpa nilai",
        "Komponen {component} belum mempunyai nilai.",
        "Isi nilai komponennya.",
    ),
    of_scores(
        "score-above-weight",
        "error",
        "Nilai melebihi bobot",
        "Nilai {component} {printed} melebihi bobotnya {computed}.",
        "Betulkan nilainya, atau pilih rubrik yang dipakai LHE.",
    ),
    of_letter(
        "score-outside-rubric",
        "error",
        "Nilai untuk komponen di luar rubrik",
        "Komponen {component} tidak ada dalam rubrik {rubric}.",
        "Pilih rubrik yang dipakai LHE.",
    ),
    of_scores(
        "score-change-differs",
        "error",
        "Perubahan nilai tercetak tidak sama dengan hasil hitung",
        "Perubahan {name} tercetak {printed}, hasil hitung {computed} dibanding LHE {before}.",
        "Cocokkan nilai kedua tahun dengan LHE-nya masing-masing.",
    ),
    FindingRule(
        "rubrics-differ",
        "warning",
        "Bobot kedua tahun berbeda",
        "Bobot komponen tahun {before} ({rubric_before}) dan {year} ({rubric}) berbeda: selisih nilai "
        "mentah membandingkan skala yang berbeda. Lihat persen terhadap bobot.",
        "Bandingkan persen terhadap bobotnya, dan sebutkan perbedaan bobot itu dalam laporan.",
    ),
    FindingRule(
        "none-verified",
        "warning",
        "Semua Sudah, tidak satu pun diverifikasi",
        "{claimed} rencana aksi dinyatakan “Sudah”, tetapi belum satu pun diverifikasi evaluator.",
        "Minta evaluator mereviunya sebelum menyebut rekomendasi ini selesai.",
        is_whole=True,
    ),
    FindingRule(
        "caption-without-picture",
        "warning",
        "Keterangan gambar tanpa gambar",
        "Keterangan gambar tanpa gambar: {captions}.",
        "Unggah gambarnya pada catatan, atau hapus keterangannya.",
        page="recommendations:note-edit",
    ),
    FindingRule(
        "missing-evidence",
        "warning",
        "Sudah tanpa bukti dukung",
        "Dinyatakan “Sudah” tanpa bukti dukung. Lampirkan berkas, tautan, atau dokumen terpisah.",
        "Lampirkan bukti pada rencana aksinya. Bila sudah dikirim, tarik atau minta dikembalikan dahulu.",
    ),
    FindingRule(
        "repeats-recommendation",
        "warning",
        "Tindak lanjut mengulang bunyi rekomendasi",
        "Uraian tindak lanjut sama dengan bunyi rekomendasi. Tulis apa yang telah dilakukan.",
        "Tulis apa yang telah dilakukan, kapan, dan apa buktinya.",
    ),
    FindingRule(
        "proposal-wording",
        "warning",
        "Masih usul, tetapi bertanda Sudah",
        "Dinyatakan “Sudah”, tetapi uraiannya masih berupa usul ({words}).",
        "Tulis hasilnya, atau ubah statusnya sampai usul itu dilaksanakan.",
    ),
    FindingRule(
        "overdue",
        "warning",
        "Batas waktu lewat",
        "Batas waktu {due} telah lewat.",
        "Selesaikan dan kirim, atau mintakan batas waktu yang lebih panjang.",
    ),
    FindingRule(
        "person-left",
        "warning",
        "Petugas tidak dapat melanjutkan",
        "Petugas {person} {problem}. Tunjuk petugas lain, atau kosongkan.",
        "Tunjuk petugas lain pada rencana aksinya.",
    ),
    FindingRule(
        "grade-interval",
        "warning",
        "Rentang predikat salah tulis",
        "Tertulis “{printed}”, padahal predikat {grade} adalah {computed}.",
        "Tulis rentangnya seperti dalam peraturan: batas bawah tidak termasuk, batas atas termasuk.",
    ),
    FindingRule(
        "minus-score",
        "warning",
        "Perubahan disebut nilai",
        "Tertulis “{printed}”: itu perubahan, bukan nilai. Nilai tidak pernah di bawah nol.",
        "Tulis naik atau turun berapa poin, dan sebut nilainya sendiri.",
    ),
    FindingRule(
        "broken-sentence",
        "warning",
        "Kalimat terputus",
        "Kalimat terputus: “{ending}”.",
        "Lengkapi kalimatnya, atau hapus.",
    ),
)
