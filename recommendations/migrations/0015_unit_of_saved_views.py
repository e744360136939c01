import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def take_the_unit_of_the_owner(apps, schema_editor):
    users = apps.get_model("sakip", "User").objects.filter(pk=OuterRef("owner"))
    views = apps.get_model("recommendations", "SavedView").objects
    views.update(unit=Subquery(users.values("unit")[:1]))


class Migration(migrations.Migration):
    dependencies = [
        ("recommendations", "0014_review_desk"),
    ]

    operations = [
        migrations.AddField(
            model_name="savedview",
            name="unit",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="sakip.unit",
                verbose_name="unit kerja",
            ),
        ),
        migrations.RunPython(take_the_unit_of_the_owner, migrations.RunPython.noop),
    ]
