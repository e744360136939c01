"""Who may do what with evaluations, recommendations and renaksi: the table of docs/design.md §2.4."""

from sakip.policy import Policy, Reach, Units, grant
from sakip.roles import Role

OPEN, IN_PROGRESS, SUBMITTED = "open", "in_progress", "submitted"
RETURNED, DONE, NOT_ACTIONABLE = "returned", "done", "not_actionable"
WORKABLE = (OPEN, IN_PROGRESS, RETURNED)
CLOSED = (DONE, NOT_ACTIONABLE)

_body_readers = (
    grant("view", [Role.OPERATOR, Role.LEADER, Role.COORDINATOR], Reach.OWN_BODY),
    grant("view", [Role.EVALUATOR, Role.COORDINATOR, Role.LEADER], Reach.BENEATH),
    grant("edit", [Role.COORDINATOR], Reach.BENEATH),
)
_only_coordinator = {"edit": "Hanya koordinator yang dapat mengubah LHE dan rekomendasi."}
_no_part = {"print": "Dokumen lengkap dicetak oleh koordinator, evaluator, dan pimpinan."}

rubric_policy = Policy(
    grant("view", Role.values, Reach.ANY),
    grant("edit", [Role.COORDINATOR], Reach.ANY),
    units=Units(),
    denied={"edit": "Hanya koordinator yang dapat mengubah rubrik."},
)

# “print” is the whole of it on paper: for nobody who sees only a part.
evaluation_policy = Policy(
    *_body_readers,
    grant("print", [Role.EVALUATOR, Role.COORDINATOR, Role.LEADER], Reach.BENEATH),
    units=Units(body="unit"),
    denied=_only_coordinator | _no_part,
)

recommendation_policy = Policy(
    *_body_readers, units=Units(body="evaluation__unit"), denied=_only_coordinator
)

renaksi_policy = Policy(
    grant("view", [Role.OPERATOR], Reach.OWN_UNIT),
    grant("view", [Role.EVALUATOR, Role.COORDINATOR, Role.LEADER], Reach.BENEATH),
    grant("plan", [Role.COORDINATOR], Reach.BENEATH),
    grant("edit", [Role.OPERATOR], Reach.OWN_UNIT, WORKABLE),
    grant("edit", [Role.COORDINATOR], Reach.BENEATH, WORKABLE),
    grant("submit request_extension", [Role.OPERATOR], Reach.OWN_LEAD, WORKABLE),
    grant("withdraw", [Role.OPERATOR], Reach.OWN_LEAD, [SUBMITTED]),
    grant("accept return", [Role.EVALUATOR], Reach.BENEATH, [SUBMITTED]),
    grant("reopen", [Role.EVALUATOR, Role.COORDINATOR], Reach.BENEATH, CLOSED),
    grant("decide_extension", [Role.COORDINATOR], Reach.BENEATH),
    units=Units(
        lead="lead_unit", supporting="supporting_units", body="recommendation__evaluation__unit"
    ),
    denied={
        "plan": "Hanya koordinator yang dapat mengubah rencana, unit, dan batas waktu.",
        "edit": "Tindak lanjut ditulis oleh operator unit penanggung jawab atau pendukung.",
        "submit": "Hanya operator unit penanggung jawab yang dapat mengirim.",
        "withdraw": "Hanya operator unit penanggung jawab yang dapat menarik kembali.",
        "accept": "Hanya evaluator yang dapat menerima.",
        "return": "Hanya evaluator yang dapat mengembalikan.",
        "reopen": "Hanya evaluator atau koordinator yang dapat membuka kembali.",
        "request_extension": "Hanya operator unit penanggung jawab yang dapat meminta perpanjangan.",
        "decide_extension": "Hanya koordinator yang dapat memutuskan perpanjangan.",
    },
)

quarter_policy = Policy(
    grant("close", [Role.COORDINATOR], Reach.BENEATH),
    units=Units(body="unit"),
    denied={"close": "Hanya koordinator yang dapat menutup dan membuka triwulan."},
)

# Numbers of what a unit answers for, seen by whoever sees that; what it merely supports is not in them.
daily_count_policy = Policy(
    grant("view", [Role.OPERATOR], Reach.OWN_LEAD),
    grant("view", [Role.EVALUATOR, Role.COORDINATOR, Role.LEADER], Reach.BENEATH),
    units=Units(lead="lead_unit", body="evaluation__unit"),
)
