"""Two bodies have units and people of the same names: each reader's workbook means the right one."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from recommendations.models import Renaksi
from sakip.models import Unit, User
from sakip.roles import Role
from tests import factories
from tests.workbooks.books import exported, plan_of, upload
from workbooks.columns import shelves
from workbooks.compare.plan import RowOutcome
from workbooks.kinds import KINDS
from workbooks.readers import workbook

TWINS = ("Sekretariat", "Bidang Umum")


def furnish(body, name):
    """Units, two people of one name, an LHE and an indicator of this body."""
    desk, field = (factories.make_unit(twin, parent=body) for twin in TWINS)
    andi = factories.make_user(f"andi.{name}", Role.OPERATOR, desk, name="Andi Rina")
    factories.make_user(f"andi2.{name}", Role.OPERATOR, field, name="Andi Rina")
    recommendation = factories.make_recommendation(factories.make_evaluation(body, 2022))
    renaksi = factories.make_renaksi(
        recommendation, desk, supporting=[field], plan="<p>Rapat</p>", person=andi
    )
    factories.make_evidence(renaksi)
    objective = factories.make_objective(body)
    factories.make_indicator(objective, field, values={2022: 1})
    return SimpleNamespace(desk=desk, field=field, renaksi=renaksi, andi=andi)


@pytest.fixture
def dinas(cast, units):
    return furnish(units.dinas, "dinas")


@pytest.fixture
def setda(cast, units):
    return furnish(units.setda, "setda")


@pytest.fixture
def gita(units):
    """Coordinates the whole province."""
    return factories.make_user("gita", Role.COORDINATOR, units.province)


def again(user):
    return User.objects.get(pk=user.pk)


def outcomes(plan):
    return {row.outcome for sheet in plan.sheets for row in sheet.rows}


def rows_of(kind, user, sheet):
    """The exported rows of a sheet as dicts."""
    file = exported(kind, user)
    [read] = [one for one in workbook.read_workbook(file, file.name) if one.name == sheet]
    (_, head), *rows = read.rows
    return [dict(zip(map(str, head), values, strict=False)) for _, values in rows]


@pytest.mark.parametrize("kind", KINDS)
def test_what_one_body_exports_comes_back_when_another_has_its_names(
    cast, dinas, setda, units, kind
):
    plan = plan_of(kind, cast.sari, exported(kind, cast.sari))
    assert (plan.all_problems, outcomes(plan)) == ([], {RowOutcome.UNCHANGED})


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("who", ["sari", "gita"])
def test_also_when_the_other_got_them_later(cast, gita, dinas, units, kind, who):
    user = {"sari": cast.sari, "gita": gita}[who]
    file = exported(kind, user)
    furnish(units.setda, "setda")
    plan = plan_of(kind, again(user), file)
    assert (plan.all_problems, outcomes(plan)) == ([], {RowOutcome.UNCHANGED})


@pytest.mark.parametrize("kind", KINDS)
def test_the_province_exports_both_and_reads_both(gita, dinas, setda, kind):
    plan = plan_of(kind, gita, exported(kind, gita))
    assert (plan.all_problems, outcomes(plan)) == ([], {RowOutcome.UNCHANGED})


def test_names_have_the_body_only_where_the_reader_needs_it(cast, gita, dinas, setda):
    [row] = rows_of("renaksi", cast.sari, "Rencana aksi")
    assert (row["Penanggung jawab*"], row["Unit pendukung"]) == TWINS
    assert row["Petugas"] == "Andi Rina"
    both = rows_of("renaksi", gita, "Rencana aksi")
    assert {row["Penanggung jawab*"] for row in both} == {
        "Sekretariat · Dinas Pariwisata",
        "Sekretariat · Sekretariat Daerah",
    }
    assert {row["Petugas"] for row in both} == {
        "Andi Rina (Sekretariat · Dinas Pariwisata)",
        "Andi Rina (Sekretariat · Sekretariat Daerah)",
    }


NEW = {"Urutan": "b", "Rencana aksi": "Surat"}


def lead_of_new(user, body, unit):
    row = {"Rekomendasi": f"{body} 2022 / 1", "Penanggung jawab": unit} | NEW
    return plan_of("renaksi", user, upload({"Rencana aksi": [list(row), list(row.values())]}))


@pytest.mark.parametrize("written", ["Sekretariat", "sekretariat · dinas pariwisata"])
@pytest.mark.parametrize("who", ["sari", "gita"])
def test_a_name_means_the_unit_of_the_rows_body(cast, gita, dinas, setda, who, written):
    plan = lead_of_new({"sari": cast.sari, "gita": gita}[who], "Dinas Pariwisata", written)
    assert plan.errors == []
    [row] = [row for sheet in plan.sheets for row in sheet.rows]
    assert row.instance.lead_unit == dinas.desk


def test_a_unit_of_another_body_is_refused_by_its_full_name(gita, dinas, setda):
    plan = lead_of_new(gita, "Dinas Pariwisata", "Sekretariat · Sekretariat Daerah")
    [problem] = plan.errors
    assert problem.message.startswith("Sekretariat bukan bagian dari Dinas Pariwisata.")


def test_a_row_without_a_body_asks_which_one(gita, dinas, setda):
    row = {"Nama pengguna": "baru", "Nama": "Baru", "Peran": "Operator", "Unit": "Sekretariat"}
    plan = plan_of("units", gita, upload({"Pengguna": [list(row), list(row.values())]}))
    assert [problem.message for problem in plan.errors] == [
        "Unit “Sekretariat” lebih dari satu. Tulis salah satu: Sekretariat · Dinas Pariwisata, "
        f"Sekretariat · Sekretariat Daerah, atau kodenya: {dinas.desk.code}, {setda.desk.code}."
    ]
    for written, unit in (("Sekretariat · Dinas Pariwisata", dinas.desk), (setda.desk.code, None)):
        row["Unit"] = written
        plan = plan_of("units", gita, upload({"Pengguna": [list(row), list(row.values())]}))
        assert plan.errors == []
        [new] = [row for sheet in plan.sheets for row in sheet.rows]
        assert new.instance.unit == (unit or setda.desk)


def test_what_earlier_versions_wrote_is_still_read(gita, dinas, setda):
    plan = lead_of_new(gita, "Dinas Pariwisata", f"Sekretariat ({dinas.desk.code})")
    assert plan.errors == []


def test_a_unit_that_the_same_workbook_brings_is_found_with_its_body(gita, setda, units):
    code, body = (
        factories.make_unit("Dinas Baru", parent=units.province, kind="dinas"),
        "Dinas Baru",
    )
    unit = {"Kode": "n1", "Nama": "Sekretariat", "Jenis": "Sekretariat", "Unit induk": code.name}
    person = {"Nama pengguna": "baru", "Nama": "Baru", "Peran": "Operator"}
    person["Unit"] = f"Sekretariat · {body}"
    sheets = {"Unit": [list(unit), list(unit.values())]}
    sheets["Pengguna"] = [list(person), list(person.values())]
    plan = plan_of("units", gita, upload(sheets))
    assert plan.errors == []
    new = plan.sheets[1].rows[0].instance.unit
    assert (new.pk, new.code) == (None, "n1")


# ── Drop-downs and rows hold only what the person reaches ───────────────────────────────────────
def offered(kind, user):
    book = load_workbook(exported(kind, user, empty=True))
    lists = [value for row in book["Pilihan"].values for value in row] if "Pilihan" in book else []
    inline = [
        rule.formula1
        for page in book
        for rule in page.data_validations.dataValidation
        if rule.formula1
    ]
    return {str(value) for value in lists} | set(",".join(inline).replace('"', "").split(","))


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_offers_nothing_of_another_body(cast, dinas, setda, kind):
    foreign = {"Sekretariat Daerah", "Biro Umum", "Sekretariat Daerah 2022"}
    words = offered(kind, cast.sari)
    assert not words & foreign
    assert not [word for word in words if "· Sekretariat Daerah" in word or "Daerah 2022" in word]


def test_a_template_offers_what_the_person_reaches(cast, gita, dinas, setda):
    assert {*TWINS, "Dinas Pariwisata"} <= offered("renaksi", cast.sari)
    assert {"Sekretariat · Dinas Pariwisata", "Biro Umum"} <= offered("renaksi", gita)
    Unit.objects.filter(pk=dinas.field.pk).update(is_active=False)
    assert "Bidang Umum" not in offered("renaksi", cast.sari)


def test_an_export_of_units_holds_those_within_reach(cast, dinas, setda):
    names = [row["Nama*"] for row in rows_of("units", cast.sari, "Unit")]
    assert sorted(names) == ["Bidang Umum", "Dinas Pariwisata", "Sekretariat"]


def test_a_hint_does_not_cross_into_another_reach(cast, dinas, setda, units):
    factories.make_unit("Biro Kesejahteraan", parent=units.setda)
    [problem] = lead_of_new(cast.sari, "Dinas Pariwisata", "Biro Kesejahteran").errors
    assert problem.message == "Unit “Biro Kesejahteran” tidak ada atau bukan untuk Anda."


def test_names_cost_the_same_for_many_twins(gita, units, dinas):
    def queries(count):
        for _ in range(count):
            body = factories.make_unit(parent=units.province, kind="badan")
            factories.make_unit("Sekretariat", parent=body)
        twins = list(Unit.objects.filter(name="Sekretariat"))
        directory = shelves.directory_for(again(gita))
        with CaptureQueriesContext(connection) as captured:
            names = {directory.name("units", unit) for unit in twins}
        assert len(names) == len(twins)
        return len(captured)

    assert queries(1) == queries(20)


def test_two_people_of_one_name_in_one_unit_have_their_user_name(gita, dinas):
    twin = factories.make_user("kembar", Role.OPERATOR, dinas.desk, name="Andi Rina")
    factories.make_renaksi(dinas.renaksi.recommendation, dinas.desk, person=twin)
    assert {row["Petugas"] for row in rows_of("renaksi", gita, "Rencana aksi")} == {
        "Andi Rina (Sekretariat), andi.dinas",
        "Andi Rina (Sekretariat), kembar",
    }


def test_a_change_in_the_sheet_is_written_to_the_right_unit(gita, dinas, setda):
    due = date(2024, 1, 31)
    row = {"Rekomendasi": "Dinas Pariwisata 2022 / 1", "Urutan": "a"}
    row |= {"Penanggung jawab": "Bidang Umum", "Unit pendukung": "Sekretariat", "Batas waktu": due}
    plan = plan_of("renaksi", gita, upload({"Rencana aksi": [list(row), list(row.values())]}))
    assert plan.errors == []
    changes = {change.column.label: change.value for change in plan.sheets[0].rows[0].changes}
    assert changes == {
        "Penanggung jawab": dinas.field,
        "Unit pendukung": (dinas.desk,),
        "Batas waktu": due,
    }
    assert Renaksi.objects.count() == 2


# ── Two bodies of one name ──────────────────────────────────────────────────────────────────────
@pytest.fixture
def namesake(cast, units, dinas):
    """A body with the name of Dinas Pariwisata elsewhere in the tree, with an LHE of the same year."""
    body = factories.make_unit("Dinas Pariwisata", parent=units.setda, kind=Unit.Kind.DINAS)
    return furnish(body, "kembaran")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("who", ["sari", "gita"])
def test_lhe_of_bodies_of_one_name_come_back(cast, gita, namesake, kind, who):
    user = {"sari": cast.sari, "gita": gita}[who]
    plan = plan_of(kind, user, exported(kind, user))
    assert (plan.all_problems, outcomes(plan)) == ([], {RowOutcome.UNCHANGED})


def test_an_lhe_of_two_is_asked_for_by_its_full_name(cast, gita, dinas, namesake):
    plan = lead_of_new(gita, "Dinas Pariwisata", "Sekretariat")
    problem, _ = plan.errors  # without a body also the unit is one of two
    assert problem.message == (
        "Rekomendasi “Dinas Pariwisata 2022 / 1” lebih dari satu. Tulis salah satu: "
        "Dinas Pariwisata · Provinsi 2022 / 1, Dinas Pariwisata · Sekretariat Daerah 2022 / 1."
    )
    for name, wanted in (("Provinsi", dinas), ("Sekretariat Daerah", namesake)):
        plan = lead_of_new(gita, f"Dinas Pariwisata · {name}", "Sekretariat")
        assert plan.errors == []
        assert plan.sheets[0].rows[0].instance.lead_unit == wanted.desk
    assert lead_of_new(cast.sari, "Dinas Pariwisata", "Sekretariat").errors == []
