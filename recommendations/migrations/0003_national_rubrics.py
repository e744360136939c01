"""The national rubrics and their components come with the program (docs/design.md §2.1).

What exists stays as it is: a component is found by its code or name, a rubric by its name or regulation.
"""

import uuid

from django.db import migrations
from django.db.models import Q
from django.utils import timezone

COMPONENTS = (
    ("perencanaan", "Perencanaan Kinerja", ["Perencanaan"]),
    ("pengukuran", "Pengukuran Kinerja", ["Pengukuran"]),
    ("pelaporan", "Pelaporan Kinerja", ["Laporan Kinerja", "Pelaporan"]),
    (
        "evaluasi-internal",
        "Evaluasi Akuntabilitas Kinerja Internal",
        ["Evaluasi Akuntabilitas Internal", "Evaluasi Internal", "Evaluasi Kinerja"],
    ),
    (
        "capaian",
        "Capaian Kinerja",
        ["Pencapaian Sasaran/Kinerja Organisasi", "Pencapaian Kinerja", "Capaian"],
    ),
)
MINISTER = "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi"
RUBRICS = (
    {
        "name": "PermenPANRB 12/2015",
        "regulation": f"{MINISTER} Nomor 12 Tahun 2015 tentang Pedoman Evaluasi atas Implementasi "
        "Sistem Akuntabilitas Kinerja Instansi Pemerintah",
        "weights": (30, 25, 15, 10, 20),
        "shares": {},
    },
    {
        "name": "PermenPANRB 88/2021",
        "regulation": f"{MINISTER} Nomor 88 Tahun 2021 tentang Evaluasi Akuntabilitas Kinerja "
        "Instansi Pemerintah",
        "weights": (30, 30, 15, 25),
        "shares": {"existence_share": 20, "quality_share": 30, "use_share": 50},
    },
)


def load(apps, schema_editor):
    Component = apps.get_model("recommendations", "Component")
    Rubric = apps.get_model("recommendations", "Rubric")
    RubricWeight = apps.get_model("recommendations", "RubricWeight")
    components = [
        Component.objects.filter(Q(code=code) | Q(name=name)).first()
        or Component.objects.create(
            code=code, name=name, aliases="\n".join(aliases), position=position
        )
        for position, (code, name, aliases) in enumerate(COMPONENTS, 1)
    ]
    for row in RUBRICS:
        name, regulation = row["name"], row["regulation"]
        if Rubric.objects.filter(Q(name=name) | Q(regulation=regulation), unit=None).exists():
            continue
        rubric = Rubric.objects.create(name=name, regulation=regulation, **row["shares"])
        for position, (component, weight) in enumerate(zip(components, row["weights"]), 1):
            RubricWeight.objects.create(
                rubric=rubric, component=component, weight=weight, position=position
            )
        _remember(apps, rubric)


def _remember(apps, rubric):
    content_types = apps.get_model("contenttypes", "ContentType").objects
    kind, _ = content_types.get_or_create(app_label="recommendations", model="rubric")
    apps.get_model("sakip", "HistoryEntry").objects.create(
        actor=None,
        action="create",
        content_type=kind,
        object_id=rubric.pk,
        label=rubric.name,
        changes=[],
        batch=uuid.uuid4(),
        at=timezone.now(),
    )


class Migration(migrations.Migration):
    replaces = [("recommendations", "0013_national_rubrics")]
    dependencies = [("recommendations", "0002_search_and_places")]
    # It tells the history, which gets its stamps there.
    run_before = [("sakip", "0002_history_guard")]
    operations = [migrations.RunPython(load)]
