"""Fills a database with test data of a given size. The data is the same on every machine."""

import random
from datetime import UTC, date, datetime, timedelta

TODAY = date(2023, 10, 2)
VOCABULARY = """
    penetapan target kinerja supaya dianalisis kembali dengan memperhatikan capaian tahun sebelumnya dan
    rencana strategis perangkat daerah sehingga sasaran program kegiatan menjadi terukur relevan dapat dicapai
    hasil pengukuran dimanfaatkan sebagai dasar pemberian penghargaan penempatan jabatan penyesuaian anggaran
    serta perbaikan berkelanjutan atas akuntabilitas instansi pemerintah laporan disampaikan tepat waktu kepada
    pimpinan melalui aplikasi disertai bukti dukung yang memadai monitoring evaluasi internal dilaksanakan setiap
    triwulan oleh biro organisasi bersama inspektorat provinsi untuk memastikan tindak lanjut rekomendasi telah
    sesuai ketentuan peraturan menteri pendayagunaan aparatur negara reformasi birokrasi tentang pedoman
"""


def make(recommendations: int) -> None:
    """Adds one evaluation; a recommendation has about 80 words, an answer about 110.

    The database must be migrated and empty.
    """
    from tests import factories

    chance = random.Random(recommendations)
    province = factories.make_unit("Provinsi", kind="province")
    body = factories.make_unit("Sekretariat Daerah", parent=province, kind="body")
    bureau = factories.make_unit("Biro Organisasi", parent=body, kind="bureau")
    factories.make_user("koordinator", "coordinator", body)
    evaluation = factories.make_evaluation(body, scores=("22.20", "14.80", "7.70", "14", "15.20"))
    components = [code for code, _ in factories.COMPONENTS]
    for number in range(1, recommendations + 1):
        recommendation = factories.make_recommendation(
            evaluation, number, component=components[number % 5], text=_paragraph(chance, 45, 65)
        )
        for position in range(1, 1 + number % 4):
            recommendation.points.create(position=position, text=_paragraph(chance, 10, 16))
        for position in range(1, 2 + number % 3):
            renaksi = factories.make_renaksi(
                recommendation,
                bureau,
                follow_up=_paragraph(chance, 30, 60),
                status=("open", "submitted", "done")[position % 3],
            )
            if number % 3 == 0 and position == 1:
                for step in (1, 2):
                    renaksi.steps.create(position=step, text=_paragraph(chance, 8, 14))


def words(chance: random.Random, fewest: int, most: int) -> str:
    """One sentence with between `fewest` and `most` random words."""
    return f"{' '.join(chance.choices(VOCABULARY.split(), k=chance.randint(fewest, most)))}.".capitalize()


def _paragraph(chance: random.Random, fewest: int, most: int) -> str:
    words = chance.choices(VOCABULARY.split(), k=chance.randint(fewest, most))
    words[3] = f"<em>{words[3]}</em>"
    return f"<p>{' '.join(words).capitalize()}.</p>"


BODIES, UNITS, YEARS, ITEMS = 40, 8, 5, 10


