"""Every change of a record that a document reads makes its stored file invalid.

The documents tell which tables they read; each of these tables has a change here that goes through a
service, as people change it. A document that reads a new table therefore asks for a new change.
"""

import re
from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from performance.rules.typed_figures import PlannedTarget, TypedFigure
from performance.services import indicators, objectives, quarters, realisations, smart
from recommendations.services import (
    daily_counts,
    evaluations,
    evidence,
    extensions,
    quarterly_reports,
    recommendations,
    rubrics,
)
from recommendations.services import renaksi as renaksi_services
from recommendations.workflow import perform
from reports.definitions import consistency
from reports.documents.telaah_staf.word.starting import starting_template
from reports.exports import catalogue, stored_files
from reports.exports.catalogue import EXPORTS, ExportSpec
from reports.services import findings, telaah_staf, telaah_staf_parts, word_templates
from reports.tables.table import Paper
from sakip.models import Letterhead, Official, User
from sakip.roles import Role
from sakip.services import records, unit_names, users
from sakip.uploads.check import check_upload
from tests import factories, people
from tests.recommendations import files

NOW = timezone.now()
TODAY = date(2026, 3, 2)
TABLE = re.compile(r'(?:FROM|JOIN) "(\w+)"')
OPTIONS = {"dossier": {"with_consistency": True, "with_evidence": "attached"}}


@pytest.fixture
def world(units):
    return make_world(units)


def make_world(units):
    """One of everything that a document prints."""
    cast, evaluation = people.make_cast(units), people.make_evaluation(units)
    recommendation = factories.make_recommendation(evaluation)
    renaksi = people.make_renaksi(recommendation, units)
    objective = factories.make_objective(units.setda)
    telaah_staf = factories.make_telaah_staf(evaluation)
    recommendation.points.create(position=1, text="<p>Butir</p>")
    records.save_record(
        record=Letterhead(unit=units.setda),
        actor=cast.kadir,
        at=NOW,
        government="Pemerintah",
        body="Setda",
        address="Jalan",
    )
    return SimpleNamespace(
        cast=cast,
        units=units,
        evaluation=evaluation,
        recommendation=recommendation,
        renaksi=renaksi,
        submitted=factories.make_renaksi(recommendation, units.organisasi, status="submitted"),
        objective=objective,
        indicator=factories.make_indicator(
            objective, units.organisasi, values={2021: 70, 2022: 80}
        ),
        telaah_staf=telaah_staf,
        component=recommendation.component,
        boss={"actor": cast.kadir, "at": NOW},
        unit={"actor": cast.rina, "at": NOW},
    )


def a_component(w):
    weights = [("Komponen baru", 100)]
    rubrics.create_rubric(
        unit=w.units.setda, weights=weights, name="Rubrik lain", regulation="Baru", **w.boss
    )


def a_rubric(w, step=1, **fields):
    rows = w.evaluation.rubric.weights.select_related("component")
    weights = [(row.component, row.weight) for row in rows][::step]
    gita = factories.make_user("gita", Role.COORDINATOR, w.units.province)
    given = fields | {"actor": gita, "at": NOW}
    rubrics.edit_rubric(rubric=w.evaluation.rubric, weights=weights, **given)


def a_score(w):
    scores = {w.component: {"remark": "Membaik"}}
    evaluations.write_scores(evaluation=w.evaluation, scores=scores, **w.boss)


def a_point(w):
    """Its formatting alone."""
    [point] = w.recommendation.points.all()
    recommendations.edit_recommendation(
        recommendation=w.recommendation,
        version=w.recommendation.version,
        points=[{"id": point.pk, "text": "<p><strong>Butir</strong></p>"}],
        **w.boss,
    )


def a_recommendation(w):
    recommendations.create_recommendation(
        evaluation=w.evaluation, number=9, component=w.component, text="<p>Baru</p>", **w.boss
    )


def a_note(w, photos=()):
    recommendations.write_note(
        recommendation=w.recommendation, text="<p>Catatan</p>", photos=photos, **w.boss
    )


def a_photo(w):
    a_note(w, [{"id": None, "caption": "Rapat", "image": None}])


def a_plan(w):
    renaksi_services.plan_renaksi(
        renaksi=w.renaksi, plan="<p>Lain</p>", lead_unit=w.units.organisasi, **w.boss
    )


