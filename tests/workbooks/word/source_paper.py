"""The follow-up tables of the source document as Word holds them: as printed, with every fault."""

import docx

from tests.workbooks.word.papers import add_table, upload

FIRST = [
    [
        "1.",
        "Perencanaan Kinerja\nTarget yang ditetapkan dalam Perencanaan Kinerja supaya didukung dengan analisa/dasar penetapan target sehingga target kinerja yang ditetapkan memadai dan memenuhi kriteria dapat dicapai (<i>achievable</i>), menantang, dan realistis.",
        "a. Terhadap target kinerja yang tidak memenuhi kriteria <i>achievable</i>, menantang dan realistis misalnya saja EKPPD, pada RENSTRA 2024-2026 di <i>drop</i>, tidak lagi dipergunakan. Indikator kinerja yang dibuat termasuk formulanya mengacu pada SMART-C;\nb. Disarankan kepada Biro-biro untuk membuat analisa dasar atau dalam pembuatan target, serta dalam RENSTRA dan RENJA dimuat sebagai kondisi awal;\nc. Dalam Akuntabilitas Kinerja atau LKJIP Tahun 2023 ini, analisis terhadap pencapaian dan kegagalan target dianalisa dengan lebih tajam dan komprehensif.",
        "a. Sudah\nb. Sudah\nc. Sudah",
    ],
    [
        "2.",
        "Pengukuran Kinerja\nMemanfaatkan Pengukuran Kinerja sebagai dasar dalam:\na. Pemberian <i>reward</i> dan <i>punishment</i> kepada bagian ataupun setiap individu pegawai;\nb. Penempatan/penghapusan jabatan baik structural maupun fungsional;",
        'Pengukuran Kinerja Setda Prov. Kaltim sebagai dasar pada:\na. (1) Pemberian <i>reward</i> dan <i>punishment</i> kepada bagian maupun individu pegawai. Setda Prov. Kaltim telah memiliki penghargaan "<i>Employee of the month</i>" yang kemudian diubah menjadi "<i>Best Employee</i>" Penghargaan tersebut disempurnakan dengan menambahkan unsur kinerja pegawai sebagai salah satu komponen penilaian. Kemudian, setiap Biro mengajukan usulan; (2) Selain itu juga diberikan penghargaan lingkup Biro, dengan komponen kinerja sebagai salah satu unsur penilaian;\nb. Dibuatkan TS kepada pimpinan (Sekda) bahwa pengukuran kinerja dapat dilakukan sebagai penempatan/penghapusan jabatan baik structural',
        "a. Sudah\nb. Sudah",
    ],
    [
        "",
        "c. Pengusulan penyesuaian (<i>refocusing</i>) organisasi.",
        "maupun fungsional;\nc. Pengusulan penyesuaian (<i>refocusing</i>) organisasi.",
        "c. Sudah",
    ],
    [
        "3. Laporan Kinerja\nDalam penyusunan Dokumen Laporan Kinerja supaya:\na. Menyajikan informasi perbandingan realisasi kinerja dengan realisasi kinerja tahun-tahun sebelumnya minimal 3 (tiga) tahun;\nb. Informasi dalam laporan kinerja berkala supaya digunakan dalam penyesuaian penggunaan anggaran untuk mencapai kinerja.",
        "Penyusunan Dokumen Laporan Kinerja Tahun 2023:\na. Sudah menyajikan informasi perbandingan realisasi kinerja dengan realisasi kinerja tahun-tahun sebelumnya minimal 3 (tiga) tahun;\nb. Informasi laporan kinerja berkala dalam hal ini setiap triwulan melalui monitoring dan evaluasi (monev) disertai penguatan analisis pada faktor pendukung, faktor penghambat, permasalahan, solusi dan upaya, diusulkan sebagai dasar penyesuaian anggaran yang tertuang pada APBD-P/P-RKPD.",
        "a. Sudah\nb. Sudah",
        "",
    ],
    [
        "4. Evaluasi Akuntabilitas Kinerja Internal\nHasil dari Evaluasi Akuntabilitas Kinerja Internal supaya dimanfaatkan dalam mendukung efektifitas dan efisiensi kinerja.",
        "Hasil Evaluasi Akuntabilitas Internal masing-masing Biro digunakan dalam mendukung efektifitas dan efisiensi kinerja, sehingga anggaran berbasis kinerja berjalan sebagaimana seharusnya.",
        "Sudah",
        "",
    ],
    [
        "5. Capaian Kinerja\nCapaian Kinerja supaya didukung dengan data yang memadai yakni didukung dengan sumber data.",
        "Capaian Kinerja yang dituangkan pada Kertas Kerja maupun pada e-Kinerja dan e-SAKIP (SIKIP), sudah didukung dengan eviden atau data dukung yang memadai. Bukan hanya pada level JPT Pratama saja, namun juga pada level Administrator, Eselon IV, hingga JF dan Pelaksana.",
        "Sudah",
        "",
    ],
]
POINTS = [
    "Pemberian <i>reward</i> dan <i>punishment</i> kepada bagian ataupun setiap individu pegawai;",
    "Penempatan/penghapusan jabatan baik struktural maupun fungsional;",
    "Pengusulan penyesuaian (<i>refocusing</i>) organisasi.",
]
FOLLOW_UPS = [
    '(1) Pemberian <i>reward</i> dan <i>punishment</i> kepada bagian maupun individu pegawai. Setda Prov. Kaltim telah memiliki penghargaan "<i>Employee of the month</i>". Penghargaan tersebut disempurnakan dengan menambahkan unsur kinerja pegawai sebagai salah satu komponen penilaian. Kemudian, setiap Biro mengajukan usulan; (2) Selain itu juga diberikan penghargaan lingkup Biro, dengan komponen kinerja sebagai salah satu unsur penilaian;',
    "Dibuatkan TS kepada pimpinan (Sekda) bahwa pengukuran kinerja dapat dilakukan sebagai penempatan/penghapusan jabatan baik struktural maupun fungsional;",
    "Pengusulan penyesuaian (<i>refocusing</i>) organisasi.",
]
SCORES = [
    ["No", "Komponen yang dinilai", "Nilai Tahun", "Nilai Tahun", "Peningkatan/ Penurunan Capaian"],
    ["1", "Perencanaan Kinerja", "23,75", "22,20", "-1,55"],
]
INDICATORS = [
    ["No.", "Indikator Kinerja", "Satuan", "2022", "2023"],
    ["2.", "Persentase kerjasama yang ditindaklanjuti", "Persentase", "90,00", "95,00"],
]


