from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0008_versions"),
    ]

    operations = [
        migrations.RemoveField(model_name="printout", name="questions"),
        migrations.RemoveField(model_name="printout", name="answers"),
        migrations.AlterField(
            model_name="printout",
            name="key",
            field=models.CharField(db_index=True, max_length=64),
        ),
    ]
