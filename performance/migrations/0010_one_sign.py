"""The offered sentence lost its second sign: “turun 0,36 poin (0,43 %)”, no longer “(-0,43 %)”.

`sentence_basis` is the offer of the day on which a unit wrote its own sentence. Without this change all
such sentences about a fall would look outdated.
"""

import re

from django.db import migrations

DOUBLED = re.compile(r"(turun [^()]*\()-(?=[\d.,]+ %\))")


def drop_the_second_sign(apps, schema_editor):
    realisations = apps.get_model("performance", "Realisation").objects
    for row in realisations.filter(sentence_basis__contains="(-").iterator():
        row.sentence_basis = DOUBLED.sub(r"\1", row.sentence_basis)
        row.save(update_fields=["sentence_basis"])


class Migration(migrations.Migration):
    dependencies = [("performance", "0009_original_hash")]

    operations = [
        migrations.RunPython(drop_the_second_sign, migrations.RunPython.noop, elidable=True)
    ]
