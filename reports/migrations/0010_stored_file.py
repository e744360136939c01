from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0009_stored_file_key"),
    ]

    operations = [
        migrations.RenameModel("Printout", "StoredFile"),
        migrations.RenameField("reportjob", "printout", "stored_file"),
        migrations.RenameField("reportjob", "order", "spec"),
    ]
