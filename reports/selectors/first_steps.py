"""The list of first steps of an office that starts empty."""

from dataclasses import dataclass

from django.db.models import Exists, Q
from django.urls import reverse

from recommendations.models import Evaluation, Rubric
from recommendations.permissions import evaluation_policy
from sakip.models import Letterhead, Official, Unit, User
from sakip.roles import Role


@dataclass(frozen=True)
class FirstStep:
    """One thing that an office needs before its first paper. `url` is empty when others do it."""

    title: str
    about: str
    url: str
    is_done: bool


# Key of `_done`, title, what it is for, page that does it.
STEPS = (
    (
        "units",
        "Unit kerja",
        "Unit di bawah perangkat daerah: yang menjadi penanggung jawab rencana aksi.",
        "sakip:unit-create",
    ),
    (
        "people",
        "Operator setiap unit",
        "Orang yang menulis tindak lanjut. Banyak orang sekaligus: Pengaturan, Impor Excel.",
        "sakip:user-create",
    ),
    (
        "officials",
        "Pejabat penanda tangan",
        "Nama, pangkat, NIP, dan jabatan yang tercetak di bawah surat.",
        "sakip:official-create",
    ),
    (
        "letterhead",
        "Kop surat",
        "Kepala surat dan lambang perangkat daerah.",
        "sakip:letterhead-create",
    ),
    (
        "rubric",
        "Rubrik penilaian",
        "Komponen dan bobotnya. Rubrik nasional sudah tersedia.",
        "recommendations:rubric-list",
    ),
    (
        "evaluators",
        "Evaluator",
        "Inspektorat atau provinsi menunjuk siapa yang mereviu tindak lanjut.",
        "sakip:user-create",
    ),
    (
        "evaluation",
        "LHE pertama",
        "Nomor dan tanggal surat, nilai, lalu rekomendasi dan rencana aksinya.",
        "recommendations:evaluation-create",
    ),
)


def first_steps(user) -> list[FirstStep]:
    """Returns the steps for a coordinator, with what is done within reach; none for other roles. One query."""
    if user.role != Role.COORDINATOR:
        return []
    own = Unit.objects.filter(pk=user.unit_id)
    asked = {name: Exists(rows) for name, rows in _done(user).items()}
    done = own.annotate(**{f"has_{name}": value for name, value in asked.items()}).get()
    others = () if user.governs_province or user.governs_inspectorate else ("evaluators",)
    return [
        FirstStep(
            title, about, "" if name in others else reverse(page), getattr(done, f"has_{name}")
        )
        for name, title, about, page in STEPS
    ]


def _done(user) -> dict:
    """For each step the rows that exist when it is done."""
    evaluators = User.objects.filter(is_active=True).holding([Role.EVALUATOR])
    units = Unit.objects.editable_by(user).active()
    return {
        "units": units.exclude(pk=user.unit_id),
        "people": User.objects.filter(is_active=True).holding([Role.OPERATOR], units),
        "officials": Official.objects.visible_to(user).active(),
        "letterhead": Letterhead.objects.filter(unit__in=units),
        "rubric": Rubric.objects.visible_to(user).filter(is_active=True),
        "evaluators": evaluators.filter(
            Q(evaluates_all=True)
            | Q(assigned_bodies__in=units)
            | Q(other_posts__evaluates_all=True)
            | Q(other_posts__assigned_bodies__in=units)
        ),
        "evaluation": evaluation_policy.filter(Evaluation.objects.all(), user, "edit"),
    }