def make_province(renaksi: int) -> None:
    """Adds `renaksi` records of forty bodies and five years, in every status, and two months of daily counts."""
    from django.utils.timezone import localdate

    from tests import factories

    chance = random.Random(renaksi)
    province = factories.make_unit("Provinsi", kind="province")
    factories.make_user("pimpinan", "leader", province)
    today = localdate()
    for number in range(BODIES):
        body = factories.make_unit(f"Dinas {number}", parent=province, kind="body")
        units = [factories.make_unit(f"Bidang {at}", parent=body) for at in range(UNITS)]
        for year in range(today.year - YEARS, today.year):
            scores = ("22.20", "14.80", "7.70", "7", "15.20")
            evaluation = factories.make_evaluation(
                body, year, scores=scores, letter_date=date(year + 1, 3, 1)
            )
            _fill(evaluation, units, renaksi // (BODIES * YEARS), chance, today)


def _fill(evaluation, units, size, chance, today):
    from recommendations.models import Component, DailyCount, Recommendation, Renaksi

    components = list(Component.objects.all())
    recommendations = Recommendation.objects.bulk_create(
        Recommendation(
            evaluation=evaluation,
            number=number,
            component=chance.choice(components),
            text="<p>Perbaiki.</p>",
        )
        for number in range(1, max(1, size // ITEMS) + 1)
    )
    found = Renaksi.objects.bulk_create(
        _item(recommendations[at % len(recommendations)], at, chance, units, today)
        for at in range(size)
    )
    _return(found, chance)
    DailyCount.objects.bulk_create(
        DailyCount(
            day=today - timedelta(days=days),
            evaluation=evaluation,
            lead_unit=unit,
            countable=size // UNITS,
            claimed=size // UNITS // 2,
            verified=size // UNITS // 4,
        )
        for days in range(60)
        for unit in units
    )


def _item(recommendation, at, chance, units, today):
    from recommendations.models import Renaksi

    status = chance.choice(Renaksi.Status.values)
    closed = status in ("done", "not_actionable")
    moment = datetime(recommendation.evaluation.evaluation_year, 6, 1, tzinfo=UTC)
    sent = closed or status == "submitted"
    return Renaksi(
        recommendation=recommendation,
        position=at + 1,
        lead_unit=chance.choice(units),
        status=status,
        due_date=today + timedelta(days=chance.randint(-200, 200)),
        not_actionable_reason="Sudah tidak berlaku" if status == "not_actionable" else "",
        submitted_at=moment if sent else None,
        closed_at=moment + timedelta(days=chance.randint(1, 90)) if closed else None,
    )


def _return(found, chance):
    from recommendations.models import ReviewDecision
    from sakip.models import User

    leader = User.objects.get(username="pimpinan")
    ReviewDecision.objects.bulk_create(
        ReviewDecision(
            renaksi=item,
            evaluator=leader,
            decided_at=datetime(2026, 1, 1, tzinfo=UTC),
            outcome="returned",
            reason="incomplete",
        )
        for item in chance.sample(found, len(found) // 5)
    )


SOWN = 10_000  # renaksi; of more the rest are copies, which the database makes itself
STEP = 100  # between the positions of a renaksi and its copy
# What the list shows and filters beside the renaksi: a supporting unit of the same body for each
# twenty-fifth, a decision for each fifth, words to search for.
BESIDE = (
    "INSERT INTO recommendations_renaksi_supporting_units (renaksi_id, unit_id) "
    "SELECT renaksi.id, (SELECT MIN(sibling.id) FROM sakip_unit sibling "
    "WHERE sibling.parent_id = lead.parent_id AND sibling.id <> lead.id) "
    "FROM recommendations_renaksi renaksi JOIN sakip_unit lead ON lead.id = renaksi.lead_unit_id "
    "WHERE renaksi.id % 25 = 0",
    "INSERT INTO recommendations_reviewdecision (renaksi_id, evaluator_id, decided_at, outcome, reason, note) "
    "SELECT renaksi.id, (SELECT MIN(id) FROM sakip_user), '2026-01-01', 'returned', 'incomplete', '' "
    "FROM recommendations_renaksi renaksi WHERE renaksi.id % 5 = 0",
    "INSERT INTO recommendations_searchdocument (renaksi_id, text) "
    "SELECT id, 'perbaiki target kinerja kata' || (id % 1000) FROM recommendations_renaksi",
)


def make_lists(renaksi: int) -> None:
    """The province of `make_province` for the lists, with everything that they filter and more readers.

    A million take a few minutes, because the database copies its own rows.
    """
    from django.db import connection

    times = max(1, renaksi // SOWN)
    make_province(renaksi // times)
    with connection.cursor() as cursor:
        for copy in range(1, times):
            cursor.execute(*_copying(connection.vendor, copy))
        for statement in BESIDE:
            cursor.execute(statement)
        cursor.execute("ANALYZE")
    _make_readers()


def _copying(vendor, copy):
    """The statement that copies the renaksi sown; their due dates lie on other days."""
    from recommendations.models import Renaksi

    own = {"id", "position", "due_date"}
    fields = [one for one in Renaksi._meta.concrete_fields if not one.generated]
    columns = ", ".join(one.column for one in fields if one.column not in own)
    is_postgres = vendor == "postgresql"
    later = "due_date + %s" if is_postgres else "date(due_date, %s || ' days')"
    return (
        f"INSERT INTO recommendations_renaksi ({columns}, position, due_date) "
        f"SELECT {columns}, position + %s, {later} FROM recommendations_renaksi WHERE position < {STEP}",
        [copy * STEP, copy % 60],
    )


def _make_readers():
    """Beside the leader of the province: a coordinator of one body, an evaluator of eight, an operator."""
    from sakip.models import Unit
    from tests import factories

    bodies = list(Unit.objects.filter(kind="body").order_by("pk"))
    inspectorate = factories.make_unit("Inspektorat", parent=bodies[0].parent, kind="inspectorate")
    factories.make_user("koordinator", "coordinator", bodies[3])
    evaluator = factories.make_user("evaluator", "evaluator", inspectorate)
    evaluator.assigned_bodies.set(bodies[:8])
    factories.make_user("operator", "operator", bodies[3].children.order_by("pk")[0])
