"""Indonesian words for the actions and changes that this app writes into the history.

See sakip.history.words.
"""

from reports.models import TelaahStafBlock
from sakip.history.words import Action, Word, register

ACTIONS = {
    "dismiss_finding": Action(
        "Temuan uji konsistensi diabaikan", "mengabaikan temuan uji konsistensi pada {}"
    ),
    "heed_finding": Action(
        "Temuan uji konsistensi diperhatikan lagi",
        "memperhatikan lagi temuan uji konsistensi pada {}",
    ),
    "draft": Action("Draf disusun dari data", "menyusun draf {} dari data"),
    "reword": Action("Kalimat disusun ulang dari data", "menyusun ulang satu kalimat {} dari data"),
    "add_sentence": Action(
        "Kalimat ditambahkan dari data", "menambahkan satu kalimat pada {} dari data"
    ),
    "leave_out": Action(
        "Kalimat dari data tidak dipakai", "tidak memakai satu kalimat baru dari data dalam {}"
    ),
    "add_part": Action("Isi ditambahkan", "menambahkan isi pada {}"),
    "move_part": Action("Isi dipindahkan", "memindahkan isi dalam {}"),
    "remove_part": Action("Isi dihapus", "menghapus isi dari {}"),
    "issue": Action("Diterbitkan", "menerbitkan {}"),
    "supersede": Action("Pengganti dibuat", "membuat draf pengganti {}"),
    "delete_telaah_staf": Action(
        "Draf Telaah Staf dihapus", "menghapus sebuah draf Telaah Staf dari {}"
    ),
    "take_into_use": Action("Dipakai", "memakai {}"),
    "lay_aside": Action("Tidak dipakai lagi", "menghentikan pemakaian {}"),
    "delete_word_template": Action("Templat Word dihapus", "menghapus sebuah templat Word dari {}"),
    "issue_report": Action("Laporan diterbitkan", "menerbitkan {}"),
    "withdraw_report": Action("Laporan dicabut", "mencabut {}"),
}
WORDS = {
    "finding": Word("Temuan"),
    "kept_sections": Word("Dipertahankan"),
    "section": Word("Bagian"),
    "contradicted": Word("Diterbitkan walaupun berbeda dari data"),
    "content": Word("{}", dict(TelaahStafBlock.Kind.choices)),
    "section_place": Word("{}", say="bagian {}".format),
    "content_place": Word("{}", say="isi ke-{}".format),
    "content_section": Word("{}"),
}

register(actions=ACTIONS, words=WORDS)
