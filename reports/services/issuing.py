"""Issuing a report: sealed, kept for good, told apart from the issue before; and withdrawing it."""

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
from reports.models.issued import MEMO
from reports.permissions import issued_report_policy
from reports.renderers import FORMATS
from reports.services.telaah_staf import issue_telaah_staf
from reports.tables.table import Report
from reports.verification import Attachment, Seal, changes, codes, signing, snapshot
from reports.verification.changes import Change
from sakip.dates import format_date
from sakip.editing import digest
from sakip.errors import WrongState, require
from sakip.history.write import record
from sakip.models import Unit
from sakip.writing import shortened


class NotIssued(ValueError):  # noqa: N818 (a sentence for the coordinator)
    """Somebody else was quicker; the message says what to do."""


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """What would be issued now. `changes` is None for the first issue."""

    spec: ExportSpec
    data: Any
    unit: Unit
    evaluation: Evaluation | None
    scope: str
    previous: IssuedReport | None
    snapshot: dict
    changes: list[Change] | None

    @property
    def snapshot_sha256(self) -> str:
        return snapshot.digest(self.snapshot)

    @property
    def seen(self) -> str:
        """What whoever issues it has looked at: its content, and the issue before it."""
        return digest([self.snapshot_sha256, self.previous and self.previous.pk])

    @property
    def contents(self) -> Report:
        return contents_of(self.data)


def contents_of(data) -> Report:
    """Every table and passage of what is printed: a report itself, or what a document tells of itself."""
    return data if isinstance(data, Report) else data.contents


def prepare(spec: ExportSpec, user, *, today: date) -> Prepared:
    """Raises ReportError when there is nothing to print, WrongState when it may not be issued any more."""
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
    return Prepared(
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
def issue_memo(*, telaah_staf, origin, actor, at: datetime, version=None, seen=""):
    """Freezes a Telaah Staf and issues its sealed file under its own number and date, or neither.

    Raises what `issue_telaah_staf` raises, NotIssued and SigningError.
    """
    telaah_staf = issue_telaah_staf(telaah_staf, actor, at, version=version, seen=seen)
    spec = ExportSpec(name=MEMO, format="pdf", document_id=telaah_staf.pk)
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
    """The next running number of this body in this year."""
    of_body = IssuedReport.objects.filter(unit=unit)
    running = of_body.filter(date__year=today.year).count() + 1
    while of_body.filter(number=_number(running, today)).exists():
        running += 1
    return _number(running, today)


def _number(running, today):
    return f"{running:03d}/SAKIP/{today.year}"


def issue(*, prepared: Prepared, number, date, submission, origin, actor, at: datetime):
    """The issued report; the one that is there already when `actor` sent this `submission` for this spec before.

    The file is printed before the transaction begins: nobody else waits for it. `origin` is the
    program's own address. Raises NotIssued, and SigningError.
    """
    if issued := _made(submission, prepared.scope, prepared.spec.as_json(), actor):
        return issued
    code = codes.new_code()
    seal = _seal(prepared, number, date, code, origin)
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
        "order": prepared.spec.as_json(),
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
        if first := _made(issued.submission, issued.scope, issued.order, issued.issued_by):
            return first
        raise NotIssued(
            "Nomor ini atau laporan ini baru saja diterbitkan orang lain. Buka lagi halaman ini dan "
            "periksa perubahannya sebelum menerbitkan."
        ) from None
    return issued


def _made(submission, scope, spec, person):
    """What came of this very press before, None at the first."""
    found = IssuedReport.objects.made_by(submission=submission, scope=scope, person=person)
    return next((issued for issued in found if issued.order == spec), None)


@transaction.atomic
def withdraw(*, issued: IssuedReport, reason: str, actor, at: datetime):
    """The file and its code stay; from now on the verification page says that it is withdrawn.

    WrongState when somebody withdrew it meanwhile.
    """
    held = IssuedReport.objects.select_for_update(of=("self",)).defer("snapshot")
    issued = held.get(pk=issued.pk)
    require(issued_report_policy.check(actor, "withdraw", issued))
    issued.status = IssuedReport.Status.WITHDRAWN
    issued.withdrawn_reason, issued.withdrawn_by, issued.withdrawn_at = reason, actor, at
    issued.save(update_fields=["status", "withdrawn_reason", "withdrawn_by", "withdrawn_at"])
    record(actor=actor, action="withdraw_report", target=issued, note=reason, at=at)
    if issued.product == MEMO:
        _withdraw_memo(issued, reason, actor, at)
    return issued


def _withdraw_memo(issued, reason, actor, at):
    """A memo holds as long as one of its sealed files does."""
    memo = TelaahStaf.objects.select_for_update().get(pk=issued.order["document_id"])
    if IssuedReport.objects.of_memo(memo).filter(status=IssuedReport.Status.ISSUED).exists():
        return
    memo.status = TelaahStaf.Status.WITHDRAWN
    memo.save(update_fields=["status"])
    changes = [("Status", TelaahStaf.Status.ISSUED.label, TelaahStaf.Status.WITHDRAWN.label)]
    record(actor=actor, action="withdraw_report", target=memo, changes=changes, note=reason, at=at)


def changes_of(issued: IssuedReport) -> list[Change]:
    """Since the issue before; nothing for the first one."""
    if issued.supersedes is None:
        return []
    return changes.compare(issued.supersedes.snapshot, issued.snapshot)


def _pinned(spec, user) -> ExportSpec:
    """“The latest” as what it means today, so that the next issue can be compared with this one."""
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
    """Paper and typeface make no other report; counting only what was verified does.

    `series` stands for all the memos that replace one another, whatever else was ordered.
    """
    if series:
        spec = ExportSpec(name=spec.name, format=spec.format, document_id=series)
    told = spec.as_json() | {"unit_id": unit.pk, "verified": bool(spec.options.get("verified"))}
    told = {key: told[key] for key in told.keys() - {"format", "options"}}
    return json.dumps(told, sort_keys=True)
