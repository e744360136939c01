"""Issues reports (sealed, stored permanently, compared with the previous issue) and withdraws them."""

import hashlib
import json
import uuid
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from recommendations.models import Evaluation
from reports.definitions import ReportError, choose_evaluation
from reports.exports import catalogue
from reports.exports.catalogue import ExportSpec
from reports.models import IssuedReport, TelaahStaf
from reports.models.issued import TELAAH_STAF
from reports.permissions import issued_report_policy
from reports.renderers import FORMATS
from reports.services.telaah_staf import issue_telaah_staf
from reports.tables.table import Report
from reports.verification import Attachment, Seal, changes, codes, signing, snapshot
from reports.verification.changes import ValueChange
from sakip.dates import format_date
from sakip.editing import digest
from sakip.errors import WrongState, require
from sakip.history import chain
from sakip.history.words import STATUS
from sakip.history.write import record
from sakip.models import Unit
from sakip.writing import shortened


class NotIssued(ValueError):  # noqa: N818 (a sentence for the coordinator)
    """Another person issued first. The message says what to do."""


@dataclass(frozen=True, kw_only=True)
class PreparedReport:
    """What would be issued now. `changes` is None for the first issue."""

    spec: ExportSpec
    data: Any
    unit: Unit
    evaluation: Evaluation | None
    scope: str
    previous: IssuedReport | None
    snapshot: dict
    changes: list[ValueChange] | None

    @property
    def snapshot_sha256(self) -> str:
        return snapshot.digest(self.snapshot)

    @property
    def seen(self) -> str:
        """Returns a key of what the person has looked at: the content and the previous issue."""
        return digest([self.snapshot_sha256, self.previous and self.previous.pk])

    @property
    def contents(self) -> Report:
        return contents_of(self.data)


def contents_of(data) -> Report:
    """Returns all tables and passages to print. `data` is a Report, or a document with `contents`."""
    return data if isinstance(data, Report) else data.contents


def prepare(spec: ExportSpec, user, *, today: date) -> PreparedReport:
    """Raises ReportError when there is nothing to print, WrongState when it may no longer be issued."""
    if spec.options.get("all_bodies"):
        raise ReportError("Laporan diterbitkan untuk satu perangkat daerah. Pilih salah satu.")
    spec = _pinned(replace(spec, format="pdf"), user)
    data = catalogue.build(spec, user, today=today)
    if getattr(data, "is_draft", False):
        raise ReportError("Terbitkan Telaah Staf ini lewat halamannya sendiri.")
    if obstacle := getattr(data, "obstacle", ""):
        raise WrongState(obstacle)
    spec = replace(spec, document_id=getattr(data, "document_id", None))
    evaluation = getattr(data, "evaluation", None) or _evaluation(spec, user)
    unit = _unit(spec, evaluation, user)
    scope = _scope(spec, unit, getattr(data, "series", None))
    previous = IssuedReport.objects.latest_of(scope)
    taken = snapshot.take(contents_of(data))
    return PreparedReport(
        spec=spec,
        data=data,
        unit=unit,
        evaluation=evaluation,
        scope=scope,
        previous=previous,
        snapshot=taken,
        changes=changes.compare(previous.snapshot, taken) if previous else None,
    )


@transaction.atomic
def issue_sealed_telaah_staf(*, telaah_staf, origin, actor, at: datetime, **conditions):
    """Makes a Telaah Staf final and issues its sealed file with the same number and date, in one
    transaction.

    `conditions` are those of `issue_telaah_staf`. Raises NotIssued, SigningError, and what that raises.
    """
    telaah_staf = issue_telaah_staf(telaah_staf, actor, at, **conditions)
    spec = ExportSpec(name=TELAAH_STAF, format="pdf", document_id=telaah_staf.pk)
    prepared = prepare(spec, actor, today=timezone.localdate(at))
    issue(
        prepared=prepared,
        number=telaah_staf.number,
        date=telaah_staf.date,
        submission=uuid.uuid4(),
        origin=origin,
        actor=actor,
        at=at,
    )
    return telaah_staf


def propose_number(unit: Unit, today: date) -> str:
    """Returns the next number of this body in this year."""
    of_body = IssuedReport.objects.filter(unit=unit)
    running = of_body.filter(date__year=today.year).count() + 1
    while of_body.filter(number=_number(running, today)).exists():
        running += 1
    return _number(running, today)


def _number(running, today):
    return f"{running:03d}/SAKIP/{today.year}"


def issue(*, prepared: PreparedReport, number, date, submission, origin, actor, at: datetime):
    """Returns the issued report. Returns the existing one when `actor` already sent this `submission`.

    The file is printed before the transaction begins, so that nobody else waits for it. `origin` is the
    address of the program. Raises NotIssued and SigningError.
    """
    if issued := _made(submission, prepared.scope, prepared.spec.as_json(), actor):
        return issued
    code = codes.new_code()
    head = str(chain.head())
    seal = replace(_seal(prepared, number, date, code, origin), history_head=head)
    content = catalogue.render(prepared.spec, prepared.data, seal=seal)
    if signing.is_configured():
        content = signing.sign(content, reason=f"{prepared.data.title}, nomor {number}", at=at)
    issued = IssuedReport(
        **_facts(prepared, content),
        number=number,
        date=date,
        code=code,
        submission=submission,
        issued_by=actor,
        issued_at=at,
        history_head=head,
    )
    return _store(issued, content)


