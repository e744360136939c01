"""Who may read and write the documents the office issues (DESIGN §2.4)."""

from sakip.permissions import Policy, Reach, Role, Units, grant

telaah_staf_policy = Policy(
    grant("view", [Role.EVALUATOR, Role.COORDINATOR, Role.LEADER], Reach.BENEATH),
    grant("edit", [Role.COORDINATOR], Reach.BENEATH),
    units=Units(body="evaluation__unit"),
    denied={
        "view": "Telaah Staf dibaca oleh koordinator, evaluator, dan pimpinan.",
        "edit": "Hanya koordinator yang dapat mengubah Telaah Staf.",
    },
)
