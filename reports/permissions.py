"""Who may read and write the documents that the office issues (docs/design.md §2.4)."""

from performance.permissions import indicator_policy
from recommendations.permissions import (
    evaluation_policy,
    recommendation_policy,
    renaksi_policy,
)
from sakip.policy import Decision, Policy, Reach, Units, grant
from sakip.roles import Role

DRAFT, ISSUED, WITHDRAWN = "draft", "issued", "withdrawn"

FROZEN = (
    "Telaah Staf ini sudah diterbitkan, sehingga tidak dapat diubah atau dihapus. "
    "Buat penggantinya bila isinya harus lain."
)

telaah_staf_policy = Policy(
    grant("view", [Role.EVALUATOR, Role.COORDINATOR, Role.LEADER], Reach.BENEATH),
    grant("edit issue delete", [Role.COORDINATOR], Reach.BENEATH, [DRAFT]),
    grant("supersede", [Role.COORDINATOR], Reach.BENEATH, [ISSUED, WITHDRAWN]),
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

REPORT_ISSUED, REPORT_WITHDRAWN = "issued", "withdrawn"

issued_report_policy = Policy(
    grant("view", [Role.EVALUATOR, Role.COORDINATOR, Role.LEADER], Reach.BENEATH),
    grant("issue", [Role.COORDINATOR], Reach.BENEATH),
    grant("withdraw", [Role.COORDINATOR], Reach.BENEATH, [REPORT_ISSUED]),
    units=Units(body="unit"),
    denied={
        "view": "Laporan terbit dibaca oleh koordinator, evaluator, dan pimpinan.",
        "issue": "Hanya koordinator yang dapat menerbitkan laporan.",
        "withdraw": "Hanya koordinator yang dapat mencabut laporan.",
    },
    too_late={
        "withdraw": "Laporan ini sudah dicabut. Alasan dan nama pencabutnya tidak berubah lagi."
    },
)

ACTIVE = "active"
IN_USE = (
    "Templat ini sedang dipakai, sehingga tidak dapat dihapus. Hentikan pemakaiannya lebih dahulu."
)

word_template_policy = Policy(
    grant("view", [Role.COORDINATOR], Reach.BENEATH),
    grant("activate delete", [Role.COORDINATOR], Reach.BENEATH, [DRAFT]),
    grant("deactivate", [Role.COORDINATOR], Reach.BENEATH, [ACTIVE]),
    units=Units(body="unit"),
    denied=dict.fromkeys(
        ("view", "activate", "deactivate", "delete"), "Templat Word diatur oleh koordinator."
    ),
    too_late={
        "activate": "Templat ini sudah dipakai.",
        "deactivate": "Templat ini sedang tidak dipakai.",
        "delete": IN_USE,
    },
)

# The coordinator who is responsible for a record may dismiss a finding on it.
_DISMISSING = {
    "evaluation": (evaluation_policy, "edit"),
    "recommendation": (recommendation_policy, "edit"),
    "renaksi": (renaksi_policy, "oversee"),
    "telaahstaf": (telaah_staf_policy, "edit"),
    "indicator": (indicator_policy, "edit"),
}


def may_dismiss(user, record) -> Decision:
    """Returns whether `user` may dismiss a consistency finding on `record`."""
    policy, action = _DISMISSING[record._meta.model_name]
    if policy is telaah_staf_policy and record.status != DRAFT:
        action = "supersede"
    return policy.check(user, action, record)
