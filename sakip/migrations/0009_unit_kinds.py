"""More kinds of units. The kind of a stored unit is told from its name; a body or part of another name stays."""

from django.db import migrations, models

BODIES = {
    "Sekretariat D": "secretariat",
    "Inspektorat": "inspectorate",
    "Dinas ": "dinas",
    "Badan ": "badan",
    "RSUD": "hospital",
    "Rumah Sakit": "hospital",
}
PARTS = {
    "Bagian ": "section",
    "Bidang ": "field",
    "Sekretariat": "office",
    "Inspektur Pembantu": "assistant",
    "Irban": "assistant",
    "UPTD": "uptd",
    "UPT ": "uptd",
    "Cabang Dinas": "branch",
}


def tell_kinds(apps, schema_editor):
    units = apps.get_model("sakip", "Unit").objects
    for kind, prefixes in (("body", BODIES), ("bureau", PARTS)):
        for prefix, found in prefixes.items():
            units.filter(kind=kind, name__istartswith=prefix).update(kind=found)


def forget_kinds(apps, schema_editor):
    units = apps.get_model("sakip", "Unit").objects
    units.filter(kind__in=BODIES.values()).update(kind="body")
    units.filter(kind__in=[*PARTS.values(), "part"]).update(kind="bureau")



class Migration(migrations.Migration):

    dependencies = [
        ('sakip', '0008_history_codes'),
    ]

    operations = [
        migrations.AlterField(
            model_name='unit',
            name='kind',
            field=models.CharField(choices=[('province', 'Provinsi'), ('secretariat', 'Sekretariat Daerah atau DPRD'), ('inspectorate', 'Inspektorat'), ('dinas', 'Dinas'), ('badan', 'Badan'), ('hospital', 'RSUD'), ('body', 'Perangkat daerah lain'), ('bureau', 'Biro'), ('section', 'Bagian'), ('field', 'Bidang'), ('office', 'Sekretariat'), ('assistant', 'Inspektur Pembantu'), ('uptd', 'UPTD'), ('branch', 'Cabang Dinas'), ('part', 'Unit lain di bawah perangkat daerah')], max_length=12, verbose_name='jenis'),
        ),
        migrations.AlterField(
            model_name='user',
            name='role',
            field=models.CharField(blank=True, choices=[('operator', 'Operator'), ('evaluator', 'Evaluator'), ('coordinator', 'Koordinator'), ('leader', 'Pimpinan')], max_length=12, verbose_name='peran'),
        ),
        migrations.RunPython(tell_kinds, forget_kinds),
    ]
