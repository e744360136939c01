"""Two coordinators on one Telaah Staf: Kadir opens a page, Karim saves first, then Kadir sends his."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from recommendations.models import Renaksi
from reports.models import IssuedReport, TelaahStaf, TelaahStafBlock
from reports.services import issue_telaah_staf
from reports.services import telaah_staf as services
from reports.services import telaah_staf_parts as parts
from sakip.errors import Gone
from sakip.history.entries import HistoryEntry
from sakip.models import Letterhead
from sakip.roles import Role
from tests import factories
from tests.parallel import at_once  # noqa: F401 (a fixture)

AT = datetime(2026, 6, 1, tzinfo=UTC)
QUICKER = "menyimpan perubahan"


@pytest.fixture
def karim(units):
    return factories.make_user("karim", Role.COORDINATOR, units.setda)


@pytest.fixture
def telaah_staf(evaluation):
    """I. Persoalan: a text. II. Analisis: a text. It could be issued."""
    telaah_staf = factories.make_telaah_staf(evaluation, number="7/2026", date="2026-06-01")
    telaah_staf.sections.create(position=2, heading="Analisis").blocks.create(
        position=1, text="<p>b</p>"
    )
    return telaah_staf


@pytest.fixture
def section(telaah_staf):
    return telaah_staf.sections.get(position=1)


@pytest.fixture
def block(section):
    return section.blocks.get()


@pytest.fixture
def opened(signed_in, cast):
    """opened(name, pk) is what Kadir's browser will send from the page as it stands now."""

    def open_page(name, pk):
        form = signed_in(cast.kadir).get(address(name, pk)).context["form"]
        values = {name: form[name].value() for name in form.fields}
        return {name: value for name, value in values.items() if value is not None}

    return open_page


@pytest.fixture
def send(signed_in, cast):
    def send(name, pk, **data):
        return signed_in(cast.kadir).post(address(name, pk), data)

    return send


def address(name, pk):
    return reverse(f"reports:telaah-staf-{name}", args=[pk])


def hidden(answer):
    form = answer.context["form"]
    return {name: form[name].value() for name in ("version", "seen") if name in form.fields}


def rewrite(block, actor, text="<p>Kata Karim.</p>"):
    return parts.write_text(block=block, actor=actor, at=AT, text=text, is_incomplete=False)


def told(telaah_staf):
    return HistoryEntry.objects.about(telaah_staf).count()


# ── Texts, headings, the head ───────────────────────────────────────────────────────────────────
def test_the_second_text_is_shown_beside_the_first_and_overwrites_only_when_saved_again(
    block, telaah_staf, karim, opened, send
):
    typed = opened("text", block.pk) | {"text": "<p>Kata Kadir.</p>"}
    rewrite(block, karim)
    answer = send("text", block.pk, **typed)
    assert answer.status_code == 409
    for words in (QUICKER, "Kata Karim.", "Kata Kadir."):
        assert words in answer.text
    block.refresh_from_db()
    assert block.text == "<p>Kata Karim.</p>" and told(telaah_staf) == 1
    assert send("text", block.pk, **typed | hidden(answer)).status_code == 302
    block.refresh_from_db()
    assert block.text == "<p>Kata Kadir.</p>"


def test_who_writes_the_same_is_told_of_no_conflict(block, karim, opened, send):
    typed = opened("text", block.pk) | {"text": "<p>Kata Karim.</p>"}
    rewrite(block, karim)
    assert send("text", block.pk, **typed).status_code == 302


def test_another_text_of_the_telaah_staf_is_no_conflict(block, telaah_staf, karim, opened, send):
    typed = opened("text", block.pk) | {"text": "<p>Kata Kadir.</p>"}
    rewrite(telaah_staf.sections.get(position=2).blocks.get(), karim)
    assert send("text", block.pk, **typed).status_code == 302


def test_the_second_heading_is_shown_beside_the_first(section, karim, opened, send):
    typed = opened("section", section.pk) | {"heading": "Masalah Kadir"}
    parts.rename_section(section=section, actor=karim, at=AT, heading="Masalah Karim")
    answer = send("section", section.pk, **typed)
    assert answer.status_code == 409
    assert "Masalah Karim" in answer.text and "Masalah Kadir" in answer.text
    assert send("section", section.pk, **typed | hidden(answer)).status_code == 302