def a_supporting_unit(w):
    renaksi_services.plan_renaksi(
        renaksi=w.renaksi,
        plan=w.renaksi.plan,
        lead_unit=w.units.organisasi,
        supporting_units=[w.units.umum],
        **w.boss,
    )


def a_step(w):
    renaksi_services.write_follow_up(
        renaksi=w.renaksi,
        version=w.renaksi.version,
        follow_up=w.renaksi.follow_up,
        steps=[("<p>Rapat</p>", None)],
        **w.unit,
    )


def a_file(w):
    upload = check_upload(files.upload())
    evidence.add_evidence(renaksi=w.renaksi, kind="file", title="Berkas", upload=upload, **w.unit)


def a_link(w):
    evidence.add_evidence(
        renaksi=w.renaksi, kind="link", title="Laman", url="https://contoh.example/", **w.unit
    )


def a_quarter(w):
    quarterly_reports.report_quarter(renaksi=w.renaksi, year=2026, quarter=1, progress=40, **w.unit)


def an_extension(w):
    new_date = (NOW + timedelta(days=90)).date()
    w.renaksi.refresh_from_db()
    type(w.renaksi).objects.filter(pk=w.renaksi.pk).update(due_date=NOW.date())
    extensions.request_extension(renaksi=w.renaksi, new_date=new_date, reason="Anggaran", **w.unit)


def a_decision(w):
    perform(action="accept", renaksi=w.submitted, actor=w.cast.dewi, at=NOW)


def an_objective(w):
    objectives.save_objective(objective=w.objective, sources={2022: "BPS"}, **w.boss)


def an_indicator(w):
    indicators.edit_indicator(indicator=w.indicator, name="Nama lain", **w.boss)


def a_mark(w):
    smart.judge_indicator(indicator=w.indicator, marks={"s": (True, "")}, **w.boss)


def a_year(w, **fields):
    realisations.write_year(indicator=w.indicator, year=2023, version=0, **fields, **w.boss)


def a_head(w):
    telaah_staf.edit_telaah_staf(
        telaah_staf=w.telaah_staf, components=[w.component], attachment="Satu berkas", **w.boss
    )


def a_section(w):
    telaah_staf_parts.add_section(telaah_staf=w.telaah_staf, heading="Penutup", **w.boss)


def a_block(w):
    telaah_staf_parts.add_block(
        section=w.telaah_staf.sections.get(), kind="text", text="<p>Lagi</p>", **w.boss
    )


def a_template(w):
    file = SimpleUploadedFile("templat.docx", starting_template(Paper.A4))
    template = word_templates.upload_template(
        unit=w.units.setda, name="Templat", file=file, **w.boss
    )
    word_templates.activate_template(template=template, **w.boss)


def a_dismissal(w):
    waiting = consistency.find(w.cast.kadir, on=TODAY).waiting
    finding = next(row for row in waiting if row.record == w.submitted)
    findings.dismiss_finding(finding=finding, reason="Sudah diperiksa", **w.boss)


def setting(kind, /, **fields):
    """Of a person, a unit and what a letter needs of them."""

    def change(w):
        record = {
            "unit": lambda: w.units.organisasi,
            "letterhead": lambda: Letterhead.objects.get(),
            "official": lambda: w.telaah_staf.signatory,
        }[kind]()
        records.save_record(record=record, **fields, **w.boss)

    return change


def a_new_name(w):
    unit_names.change_unit(
        unit=w.units.organisasi, day=TODAY, legal_basis="Pergub", name="Biro Baru", **w.boss
    )


