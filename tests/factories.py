"""Small makers of records for tests; every argument may be given, none must be."""

from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from itertools import count
from textwrap import wrap

from django.core.files.base import ContentFile
from django.utils import timezone

from api.models import Webhook
from api.rules.scopes import SCOPES
from api.services import tokens
from performance.models import Indicator, Objective, Realisation
from recommendations.models import (
    Component,
    ComponentScore,
    Evaluation,
    Evidence,
    ExtensionRequest,
    Notice,
    Recommendation,
    Renaksi,
    Rubric,
    RubricWeight,
)
from reports.documents.telaah_staf.word.starting import starting_template
from reports.exports.catalogue import ExportSpec
from reports.models import IssuedReport, ReportJob, TelaahStaf, WordTemplate
from reports.tables.table import Paper
from sakip.models import Official, Unit, User
from sakip.roles import Role
from tests.workbooks.books import exported
from tests.workbooks.word.papers import paper
from workbooks.models import ImportRun
from workbooks.services import imports
from workbooks.word import services as word

serial = count(1)

COMPONENTS = (
    ("perencanaan", "Perencanaan Kinerja"),
    ("pengukuran", "Pengukuran Kinerja"),
    ("pelaporan", "Pelaporan Kinerja"),
    ("evaluasi-internal", "Evaluasi Akuntabilitas Kinerja Internal"),
    ("capaian", "Capaian Kinerja"),
)


def make_unit(name=None, *, parent=None, kind=Unit.Kind.BUREAU, **fields):
    number = next(serial)
    return Unit.objects.create(
        name=name or f"Biro {number}", parent=parent, kind=kind, code=f"u{number}", **fields
    )


def make_user(username, role=Role.OPERATOR, unit=None, **fields):
    fields.setdefault("name", username.title())
    fields.setdefault("tour_closed_at", timezone.now())
    return User.objects.create_user(
        username=username, password="rahasia-sekali-1", role=role, unit=unit, **fields
    )


def make_component(code="perencanaan"):
    names = dict(COMPONENTS)
    position = list(names).index(code) + 1
    return Component.objects.get_or_create(
        code=code, defaults={"name": names[code], "position": position}
    )[0]


def make_components(count):
    """The first `count`, in a query or two: half of all tests begin with them."""
    first = COMPONENTS[:count]
    known = Component.objects.in_bulk([code for code, _ in first], field_name="code")
    made = Component.objects.bulk_create(
        Component(code=code, name=name, position=position)
        for position, (code, name) in enumerate(first, start=1)
        if code not in known
    )
    known |= {one.code: one for one in made}
    return [known[code] for code, _ in first]


def make_rubric(name="Rubrik uji", weights=(30, 25, 15, 10, 20), **fields):
    """A rubric over the five components in their order."""
    rubric = Rubric.objects.create(name=name, regulation="PermenPANRB 12/2015", **fields)
    RubricWeight.objects.bulk_create(
        RubricWeight(rubric=rubric, component=one, weight=weight, position=one.position)
        for one, weight in zip(make_components(len(weights)), weights, strict=False)
    )
    return rubric


def make_evaluation(unit, year=2022, *, rubric=None, scores=(), **fields):
    """An evaluation of `unit` for performance year `year`; `scores` follow the components' order."""
    rubric = rubric or Rubric.objects.first() or make_rubric()
    fields.setdefault("evaluation_year", year + 1)
    evaluation = Evaluation.objects.create(
        unit=unit, rubric=rubric, performance_year=year, **fields
    )
    ComponentScore.objects.bulk_create(
        ComponentScore(evaluation=evaluation, component=one, score=Decimal(score))
        for one, score in zip(make_components(len(scores)), scores, strict=False)
    )
    return evaluation


def make_recommendation(evaluation, number=None, *, component="perencanaan", **fields):
    fields.setdefault("text", "<p>Target supaya <em>achievable</em>.</p>")
    if number is None:
        number = evaluation.recommendations.count() + 1
    evaluation.last_number = max(evaluation.last_number, number)
    evaluation.save(update_fields=["last_number"])
    return Recommendation.objects.create(
        evaluation=evaluation, number=number, component=make_component(component), **fields
    )


def make_renaksi(recommendation, lead_unit, *, supporting=(), **fields):
    fields.setdefault("position", recommendation.renaksi.count() + 1)
    fields.setdefault("follow_up", "<p>Target telah dianalisis.</p>")
    renaksi = Renaksi.objects.create(recommendation=recommendation, lead_unit=lead_unit, **fields)
    renaksi.supporting_units.set(supporting)
    return renaksi


def make_evidence(renaksi, title="Laporan", **fields):
    fields.setdefault("kind", Evidence.Kind.SEPARATE)
    return Evidence.objects.create(renaksi=renaksi, title=title, **fields)


def make_extension(renaksi, person, new_date="2027-01-31", **fields):
    """Waiting for a decision, asked for on 1 June 2026."""
    return ExtensionRequest.objects.create(
        renaksi=renaksi,
        requested_by=person,
        old_date=renaksi.due_date,
        new_date=new_date,
        **{"reason": "Data belum lengkap", "requested_at": datetime(2026, 6, 1, tzinfo=UTC)}
        | fields,
    )


def make_webhook(unit, **fields):
    fields.setdefault("name", f"Program {next(serial)}")
    fields.setdefault("made_at", datetime(2026, 6, 1, tzinfo=UTC))
    fields.setdefault("events", ["submitted"])
    return Webhook.objects.create(unit=unit, url="https://contoh.go.id/", **fields)


