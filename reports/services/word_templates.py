"""The life of an office's Word template: uploaded, checked, used, no longer used, deleted."""

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction

from reports.documents.telaah_staf.word import guard
from reports.models import TelaahStaf, WordTemplate
from reports.permissions import word_template_policy
from sakip.editing import StaleEdit, require_version
from sakip.errors import WrongState, require, still_there
from sakip.history.words import about
from sakip.history.write import record
from sakip.models import Unit
from sakip.uploads.serving import remove_after_commit
from sakip.writing import write

Status = WordTemplate.Status


def upload_template(*, unit, name, file, actor, at) -> WordTemplate:
    """Saves a draft and checks it. Raises ValidationError when the file is not safe to keep."""
    template = WordTemplate(unit=unit)
    require(word_template_policy.check(actor, "view", template))
    try:
        checked = guard.check(file)
    except ValidationError as error:
        raise ValidationError({"file": error}) from error
    findings = _checked(file.read())
    file.seek(0)
    with transaction.atomic():
        template.file = File(file, name=checked.name)
        changes = write(
            template,
            unit=unit,
            name=name,
            original_name=checked.name,
            size=checked.size,
            sha256=checked.sha256,
            uploaded_at=at,
            checked_at=at,
            problems=findings.problems,
            remarks=findings.remarks,
        )
        shown = [row for row in changes if row[0] in ("name", "original_name", "sha256")]
        record(actor=actor, at=at, action="create", target=template, changes=shown)
    return template


def _checked(content):
    from reports.documents.telaah_staf.word import checking  # with python-docx and Jinja

    return checking.check(content)


def check_template(*, template, actor, at) -> WordTemplate:
    """Checks again, because the program may know other placeholders now. Does not change whether it is
    used.
    """
    require(word_template_policy.check(actor, "view", template))
    findings = _checked(template.read())  # slow, so it runs before any lock is taken
    with transaction.atomic():
        template = _lock(template, actor, "view")
        if template.is_active and findings.problems:
            raise ValidationError(findings.problems)
        template.problems, template.remarks = findings.problems, findings.remarks
        template.checked_at = at
        template.save(update_fields=["problems", "remarks", "checked_at"])
    return template


def key_of(former: WordTemplate | None) -> str:
    """Returns a key of the template in use. A page carries it to show which one it displayed."""
    return str(former.pk) if former else "-"


def activate_template(*, template, actor, at, seen="") -> WordTemplate:
    """Checks the template and uses it in place of the present one. Raises ValidationError with the faults.

    Raises StaleEdit when `seen` is not the key of the template in use.
    """
    require(word_template_policy.check(actor, "activate", template))
    template = check_template(template=template, actor=actor, at=at)
    if template.problems:
        raise ValidationError(template.problems)
    with transaction.atomic():
        Unit.objects.select_for_update().get(
            pk=template.unit_id
        )  # one change at a time for each body
        template = _lock(template, actor, "activate")
        former = WordTemplate.objects.in_use(template.unit_id)
        if seen not in ("", key_of(former)):
            raise StaleEdit("templat", template, reason=_other_in_use(former))
        if former:
            _set(former, Status.DRAFT, "lay_aside", actor, at)
        _set(template, Status.ACTIVE, "take_into_use", actor, at)
    return template


def _other_in_use(former):
    now = f"memakai {former}" if former else "menghentikan pemakaian templat yang lain"
    return f"Sejak halaman ini dibuka, orang lain {now}."


@transaction.atomic
def deactivate_template(*, template, actor, at) -> WordTemplate:
    template = _lock(template, actor, "deactivate")
    _set(template, Status.DRAFT, "lay_aside", actor, at)
    return template


@transaction.atomic
def delete_template(*, template, actor, at, version=None):
    """Deletes a template; the history of its body records this. Refused while an issued telaah staf uses
    it.

    Raises StaleEdit when it was taken into use since `version`.
    """
    template = _lock(template, actor, "delete")
    require_version(template, version, "templat")
    if TelaahStaf.objects.filter(frozen__word_template=template.pk).exists():
        raise WrongState(
            "Telaah Staf yang sudah diterbitkan dicetak dengan templat ini, sehingga tidak dapat dihapus."
        )
    changes = about(
        template, [("name", template.name, ""), ("original_name", template.original_name, "")]
    )
    record(actor=actor, at=at, action="delete_word_template", target=template.unit, changes=changes)
    remove_after_commit(WordTemplate._meta.get_field("file"), [template.file.name])
    template.delete()


def _lock(template, actor, action):
    rows = WordTemplate.objects.select_for_update(of=("self",)).select_related("unit")
    template = still_there(rows, template)
    require(word_template_policy.check(actor, action, template))
    return template


def _set(template, status, action, actor, at):
    changes = write(template, status=status)
    record(actor=actor, at=at, action=action, target=template, changes=changes)