def test_the_second_head_is_shown_beside_the_first(telaah_staf, karim, opened, send):
    typed = opened("edit", telaah_staf.pk) | {"addressee": "Yth. Gubernur"}
    head = {name: getattr(telaah_staf, name) for name in services.HEAD} | {"paper": "A4"}
    services.edit_telaah_staf(telaah_staf=telaah_staf, actor=karim, at=AT, components=[], **head)
    answer = send("edit", telaah_staf.pk, **typed)
    assert answer.status_code == 409
    assert "A4 (210 × 297 mm)" in answer.text and "Yth. Gubernur" in answer.text
    telaah_staf.refresh_from_db()
    assert (telaah_staf.paper, telaah_staf.addressee) == ("A4", "Yth. Sekda")
    assert send("edit", telaah_staf.pk, **typed | hidden(answer)).status_code == 302
    telaah_staf.refresh_from_db()
    assert telaah_staf.addressee == "Yth. Gubernur"


def test_components_belong_to_the_head_too(telaah_staf, evaluation, karim, opened, send):
    typed = opened("edit", telaah_staf.pk) | {"addressee": "Yth. Gubernur"}
    head = {name: getattr(telaah_staf, name) for name in services.HEAD}
    chosen = [row.component for row in evaluation.rubric.weights.select_related("component")][:1]
    services.edit_telaah_staf(
        telaah_staf=telaah_staf, actor=karim, at=AT, components=chosen, **head
    )
    assert send("edit", telaah_staf.pk, **typed).status_code == 409
    assert list(telaah_staf.components.all()) == chosen


def test_a_text_written_meanwhile_is_not_replaced_by_a_draft(
    block, telaah_staf, karim, opened, send
):
    typed = opened("draft", telaah_staf.pk) | {"keep_written": "tidak"}
    rewrite(block, karim)
    answer = send("draft", telaah_staf.pk, **typed)
    assert answer.status_code == 409 and "<strong>Persoalan" in answer.text
    assert TelaahStafBlock.objects.get(pk=block.pk).text == "<p>Kata Karim.</p>"
    assert send("draft", telaah_staf.pk, **typed | hidden(answer)).status_code == 302


# ── Order ───────────────────────────────────────────────────────────────────────────────────────
def order(telaah_staf):
    return [(row.heading, row.blocks.count()) for row in telaah_staf.sections.all()]


@pytest.mark.parametrize("name", ["section-move", "block-move"])
def test_who_moves_in_an_order_that_is_another_by_now_sees_the_new_one(
    name, telaah_staf, section, block, karim, signed_in, cast, send
):
    seen = signed_in(cast.kadir).get(telaah_staf.get_absolute_url()).context["order"]
    parts.move_section(section=section, actor=karim, at=AT, up=False)
    pk = section.pk if name == "section-move" else block.pk
    answer = send(name, pk, arah="naik", seen=seen)
    assert answer.status_code == 409 and "Urutan" in answer.text
    assert order(telaah_staf) == [("Analisis", 1), ("Persoalan", 1)]
    assert send(name, pk, arah="naik", seen=answer.context["order"]).status_code == 302


def test_the_page_sends_the_order_it_shows(telaah_staf, signed_in, cast):
    page = signed_in(cast.kadir).get(telaah_staf.get_absolute_url())
    assert page.text.count(f'name="seen" value="{page.context["order"]}"') == 8


def test_many_moves_at_once_lose_no_part(telaah_staf, cast, at_once):  # noqa: F811
    keys = list(TelaahStafBlock.objects.values_list("pk", flat=True))

    def move():
        block = TelaahStafBlock.objects.select_related("section__telaah_staf").get(pk=keys[0])
        return parts.move_block(block=block, actor=cast.kadir, at=AT, up=False)

    def look():
        return [
            (row.position, [block.position for block in row.blocks.all()])
            for row in TelaahStaf.objects.get(pk=telaah_staf.pk).sections.all()
        ]

    at_once(6, move)
    assert at_once(1, look) == [[(1, []), (2, [1, 2])]]


