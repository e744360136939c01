"""Registers the screen words for what this app writes into the history (see sakip.history.words)."""

from sakip.history.words import Action, Word, date_in_words, register

ACTIONS = {
    "create": Action("Dibuat", "membuat {}"),
    "edit": Action("Diubah", "mengubah {}", only_changes=True),
    "delete": Action("Dihapus", "menghapus {}"),
    "invite": Action("Undangan dibuat", "membuat tautan undangan untuk {}"),
    "invitation_not_mailed": Action(
        "Undangan tidak terkirim", "gagal mengirim undangan lewat surel kepada {}"
    ),
    "accept_invitation": Action("Undangan dipakai", "memilih kata sandi untuk akun {}"),
    "add_post": Action("Penugasan ditambahkan", "menambahkan penugasan kepada {}"),
    "end_post": Action("Penugasan diakhiri", "mengakhiri penugasan {}"),
    "set_password": Action("Kata sandi baru diberikan", "memberikan kata sandi baru kepada {}"),
    "add_factor": Action(
        "Verifikasi ditambahkan", "menambahkan verifikasi dua langkah pada akun {}"
    ),
    "remove_factor": Action("Verifikasi dihapus", "menghapus verifikasi dua langkah dari akun {}"),
    "renew_codes": Action("Kode pemulihan diganti", "mengganti kode pemulihan akun {}"),
    "reset_factors": Action("Verifikasi diatur ulang", "mengatur ulang verifikasi dua langkah {}"),
    "factors_reset_not_mailed": Action(
        "Surat tidak terkirim",
        "gagal memberi tahu {} lewat surel bahwa verifikasinya diatur ulang",
    ),
    "link_identity": Action("Identitas ditautkan", "menautkan identitas provinsi dengan akun {}"),
    "unlink_identity": Action(
        "Tautan identitas dihapus", "menghapus tautan identitas provinsi akun {}"
    ),
    "end_session": Action("Perangkat dikeluarkan", "mengeluarkan satu perangkat dari akun {}"),
    "end_other_sessions": Action(
        "Perangkat lain dikeluarkan", "mengeluarkan semua perangkat lain dari akun {}"
    ),
    "rename_unit": Action("Unit berganti nama", "mengganti nama {}"),
    "move_unit": Action("Unit dipindah", "memindahkan {}"),
    "merge_unit": Action("Unit digabung", "menggabungkan {}"),
    "split_unit": Action("Unit dipecah", "memecah {}"),
}

WORDS = {
    "from_day": Word("Berlaku sejak", say=date_in_words),
    "successors": Word("Penerus"),
    "factor": Word("Verifikasi dua langkah"),
    "post": Word("Penugasan"),
    "original_file": Word("SHA-256 gambar semula"),
}

register(actions=ACTIONS, words=WORDS)