# The lock of a renewal of the findings, and figures that are counted from renaksi and LHE.
KEPT = {
    "contenttypes.contenttype",
    "recommendations.countedevaluation",
    "recommendations.followupcount",
}
CHANGES = {
    "sakip.unitname": a_new_name,
    "sakip.unit": setting("unit", name="Biro Lain"),
    "sakip.user": lambda w: users.save_user(user=w.cast.rina, name="Rina Lain", **w.boss),
    "sakip.official": setting("official", rank="Pembina"),
    "sakip.letterhead": setting("letterhead", phone="0541"),
    "sakip.dismissedfinding": a_dismissal,
    "sakip.changedscope": a_plan,
    "sakip.keptfinding": a_plan,
    "performance.objective": an_objective,
    "performance.objectivesource": an_objective,
    "performance.indicator": an_indicator,
    "performance.realisation": lambda w: a_year(w, realisation={"value": 81}),
    "performance.target": lambda w: a_year(w, target=PlannedTarget(90)),
    "performance.quarterfigure": lambda w: quarters.write_quarter(
        indicator=w.indicator,
        year=2023,
        quarter=1,
        version=0,
        realisation=TypedFigure(Decimal(3)),
        **w.boss,
    ),
    "performance.smartmark": a_mark,
    "recommendations.component": a_component,
    "recommendations.rubric": lambda w: a_rubric(w, regulation="Peraturan lain"),
    "recommendations.rubricweight": lambda w: a_rubric(w, step=-1),
    "recommendations.evaluation": lambda w: evaluations.edit_evaluation(
        evaluation=w.evaluation, subject="Lain", **w.boss
    ),
    "recommendations.componentscore": a_score,
    "recommendations.recommendation": a_recommendation,
    "recommendations.recommendationpoint": a_point,
    "recommendations.note": a_note,
    "recommendations.notephoto": a_photo,
    "recommendations.renaksi": a_plan,
    "recommendations.supportingunit": a_supporting_unit,
    "recommendations.step": a_step,
    "recommendations.evidence": a_link,
    "recommendations.evidencerevision": a_file,
    "recommendations.quarterlyreport": a_quarter,
    "recommendations.extensionrequest": an_extension,
    "recommendations.reviewdecision": a_decision,
    "recommendations.dailycount": lambda w: daily_counts.count_day(today=TODAY),
    "reports.telaahstaf": a_head,
    "reports.telaahstafsection": a_section,
    "reports.telaahstafblock": a_block,
    "reports.wordtemplate": a_template,
}


def orders():
    signed = {"signatory": Official.objects.first().pk}
    for name, export in EXPORTS.items():
        formats = export.formats if name == "telaah-staf" else export.formats[-1:]
        for format_name in formats:
            options = OPTIONS.get(name, {}) | (signed if name == "dossier" else {})
            yield ExportSpec(name=name, format=format_name, options=options)


def models_read(order, person):
    """The models whose tables are asked while this document is made; pages are drawn without them."""
    with CaptureQueriesContext(connection) as queries:
        data = catalogue.build(order, person, today=TODAY)
        if order.format != "pdf":
            catalogue.render(order, data)
    tables = {name for query in queries for name in TABLE.findall(query["sql"])}
    by_table = _by_table()
    return {by_table[name] for name in tables}


def _by_table():
    """A relation of many to many belongs to the model that holds it."""
    names = {}
    for model in apps.get_models(include_auto_created=True):
        owner = model._meta.auto_created or model
        names[model._meta.db_table] = owner._meta.label_lower
    return names


def keys(person):
    person = User.objects.get(pk=person.pk)
    return {
        order.name + order.format: stored_files.key_of(order, person, TODAY) for order in orders()
    }


def test_every_model_that_is_read_has_a_change_here(world):
    a_photo(world)  # else nobody asks for the photos
    a_template(world)
    read = set().union(*(models_read(order, world.cast.kadir) for order in orders()))
    read -= KEPT
    assert read == set(CHANGES)


@pytest.fixture(scope="module")
def read_by(django_db_setup, django_db_blocker):
    """The models that each document reads in such a world, without a note and with one; drawn only once."""

    def read(reader):
        return {order.name + order.format: models_read(order, reader) for order in orders()}

    with django_db_blocker.unblock(), transaction.atomic():
        world = make_world(people.make_units())
        bare = read(world.cast.kadir)
        a_note(world)
        noted = read(world.cast.kadir)
        transaction.set_rollback(True)
    return bare, noted


@pytest.mark.parametrize("model", sorted(CHANGES))
def test_a_change_makes_every_file_that_reads_the_model_invalid(model, read_by, world):
    needs_note = model == "recommendations.notephoto"
    if needs_note:
        a_note(world)
    reader = world.cast.kadir
    reading = {name for name, models in read_by[needs_note].items() if model in models}
    assert reading
    before = keys(reader)
    assert before == keys(reader)
    CHANGES[model](world)
    after = keys(reader)
    assert {name for name in reading if before[name] == after[name]} == set()
