"""Who may read and write the documents the office issues (DESIGN §2.4)."""

from sakip.permissions import Policy, Reach, Role, Units, grant

DRAFT, ISSUED = "draft", "issued"

FROZEN = (
    "Telaah Staf ini sudah diterbitkan, sehingga tidak dapat diubah atau dihapus. "
    "Buat penggantinya bila isinya harus lain."
)

telaah_staf_policy = Policy(
    grant("view", [Role.EVALUATOR, Role.COORDINATOR, Role.LEADER], Reach.BENEATH),
    grant("edit issue delete", [Role.COORDINATOR], Reach.BENEATH, [DRAFT]),
    grant("supersede", [Role.COORDINATOR], Reach.BENEATH, [ISSUED]),
    units=Units(body="evaluation__unit"),
    denied={
        "view": "Telaah Staf dibaca oleh koordinator, evaluator, dan pimpinan.",
        "edit": "Hanya koordinator yang dapat menulis dan mengubah Telaah Staf.",
        "issue": "Hanya koordinator yang dapat menerbitkan Telaah Staf.",
        "delete": "Hanya koordinator yang dapat menghapus draf Telaah Staf.",
        "supersede": "Hanya koordinator yang dapat membuat pengganti Telaah Staf.",
    },
    too_late={
        "edit": FROZEN,
        "delete": FROZEN,
        "issue": "Telaah Staf ini sudah diterbitkan.",
        "supersede": "Telaah Staf ini masih draf. Ubah saja drafnya.",
    },
)
