"""Who connects other programs: the coordinator, for what is within reach."""

from sakip.policy import Policy, Reach, Units, grant
from sakip.roles import Role

webhook_policy = Policy(
    grant("view edit", [Role.COORDINATOR], Reach.BENEATH),
    units=Units(body="unit"),
    denied=dict.fromkeys(("view", "edit"), "Webhook diatur oleh koordinator."),
)
