"""Who may do what with evaluations, recommendations and renaksi: the table of docs/design.md §2.4."""

from recommendations.transitions import SUBMITTED, TRANSITIONS, WORKABLE
from sakip.policy import Policy, Reach, Units, grant
from sakip.roles import Role

_body_readers = (
    grant("view", [Role.OPERATOR, Role.LEADER, Role.COORDINATOR], Reach.OWN_BODY),
    grant("view", [Role.EVALUATOR, Role.COORDINATOR, Role.LEADER], Reach.BENEATH),
    grant("edit", [Role.COORDINATOR], Reach.BENEATH),
)
_only_coordinator = {"edit": "Hanya koordinator yang dapat mengubah LHE dan rekomendasi."}
_no_part = {"print": "Dokumen lengkap dicetak oleh koordinator, evaluator, dan pimpinan."}

# A rubric without a unit is shared: the province changes it, a body copies it and changes the copy.
rubric_policy = Policy(
    grant("view", Role.values, Reach.SHARED),
    grant("view", Role.values, Reach.OWN_BODY),
    grant("view", [Role.EVALUATOR, Role.COORDINATOR, Role.LEADER], Reach.BENEATH),
    grant("copy", [Role.COORDINATOR], Reach.SHARED),
    grant("copy", [Role.COORDINATOR], Reach.OWN_BODY),
    grant("copy", [Role.COORDINATOR], Reach.BENEATH),
    grant("edit", [Role.COORDINATOR], Reach.PROVINCE),
    grant("edit", [Role.COORDINATOR], Reach.BENEATH),
    units=Units(body="unit"),
    denied={
        "edit": "Hanya koordinator yang dapat mengubah rubrik.",
        "copy": "Hanya koordinator yang dapat menyalin rubrik.",
    },
    abroad={
        "edit": "Rubrik bersama diubah oleh koordinator provinsi, rubrik unit lain oleh pemiliknya. "
        "Salin menjadi rubrik sendiri, lalu ubah salinannya."
    },
)

# “print” puts the whole evaluation on paper, so people who see only a part may not print it.
evaluation_policy = Policy(
    *_body_readers,
    grant("print", [Role.EVALUATOR, Role.COORDINATOR, Role.LEADER], Reach.BENEATH),
    units=Units(body="unit"),
    denied=_only_coordinator | _no_part,
)

recommendation_policy = Policy(
    *_body_readers, units=Units(body="evaluation__unit"), denied=_only_coordinator
)

LOCKED = (
    "Rencana, unit, dan batas waktu terkunci karena sudah dikirim atau selesai. "
    "Tarik atau buka kembali dahulu, lalu ubah."
)
_transitions = [
    grant(row.action, [role], reach, row.sources)
    for row in TRANSITIONS.values()
    for role, reach in row.who
]
# “oversee” is what a coordinator does whatever the status; “entrust” changes the person in charge alone.
renaksi_policy = Policy(
    grant("view", [Role.OPERATOR], Reach.OWN_UNIT),
    grant("view", [Role.EVALUATOR, Role.COORDINATOR, Role.LEADER], Reach.BENEATH),
    grant("oversee", [Role.COORDINATOR], Reach.BENEATH),
    grant("plan", [Role.COORDINATOR], Reach.BENEATH, WORKABLE),
    grant("entrust", [Role.COORDINATOR], Reach.BENEATH, [*WORKABLE, SUBMITTED]),
    grant("remind", [Role.EVALUATOR, Role.COORDINATOR, Role.LEADER], Reach.BENEATH, WORKABLE),
    grant("request_extension", [Role.OPERATOR], Reach.OWN_LEAD, WORKABLE),
    grant("decide_extension", [Role.COORDINATOR], Reach.BENEATH),
    *_transitions,
    units=Units(
        lead="lead_unit",
        supporting="supporting_units",
        body="recommendation__evaluation__unit",
        kept_body="body",
    ),
    denied={
        **dict.fromkeys(
            ("oversee", "plan", "entrust"),
            "Hanya koordinator yang dapat mengubah rencana, unit, dan batas waktu.",
        ),
        "remind": "Pengingat dikirim oleh evaluator, koordinator, dan pimpinan.",
        **{row.action: row.denied for row in TRANSITIONS.values()},
        "request_extension": "Hanya operator unit penanggung jawab yang dapat meminta perpanjangan.",
        "decide_extension": "Hanya koordinator yang dapat memutuskan perpanjangan.",
    },
    too_late={
        "plan": LOCKED,
        "entrust": "Rencana aksi ini sudah selesai, jadi petugasnya tetap. Buka kembali dahulu.",
    },
)

quarter_policy = Policy(
    grant("close", [Role.COORDINATOR], Reach.BENEATH),
    units=Units(body="unit"),
    denied={"close": "Hanya koordinator yang dapat menutup dan membuka triwulan."},
)

# The counts contain the renaksi that a unit leads, not those that it only supports.
daily_count_policy = Policy(
    grant("view", [Role.OPERATOR], Reach.OWN_LEAD),
    grant("view", [Role.EVALUATOR, Role.COORDINATOR, Role.LEADER], Reach.BENEATH),
    units=Units(lead="lead_unit", body="evaluation__unit"),
)