def test_two_equal_posts_at_once_add_two_parts(telaah_staf, section, cast, at_once):  # noqa: F811
    def add():
        parts.add_section(telaah_staf=telaah_staf, actor=cast.kadir, at=AT, heading="Baru")
        parts.add_block(section=section, actor=cast.kadir, at=AT, kind="text", text="<p>x</p>")

    at_once(4, add)
    assert at_once(1, lambda: order(telaah_staf)) == [
        [("Persoalan", 5), ("Analisis", 1), *[("Baru", 0)] * 4]
    ]


# ── Gone meanwhile ──────────────────────────────────────────────────────────────────────────────
TYPED = {"text": "<p>Sudah saya tulis.</p>", "heading": "Sudah saya tulis."}


@pytest.mark.parametrize("name", ["text", "section", "text-create"])
def test_words_for_a_part_that_has_gone_are_shown(name, section, block, karim, send):
    parts.remove_section(section=section, actor=karim, at=AT)
    answer = send(name, block.pk if name == "text" else section.pk, **TYPED)
    assert answer.status_code == 404 and "Sudah saya tulis." in answer.text
    assert not TelaahStafBlock.objects.filter(text=TYPED["text"]).exists()


@pytest.mark.parametrize("name", ["edit", "section-create"])
def test_words_for_a_telaah_staf_that_has_gone_are_shown(name, telaah_staf, karim, send):
    services.delete_telaah_staf(telaah_staf=telaah_staf, actor=karim, at=AT)
    answer = send(name, telaah_staf.pk, **TYPED, subject="Sudah saya tulis.")
    assert answer.status_code == 404 and "Sudah saya tulis." in answer.text


def test_words_for_a_telaah_staf_issued_meanwhile_are_shown(telaah_staf, block, karim, send):
    issue_telaah_staf(telaah_staf, karim, AT)
    answer = send("text", block.pk, **TYPED)
    assert answer.status_code == 409
    assert "sudah diterbitkan" in answer.text and "Sudah saya tulis." in answer.text


