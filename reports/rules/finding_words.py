"""The rules of the consistency checks of a Telaah Staf, in words. See sakip.consistency.rules."""

from sakip.consistency.rules import FindingRule, register

register(
    FindingRule(
        "attachment-absent",
        "warning",
        "Lampiran disebut, tetapi tidak ada",
        "Lampiran “{attachment}” disebut, tetapi tidak ada berkasnya dalam program.",
        "Pastikan lampirannya ikut dikirim, atau kosongkan isian Lampiran.",
    ),
    FindingRule(
        "memo-incomplete",
        "warning",
        "Telaah Staf belum lengkap",
        "Bagian {section} ditandai belum lengkap: “{ending}”.",
        "Lengkapi kalimatnya, lalu hapus tanda belum lengkap.",
    ),
    FindingRule(
        "memo-letters",
        "error",
        "Huruf dalam teks tidak sama dengan tabelnya",
        "Bagian {section} menyebut {said}, dalam tabelnya {held}.",
        "Samakan huruf dalam kalimatnya dengan huruf dalam tabel.",
    ),
    FindingRule(
        "memo-status",
        "error",
        "Teks dan tabel Telaah Staf berbeda",
        "Bagian {section} menulis “{said}”, padahal menurut tabelnya {held}.",
        "Susun ulang kalimatnya dari data, atau betulkan status rencana aksinya.",
    ),
)
