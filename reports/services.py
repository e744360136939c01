"""What people change in the documents of the office."""

from django.db import transaction

from sakip.history import differences, record


@transaction.atomic
def save_telaah_staf(*, form, actor):
    """`form` is a valid TelaahStafForm."""
    telaah_staf = form.save()
    record(actor=actor, action="edit", target=telaah_staf, changes=differences(form))
    return telaah_staf


@transaction.atomic
def save_telaah_staf_text(*, form, telaah_staf, actor):
    """`form` is a valid TelaahStafBlockForm on a text of this Telaah Staf."""
    block = form.save()
    changes = differences(form)
    record(
        actor=actor, action="edit", target=telaah_staf, changes=changes, note=block.section.heading
    )
    return block