@pytest.mark.parametrize(
    ("service", "subject"),
    [
        (parts.move_section, "section"),
        (parts.move_block, "block"),
        (parts.remove_section, "section"),
        (parts.remove_block, "block"),
        (parts.rename_section, "section"),
        (parts.write_text, "block"),
        (parts.add_block, "section"),
        (parts.add_section, "telaah_staf"),
        (services.draft_again, "telaah_staf"),
        (services.delete_telaah_staf, "telaah_staf"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_what_goes_between_finding_and_locking_is_told(
    service, subject, telaah_staf, section, block, cast
):
    """The page found it; it went before the service took the lock."""
    extra = {
        "move_section": {"up": True},
        "move_block": {"up": True},
        "rename_section": {"heading": "x"},
        "add_section": {"heading": "x"},
        "write_text": {"text": "<p>x</p>", "is_incomplete": False},
        "add_block": {"kind": "text", "text": "<p>x</p>"},
        "draft_again": {"keep_written": True},
    }.get(service.__name__, {})
    found = {"section": section, "block": block, "telaah_staf": telaah_staf}[subject]
    key = found.pk
    found.delete()
    found.pk = key
    with pytest.raises(Gone, match="sudah tidak ada"):
        service(**{subject: found}, actor=cast.kadir, at=AT, **extra)


# ── Removed, issued ─────────────────────────────────────────────────────────────────────────────
def test_no_draft_is_deleted_that_was_not_seen(telaah_staf, block, karim, opened, send):
    typed = opened("delete", telaah_staf.pk)
    rewrite(block, karim)
    answer = send("delete", telaah_staf.pk, **typed)
    assert answer.status_code == 409 and "Kata Karim." in answer.text
    assert send("delete", telaah_staf.pk, **hidden(answer)).status_code == 302
    assert not TelaahStafBlock.objects.filter(pk=block.pk).exists()


@pytest.mark.parametrize("name", ["section-delete", "block-delete"])
def test_no_part_is_removed_that_was_not_seen(
    name, telaah_staf, section, block, karim, send, signed_in, cast
):
    def seen(page):
        shown = page.context["desk"].sections[0]
        return shown.seen if name == "section-delete" else shown.parts[0].seen

    key = section.pk if name == "section-delete" else block.pk
    before = seen(signed_in(cast.kadir).get(telaah_staf.get_absolute_url()))
    rewrite(block, karim)
    answer = send(name, key, seen=before)
    assert answer.status_code == 409 and "Kata Karim." in answer.text
    assert TelaahStafBlock.objects.filter(pk=block.pk).exists()
    assert send(name, key, seen=seen(answer)).status_code == 302
    assert not TelaahStafBlock.objects.filter(pk=block.pk).exists()


@pytest.fixture
def changes(telaah_staf, section, block, karim, renaksi, units):
    """What becomes of the telaah staf between the page and the press, by name."""
    head = {name: getattr(telaah_staf, name) for name in services.HEAD} | {"addressee": "Lain"}
    by = {"actor": karim, "at": AT}
    return {
        "text": lambda: rewrite(block, karim),
        "heading": lambda: parts.rename_section(section=section, heading="Lain", **by),
        "head": lambda: services.edit_telaah_staf(
            telaah_staf=telaah_staf, components=[], **head, **by
        ),
        "order": lambda: parts.move_section(section=section, up=False, **by),
        "section": lambda: parts.add_section(telaah_staf=telaah_staf, heading="Lain", **by),
        "removed": lambda: parts.remove_block(block=block, **by),
        "records": lambda: Renaksi.objects.update(follow_up="<p>Lain.</p>"),
        "letterhead": lambda: Letterhead.objects.create(
            unit=units.setda, government="Lain", body="Lain", address="Lain"
        ),
        "template": lambda: factories.make_word_template(units.setda, status="active"),
    }


@pytest.mark.parametrize(
    "what",
    ["text", "heading", "head", "order", "section", "removed", "records", "letterhead", "template"],
)
def test_nothing_is_issued_that_was_not_seen(what, telaah_staf, section, changes, opened, send):
    section.blocks.create(position=2, kind="follow_up_table")
    typed = opened("issue", telaah_staf.pk)
    changes[what]()
    answer = send("issue", telaah_staf.pk, **typed)
    assert answer.status_code == 409
    assert "sejak halaman ini dibuka" in answer.text or QUICKER in answer.text
    telaah_staf.refresh_from_db()
    assert telaah_staf.is_draft and not IssuedReport.objects.exists()


def test_issuing_shows_what_will_be_issued_and_once_seen_it_is(
    telaah_staf, block, karim, opened, send
):
    typed = opened("issue", telaah_staf.pk)
    rewrite(block, karim)
    answer = send("issue", telaah_staf.pk, **typed)
    assert "Kata Karim." in answer.text
    assert send("issue", telaah_staf.pk, **hidden(answer)).status_code == 302
    telaah_staf.refresh_from_db()
    assert not telaah_staf.is_draft


def test_a_telaah_staf_is_issued_once(telaah_staf, opened, send):
    typed = opened("issue", telaah_staf.pk)
    assert send("issue", telaah_staf.pk, **typed).status_code == 302
    assert send("issue", telaah_staf.pk, **typed).status_code == 409
    assert IssuedReport.objects.count() == 1


def test_a_new_telaah_staf_is_about_the_evaluation_that_was_asked_for_or_none(
    telaah_staf, send, signed_in, cast
):
    new = reverse("reports:telaah-staf-create")
    data = {
        name: getattr(telaah_staf, name) for name in ("title", "addressee", "sender", "subject")
    }
    data |= {
        "signatory": telaah_staf.signatory_id,
        "paper": "A4",
        "typeface": "sans",
        "type_size": 11,
    }
    answer = signed_in(cast.kadir).post(f"{new}?evaluasi=987654", data)
    assert answer.status_code == 404 and "Yth. Sekda" in answer.text
    assert TelaahStaf.objects.count() == 1


def test_the_admin_site_writes_no_telaah_staf_past_the_versions(telaah_staf, section, signed_in):
    """It knows neither locks nor versions nor the history: there a telaah staf is only read."""
    admin = factories.make_user("admin", "", None, is_superuser=True, is_staff=True)
    for name, key in (("telaahstaf", telaah_staf.pk), ("telaahstafsection", section.pk)):
        change = reverse(f"admin:reports_{name}_change", args=[key])
        assert signed_in(admin).get(change).status_code == 200
        assert signed_in(admin).post(change, {"heading": "Lain"}).status_code == 403
        delete = reverse(f"admin:reports_{name}_delete", args=[key])
        assert signed_in(admin).post(delete, {"post": "yes"}).status_code == 403
    assert TelaahStaf.objects.filter(pk=telaah_staf.pk).exists()