def make_delivery(webhook, **fields):
    """A message that has arrived."""
    at = datetime(2026, 6, 1, tzinfo=UTC)
    fields = {"state": "delivered", "ended_at": at, "made_at": at, "event": "submitted"} | fields
    return webhook.deliveries.create(content={"kind": "renaksi", "id": 1, "page": "/"}, **fields)


def make_token(person, scopes=SCOPES, **fields):
    """The token and its text. It lives for ninety days and reads everything."""
    given = {"name": f"Program {next(serial)}", "days": 90, "at": datetime.now(UTC)} | fields
    return tokens.make_token(actor=person, scopes=scopes, **given)


def make_notice(renaksi, person, kind="returned", **fields):
    """In the person's inbox since 1 June 2026, neither read nor mailed."""
    fields.setdefault("created_at", datetime(2026, 6, 1, tzinfo=UTC))
    fields.setdefault("text", f"{renaksi} dikembalikan.")
    fields.setdefault("key", f"uji-{next(serial)}")
    return Notice.objects.create(renaksi=renaksi, person=person, kind=kind, **fields)


def make_issued(unit, person, number="1", **fields):
    """Issued on 1 June 2026, its file and snapshot empty."""
    at = datetime(2026, 6, 1, tzinfo=UTC)
    fields.setdefault("file", "terbit/tidak-ada.pdf")
    return IssuedReport.objects.create(
        unit=unit,
        number=number,
        issued_by=person,
        **{
            "product": "consistency",
            "title": "Uji Konsistensi",
            "spec": {},
            "scope": "",
            "size": 1,
        }
        | {"date": at.date(), "issued_at": at, "code": "-".join(wrap(f"{next(serial):016}", 4))}
        | {"sha256": "0" * 64, "snapshot": {"sections": []}, "snapshot_sha256": "0" * 64}
        | {"file_name": "uji.pdf"}
        | fields,
    )


def make_objective(unit, number=1, **fields):
    return Objective.objects.create(unit=unit, number=number, **fields)


def make_indicator(objective, owner_unit, name=None, *, values=None, **fields):
    """An indicator; `values` maps years to realisations, None to one that is not released."""
    number = fields.pop("number", objective.indicators.count() + 1)
    fields.setdefault("measure", "Persentase")
    indicator = Indicator.objects.create(
        objective=objective,
        owner_unit=owner_unit,
        number=number,
        name=name or f"Indikator {number}",
        **fields,
    )
    for year, value in (values or {}).items():
        missing = Realisation.Missing.NOT_RELEASED if value is None else ""
        Realisation.objects.create(indicator=indicator, year=year, value=value, missing=missing)
    return indicator


def make_import_run(actor, state="previewed", **fields):
    """An import of nothing, so that every step of it can be taken."""
    file = exported("units", actor)
    run = imports.start(kind="units", upload=file, actor=actor, at=timezone.now())
    imports.preview(run)
    ImportRun.objects.filter(pk=run.pk).update(state=state, **fields)
    run.refresh_from_db()
    return run


def make_word_run(actor, evaluation):
    """A Word file that was read, with one recommendation."""
    row = ["9", "Pengukuran Kinerja\nUkur.", "a. Rapat.\nb. Surat.", "a. Sudah\nb. Belum"]
    run = word.start(upload=paper(row), evaluation=evaluation, actor=actor, at=timezone.now())
    imports.preview(run)
    return run


def make_bare_telaah_staf(evaluation, **fields):
    """A Telaah Staf without sections."""
    signatory = Official.objects.create(
        name="Hj. Alawiyah",
        nip="197108081991032007",
        rank="Pembina",
        position="Kepala",
        unit=evaluation.unit,
    )
    return TelaahStaf.objects.create(
        evaluation=evaluation,
        addressee="Sekda",
        sender="Biro",
        subject="Hal",
        signatory=signatory,
        **fields,
    )


def make_job(owner, state="waiting", name="follow-up-table", format="pdf", **fields):
    """A long document ordered just now."""
    return ReportJob.objects.create(
        owner=owner,
        spec=ExportSpec(name=name, format=format).as_json(),
        title="Tabel tindak lanjut",
        state=state,
        **{"created_at": datetime.now(UTC)} | fields,
    )


def make_official(unit, **fields):
    fields = {
        "name": "Hj. Alawiyah",
        "rank": "Pembina Tingkat I",
        "position": "Kepala Biro",
    } | fields
    fields.setdefault("nip", f"19710808199103{next(serial) % 10_000:04}")
    return Official.objects.create(unit=unit, **fields)


def make_telaah_staf(evaluation, signatory=None, **fields):
    """A draft with one section of one text."""
    telaah_staf = TelaahStaf.objects.create(
        evaluation=evaluation,
        signatory=signatory or make_official(evaluation.unit),
        **{"addressee": "Yth. Sekda", "sender": "Kepala Biro", "subject": "Tindak lanjut"} | fields,
    )
    section = telaah_staf.sections.create(position=1, heading="Persoalan", kind="problem")
    section.blocks.create(position=1, text="<p>Perlu ditindaklanjuti.</p>")
    return telaah_staf


def make_word_template(unit, content=None, **fields):
    """Checked and sound: by default the one that the program gives to begin with."""
    content = starting_template(Paper.A4) if content is None else content
    fields = {
        "name": "Templat Setda",
        "original_name": "templat.docx",
        "size": len(content),
        "sha256": sha256(content).hexdigest(),
        "uploaded_at": datetime.now(UTC),
        "checked_at": datetime.now(UTC),
    } | fields
    return WordTemplate.objects.create(
        unit=unit, file=ContentFile(content, name="templat.docx"), **fields
    )