def _copy(letters):
    """The table as the telaah staf repeats it, where a word processor went on counting."""

    def lettered(texts):
        return "\n".join(f"{one}. {text}" for one, text in zip(letters, texts, strict=True))

    return [
        "",
        f"Pengukuran Kinerja Memanfaatkan Pengukuran Kinerja sebagai dasar dalam:\n{lettered(POINTS)}",
        f"Pengukuran Kinerja Setda Prov. Kaltim sebagai dasar pada:\n{lettered(FOLLOW_UPS)}",
        lettered(["Sudah"] * 3),
    ]


def build():
    document = docx.Document()
    document.add_paragraph("TINDAK LANJUT REKOMENDASI LHE SAKIP")
    document.add_paragraph("TAHUN 2023")
    document.add_paragraph(
        "Rekomendasi, Tindak Lanjut dan Rencana Aksi atas LHE SAKIP Setda Prov Kaltim Tahun 2023 sebagaimana tabel di bawah ini :"
    )
    add_table(document, FIRST)
    document.add_paragraph("Catatan atas rekomendasi dan tindak lanjut :")
    document.add_paragraph("TELAAH STAF")
    add_table(document, SCORES, head=None)
    add_table(document, [_copy("abc")])
    add_table(document, [_copy("def")])
    add_table(document, INDICATORS, head=None)
    return upload(document)
