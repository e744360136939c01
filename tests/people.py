"""The cast: a province with two bodies, the Biro of one of them, and a person in every role.

Rina writes for Biro Organisasi, Umar for Biro Umum, which should see nothing of hers. Dewi evaluates
every body from the Inspektorat, Kadir coordinates the Sekretariat Daerah, Laila leads it, Tono has left.
Dinas Pariwisata is another body: its coordinator Sari has no business in the Sekretariat Daerah.
"""

from types import SimpleNamespace

from django.apps import apps
from django.contrib.contenttypes.models import ContentType

from sakip.consistency.marks import mark_everything
from sakip.models import Unit
from sakip.roles import Role
from tests import factories


def make_units():
    # A process asks for these once; tests that count queries must not be the first to ask.
    ContentType.objects.get_for_models(*apps.get_models())
    mark_everything()  # the factories write no history, which would mark what they make
    kinds, bureau = Unit.Kind, Unit.Kind.BUREAU
    province = factories.make_unit("Provinsi", kind=kinds.PROVINCE)
    setda = factories.make_unit("Sekretariat Daerah", parent=province, kind=kinds.SECRETARIAT)
    return SimpleNamespace(
        province=province,
        setda=setda,
        inspektorat=factories.make_unit("Inspektorat", parent=province, kind=kinds.INSPECTORATE),
        dinas=factories.make_unit("Dinas Pariwisata", parent=province, kind=kinds.DINAS),
        organisasi=factories.make_unit("Biro Organisasi", parent=setda, kind=bureau),
        umum=factories.make_unit("Biro Umum", parent=setda, kind=bureau),
    )


def make_cast(units):
    make = factories.make_user
    return SimpleNamespace(
        rina=make("rina", Role.OPERATOR, units.organisasi),
        umar=make("umar", Role.OPERATOR, units.umum),
        dewi=make("dewi", Role.EVALUATOR, units.inspektorat, evaluates_all=True),
        kadir=make("kadir", Role.COORDINATOR, units.setda),
        laila=make("laila", Role.LEADER, units.setda),
        sari=make("sari", Role.COORDINATOR, units.dinas),
        tono=make("tono", Role.OPERATOR, units.organisasi, is_active=False),
    )


def make_evaluation(units):
    """The LHE of the Sekretariat Daerah for 2022, with the source document's scores and weights."""
    rubric = factories.make_rubric("Perkiraan", (30, 20, 10, 20, 20), is_estimate=True)
    scores = ("22.20", "14.80", "7.70", "14.00", "15.20")
    return factories.make_evaluation(units.setda, 2022, rubric=rubric, scores=scores)


def make_renaksi(recommendation, units):
    """Open, led by Biro Organisasi, with text and one piece of evidence: ready to be submitted."""
    renaksi = factories.make_renaksi(recommendation, units.organisasi)
    factories.make_evidence(renaksi)
    return renaksi
