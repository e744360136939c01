"""Who may do what with indicators and their figures (docs/design.md §2.4)."""

from sakip.policy import Policy, Reach, Units, grant
from sakip.roles import Role

READERS = (Role.EVALUATOR, Role.COORDINATOR, Role.LEADER)

objective_policy = Policy(
    grant("view", [Role.OPERATOR, Role.LEADER, Role.COORDINATOR], Reach.OWN_BODY),
    grant("view", READERS, Reach.BENEATH),
    grant("edit", [Role.COORDINATOR], Reach.BENEATH),
    units=Units(body="unit"),
)

indicator_policy = Policy(
    grant("view", [Role.OPERATOR, Role.LEADER, Role.COORDINATOR], Reach.OWN_BODY),
    grant("view", READERS, Reach.BENEATH),
    grant("edit", [Role.COORDINATOR], Reach.BENEATH),
    grant("realise", [Role.OPERATOR], Reach.OWN_LEAD),
    grant("realise", [Role.COORDINATOR], Reach.BENEATH),
    units=Units(lead="owner_unit", body="objective__unit"),
    denied={"realise": "Realisasi diisi oleh operator unit pemilik indikator atau koordinator."},
)