def _seal(prepared, number, issued_on, code, origin) -> Seal:
    previous = prepared.previous
    return Seal(
        number=number,
        issued_on=issued_on,
        code=code,
        url=origin + reverse("reports:verification", args=[code]),
        changes=previous
        and changes.annex(prepared.changes, previous.number, format_date(previous.date)),
        attachments=(
            Attachment(
                name=f"{prepared.data.filename}.xlsx",
                content=FORMATS["xlsx"].render(prepared.contents),
                description="Data dokumen ini sebagai buku kerja Excel",
            ),
        ),
    )


def _facts(prepared, content):
    return {
        "product": prepared.spec.name,
        "title": shortened(prepared.contents.title, 300),
        "spec": prepared.spec.as_json(),
        "scope": prepared.scope,
        "unit": prepared.unit,
        "evaluation": prepared.evaluation,
        "file_name": f"{prepared.data.filename}.pdf",
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "is_signed": signing.is_configured(),
        "snapshot": prepared.snapshot,
        "snapshot_sha256": prepared.snapshot_sha256,
        "supersedes": prepared.previous,
    }


def _store(issued, content):
    issued.file.save(issued.file_name, ContentFile(content), save=False)
    try:
        with transaction.atomic():
            issued.save(force_insert=True)
            record(
                actor=issued.issued_by, action="issue_report", target=issued, at=issued.issued_at
            )
    except IntegrityError:
        issued.file.delete(save=False)
        if first := _made(issued.submission, issued.scope, issued.spec, issued.issued_by):
            return first
        raise NotIssued(
            "Nomor ini atau laporan ini baru saja diterbitkan orang lain. Buka lagi halaman ini dan "
            "periksa perubahannya sebelum menerbitkan."
        ) from None
    return issued


def _made(submission, scope, spec, person):
    """Returns the report already issued by this press of the button; None when there is none."""
    found = IssuedReport.objects.made_by(submission=submission, scope=scope, person=person)
    return next((issued for issued in found if issued.spec == spec), None)


@transaction.atomic
def withdraw(*, issued: IssuedReport, reason: str, actor, at: datetime):
    """Withdraws the report. File and code are kept; the verification page then says that it is withdrawn.

    Raises WrongState when another person has already withdrawn it.
    """
    held = IssuedReport.objects.select_for_update(of=("self",)).defer("snapshot")
    issued = held.get(pk=issued.pk)
    require(issued_report_policy.check(actor, "withdraw", issued))
    issued.status = IssuedReport.Status.WITHDRAWN
    issued.withdrawn_reason, issued.withdrawn_by, issued.withdrawn_at = reason, actor, at
    issued.save(update_fields=["status", "withdrawn_reason", "withdrawn_by", "withdrawn_at"])
    record(actor=actor, action="withdraw_report", target=issued, note=reason, at=at)
    if issued.product == TELAAH_STAF:
        _withdraw_telaah_staf(issued, reason, actor, at)
    return issued


def _withdraw_telaah_staf(issued, reason, actor, at):
    """Withdraws the telaah staf, unless another sealed file of it is still issued."""
    telaah_staf = TelaahStaf.objects.select_for_update().get(pk=issued.spec["document_id"])
    if (
        IssuedReport.objects.of_telaah_staf(telaah_staf)
        .filter(status=IssuedReport.Status.ISSUED)
        .exists()
    ):
        return
    telaah_staf.status = TelaahStaf.Status.WITHDRAWN
    telaah_staf.save(update_fields=["status"])
    record(
        actor=actor,
        action="withdraw_report",
        target=telaah_staf,
        changes=[(STATUS, TelaahStaf.Status.ISSUED, TelaahStaf.Status.WITHDRAWN)],
        note=reason,
        at=at,
    )


def changes_of(issued: IssuedReport) -> list[ValueChange]:
    """Returns the changes since the previous issue; an empty list for the first issue."""
    if issued.supersedes is None:
        return []
    return changes.compare(issued.supersedes.snapshot, issued.snapshot)


def _pinned(spec, user) -> ExportSpec:
    """Returns the spec with the evaluation or year that “the latest” means today.

    Without this, the next issue could not be compared with this one.
    """
    export = catalogue.export_of(spec)
    if export.needs == "evaluation":
        evaluation = choose_evaluation(user, spec.evaluation_id, spec.year, holds=export.holds)
        return replace(spec, evaluation_id=evaluation.pk, year=None)
    if export.needs == "year" and spec.year is None:
        unit = Unit.objects.filter(pk=spec.unit_id).first()
        return replace(spec, year=export.opening_year(user, unit))
    return spec


def _evaluation(spec, user):
    return spec.evaluation_id and choose_evaluation(user, spec.evaluation_id)


def _unit(spec, evaluation, user):
    if evaluation:
        return evaluation.unit
    unit = Unit.objects.filter(pk=spec.unit_id or user.unit_id).first()
    if unit is None:
        raise ReportError("Pilih perangkat daerah yang menerbitkan laporan ini.")
    return unit


def _scope(spec, unit, series) -> str:
    """Returns a key that is the same for all issues of one report.

    Paper and typeface do not change it; the option `verified` does. `series` identifies all telaah staf
    that replace one another; other choices are then ignored.
    """
    if series:
        spec = ExportSpec(name=spec.name, format=spec.format, document_id=series)
    told = spec.as_json() | {"unit_id": unit.pk, "verified": bool(spec.options.get("verified"))}
    told = {key: told[key] for key in told.keys() - {"format", "options"}}
    return json.dumps(told, sort_keys=True)
