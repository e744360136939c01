"""Adds `evaluates_all`. Before, an empty list of bodies meant all bodies; now it means none."""

from django.db import migrations, models


def say_all(apps, schema_editor):
    """Sets `evaluates_all` for evaluators without assigned bodies: until now they evaluated every body."""
    users = apps.get_model("sakip", "User").objects.filter(role="evaluator")
    users.filter(assigned_bodies=None).update(evaluates_all=True)


def keep_none_from_all(apps, schema_editor):
    """Assigns the own unit to evaluators of no body: in the old schema an empty list means all bodies."""
    User = apps.get_model("sakip", "User")
    Assigned = User.assigned_bodies.through
    none = User.objects.filter(role="evaluator", evaluates_all=False, assigned_bodies=None)
    rows = list(none.values_list("pk", "unit"))
    Assigned.objects.bulk_create(Assigned(user_id=user, unit_id=unit) for user, unit in rows)
    Assigned.objects.filter(user__evaluates_all=True).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('sakip', '0003_dismissed_finding'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='evaluates_all',
            field=models.BooleanField(default=False, help_text='Hanya untuk evaluator.', verbose_name='mengevaluasi semua perangkat daerah'),
        ),
        migrations.AlterField(
            model_name='user',
            name='assigned_bodies',
            field=models.ManyToManyField(blank=True, help_text='Hanya untuk evaluator. Tidak ada yang dipilih berarti tidak ada yang dievaluasi.', related_name='evaluators', to='sakip.unit', verbose_name='perangkat daerah yang dievaluasi'),
        ),
        migrations.RunPython(say_all, keep_none_from_all),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('evaluates_all', False), ('role', 'evaluator'), _connector='OR'), name='user_evaluates_all_as_evaluator', violation_error_message='Hanya evaluator yang mengevaluasi semua perangkat daerah.'),
        ),
    ]
