"""Several posts of one person: rights follow the post, duties stay separate, nobody takes an account over."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from recommendations.models import Notice, Renaksi, ReviewPresence
from recommendations.selectors import review_queue
from recommendations.selectors.evaluation_table import EntryNames
from recommendations.services import extensions, notifications
from recommendations.services.comments import mentionable
from recommendations.services.mail_digest import waiting
from recommendations.services.reminders import remind
from recommendations.workflow import authorship, available, perform
from sakip.errors import WrongState
from sakip.history.entries import HistoryEntry
from sakip.history.sentences import story_of, tell
from sakip.models import Post, Unit, User
from sakip.roles import Role
from sakip.services import invitations, posts
from sakip.services.records import save_record
from sakip.services.users import save_user
from tests import factories
from tests.workbooks.books import plan_of, upload

FIND = "/pengaturan/pengguna/penugasan/baru/"
TAKE_UP = "/akun/penugasan/"
NIP = "197108081991032007"


def now():
    return timezone.now()


def fresh(person):
    return User.objects.get(pk=person.pk)


def also(person, role, unit, *bodies, **fields):
    """Gives the person one more post, whoever may."""
    post = Post.objects.create(person=person, role=role, unit=unit, **fields)
    post.assigned_bodies.set(bodies)
    return fresh(person)


def take_up(person, role, unit):
    return posts.take_up(user=person, role=role, unit_id=unit.pk)


def code(role, unit):
    return {"post": f"{role}:{unit.pk}"}


@pytest.fixture
def rina(cast, units):
    """Writes for Biro Organisasi and also coordinates Dinas Pariwisata; acts as operator."""
    return also(cast.rina, Role.COORDINATOR, units.dinas)


# ── Switching ───────────────────────────────────────────────────────────────────────────────────
def test_rights_follow_the_post(rina, units, renaksi, signed_in):
    client = signed_in(rina)
    page = reverse("recommendations:renaksi-detail", args=[renaksi.pk])
    assert client.get(page).status_code == 200
    assert client.get("/pengaturan/").status_code == 403
    assert client.post(TAKE_UP, code("coordinator", units.dinas)).status_code == 302
    assert client.get("/pengaturan/").status_code == 200
    assert fresh(rina).reach == {units.dinas.pk}
    assert not Renaksi.objects.visible_to(fresh(rina)).exists()
    held = {(seat.role, seat.unit_id) for seat in fresh(rina).seats}
    assert held == {("operator", units.organisasi.pk), ("coordinator", units.dinas.pk)}


def test_the_menu_names_the_posts(rina, units, signed_in):
    text = signed_in(rina).get("/").content.decode()
    assert "Koordinator · Dinas Pariwisata</button>" in text
    assert "Operator · Biro Organisasi</button>" not in text


def test_two_units_of_one_name_are_told_apart_in_the_menu(rina, cast, units, signed_in):
    ours = factories.make_unit("Sekretariat", parent=units.setda, kind=Unit.Kind.OFFICE)
    theirs = factories.make_unit("Sekretariat", parent=units.dinas, kind=Unit.Kind.OFFICE)
    for unit in (ours, theirs):
        rina = also(rina, Role.LEADER, unit)
    text = signed_in(rina).get("/").content.decode()
    for body in ("Sekretariat Daerah", "Dinas Pariwisata"):
        assert f"Pimpinan · Sekretariat · {body}</button>" in text
    assert "Koordinator · Dinas Pariwisata</button>" in text
    page = signed_in(cast.kadir).get(reverse("sakip:user-posts", args=[rina.pk]))
    assert "Pimpinan · Sekretariat · Sekretariat Daerah</span>" in page.content.decode()


def test_what_an_evaluator_judges_travels_with_the_post(cast, units):
    irban = factories.make_user("irban", Role.EVALUATOR, units.inspektorat)
    irban.assigned_bodies.set([units.dinas])
    also(irban, Role.OPERATOR, units.umum)
    assert take_up(irban, "operator", units.umum).assigned_bodies.count() == 0
    back = take_up(irban, "evaluator", units.inspektorat)
    assert (back.reach, list(back.assigned_bodies.all())) == ({units.dinas.pk}, [units.dinas])
    assert Post.objects.count() == 1


@pytest.mark.parametrize(
    "post", ["coordinator:{setda}", "leader:{dinas}", "", "coordinator:x", "é"]
)
def test_nobody_takes_up_what_they_do_not_hold(rina, units, signed_in, post):
    post = post.format(setda=units.setda.pk, dinas=units.dinas.pk)
    assert signed_in(rina).post(TAKE_UP, {"post": post}).status_code == 409
    assert fresh(rina).role == Role.OPERATOR


def test_switching_is_a_guarded_post(rina, units):
    client = Client(enforce_csrf_checks=True)
    client.force_login(rina)
    assert client.get(TAKE_UP).status_code == 405
    assert client.post(TAKE_UP, code("coordinator", units.dinas)).status_code == 403
    assert fresh(rina).role == Role.OPERATOR


def test_switching_leads_to_no_foreign_site(rina, units, signed_in):
    data = code("coordinator", units.dinas) | {"next": "https://jahat.example/"}
    assert signed_in(rina).post(TAKE_UP, data).url == "/"


def test_switching_twice_at_once_changes_nothing_more(rina, units):
    first = take_up(rina, "coordinator", units.dinas)
    again = take_up(rina, "coordinator", units.dinas)  # the second press, from the old page
    assert (first.version, Post.objects.count()) == (again.version, 1)


# ── Links of another post ───────────────────────────────────────────────────────────────────────
def test_a_page_of_another_post_offers_to_switch(rina, units, renaksi, signed_in):
    take_up(rina, "coordinator", units.dinas)
    client = signed_in(fresh(rina))
    page = reverse("recommendations:renaksi-detail", args=[renaksi.pk])
    offer = client.get(page)
    assert offer.status_code == 403
    assert "Bertindak sebagai Operator · Biro Organisasi" in offer.content.decode()
    assert renaksi.follow_up not in offer.content.decode()
    response = client.post(
        TAKE_UP, code("operator", units.organisasi) | {"next": page}, follow=True
    )
    assert response.status_code == 200
    assert response.redirect_chain == [(page, 302)]


def test_an_offer_opens_nothing_yet(cast, units, renaksi, signed_in):
    """The page of a review notes who reads it; whoever is only asked to switch does not."""
    Renaksi.objects.filter(pk=renaksi.pk).update(status="submitted")
    dewi = also(cast.dewi, Role.OPERATOR, units.dinas)
    client = signed_in(take_up(dewi, "operator", units.dinas))
    page = reverse("recommendations:review-item", args=[renaksi.pk])
    assert "Bertindak sebagai Evaluator" in client.get(page).content.decode()
    assert not ReviewPresence.objects.exists()
    client.post(TAKE_UP, code("evaluator", units.inspektorat))
    assert client.get(page).status_code == 200
    assert ReviewPresence.objects.get().person == dewi


def test_no_offer_where_no_post_opens_the_page(rina, units, signed_in):
    other = factories.make_renaksi(
        factories.make_recommendation(factories.make_evaluation(units.setda, 2021)), units.umum
    )
    page = reverse("recommendations:renaksi-detail", args=[other.pk])
    assert signed_in(rina).get(page).status_code == 404


def test_the_inbox_opens_what_another_post_sees(rina, units, renaksi, signed_in):
    factories.make_notice(renaksi, rina)
    take_up(rina, "coordinator", units.dinas)
    rows = signed_in(fresh(rina)).get(reverse("recommendations:notice-list")).context["rows"]
    assert [name for _, name in rows] == [f"{renaksi} · LHE 2022"]


# ── Who is told ─────────────────────────────────────────────────────────────────────────────────
def test_who_acts_elsewhere_is_still_told(rina, cast, units, renaksi):
    take_up(rina, "coordinator", units.dinas)
    Renaksi.objects.filter(pk=renaksi.pk).update(status="submitted")
    perform(
        action="return",
        renaksi=renaksi,
        actor=cast.dewi,
        at=now(),
        note="Lengkapi",
        reason="incomplete",
    )
    notifications.assigned([(renaksi, [units.organisasi])], cast.kadir, now())
    kinds = set(Notice.objects.filter(person=rina).values_list("kind", flat=True))
    assert kinds == {"returned", "assigned"}
    assert fresh(rina) in mentionable(Renaksi.objects.for_check().get(pk=renaksi.pk), cast.kadir)


def test_reminders_and_mail_find_every_post(rina, cast, units, renaksi):
    User.objects.filter(pk=rina.pk).update(email="rina@example.go.id")
    also(cast.umar, Role.LEADER, units.organisasi)
    take_up(rina, "coordinator", units.dinas)
    today = timezone.localdate()
    Renaksi.objects.filter(pk=renaksi.pk).update(due_date=today - timezone.timedelta(days=20))
    remind(today=today, at=now())
    told = dict(Notice.objects.values_list("person__username", "kind").distinct())
    assert told == {"rina": "overdue", "umar": "escalated", "kadir": "late"}
    counts = {person.username: len(notices) for person, notices in waiting(today=today, at=now())}
    assert counts["rina"] == 1


def test_the_nearest_coordinator_counts_although_acting_elsewhere(cast, units, renaksi):
    also(cast.umar, Role.COORDINATOR, units.organisasi)
    assert notifications.Around(renaksi).coordinators() == {cast.umar.pk}


def test_those_whom_a_comment_may_name_are_named_at_once(
    cast, units, renaksi, django_assert_num_queries
):
    people = mentionable(Renaksi.objects.for_check().get(pk=renaksi.pk), cast.rina)
    with django_assert_num_queries(0):
        assert all(str(person) and person.seats[0].unit.name for person in people)
    assert people


def test_somebody_acting_elsewhere_can_be_put_in_charge(rina, units, renaksi):
    take_up(rina, "coordinator", units.dinas)
    assert rina in User.objects.operators([units.organisasi.pk])
    renaksi.person = rina
    renaksi.save()
    assert Renaksi.objects.for_check().get(pk=renaksi.pk).person_problem == ""


# ── Separation of duties ────────────────────────────────────────────────────────────────────────
def judge(person, item):
    """Whether this evaluator may accept; the page and the queue must say the same."""
    person, item = fresh(person), Renaksi.objects.for_check().get(pk=item.pk)
    offered = "accept" in {row.action for row in available(person, item)}
    assert offered == (item in review_queue.queue(person))
    return offered


@pytest.mark.parametrize("role", ["operator", "coordinator", "leader"])
@pytest.mark.parametrize("place", ["umum", "setda"])
def test_who_has_a_post_in_a_body_does_not_judge_it(cast, units, renaksi, role, place):
    Renaksi.objects.filter(pk=renaksi.pk).update(status="submitted")
    assert judge(cast.dewi, renaksi)
    also(cast.dewi, role, getattr(units, place))
    assert not judge(cast.dewi, renaksi)
    with pytest.raises(PermissionDenied, match="tidak mereviu"):
        perform(action="accept", renaksi=renaksi, actor=fresh(cast.dewi), at=now())


@pytest.mark.parametrize("most", [authorship.MOST_OWN, 0])
@pytest.mark.parametrize("part", ["lead", "support"])
@pytest.mark.parametrize("role", ["operator", "coordinator", "leader"])
def test_who_has_a_post_in_the_heir_of_an_ended_body_does_not_judge_its_part(
    cast, units, renaksi, monkeypatch, role, part, most
):
    """The LHE stays that of the body that ended; what it left open is carried on by another one."""
    monkeypatch.setattr(authorship, "MOST_OWN", most)
    Renaksi.objects.filter(pk=renaksi.pk).update(status="submitted")
    if part == "lead":
        Renaksi.objects.filter(pk=renaksi.pk).update(lead_unit=units.dinas)
    else:
        renaksi.supporting_units.add(units.dinas)
    assert judge(cast.dewi, renaksi)
    also(cast.dewi, role, units.dinas)
    assert not judge(cast.dewi, renaksi)
    with pytest.raises(PermissionDenied, match="tidak mereviu"):
        perform(action="accept", renaksi=renaksi, actor=fresh(cast.dewi), at=now())


def test_a_post_above_the_body_counts_where_it_reaches(cast, units, renaksi):
    Renaksi.objects.filter(pk=renaksi.pk).update(status="submitted")
    also(cast.dewi, Role.OPERATOR, units.province)
    assert judge(cast.dewi, renaksi)  # an operator of the province has no part in its bodies
    also(cast.dewi, Role.LEADER, units.province)
    assert not judge(cast.dewi, renaksi)


def test_who_wrote_as_operator_does_not_judge_as_evaluator(rina, cast, units, renaksi):
    perform(action="submit", renaksi=renaksi, actor=rina, at=now())
    also(rina, Role.EVALUATOR, units.inspektorat, evaluates_all=True)
    take_up(rina, "evaluator", units.inspektorat)
    assert not judge(rina, renaksi)


@pytest.fixture
def gita(units):
    """Coordinates the whole province."""
    return factories.make_user("gita", Role.COORDINATOR, units.province)


def test_appointing_refuses_the_judge_of_the_own_body(cast, gita, units):
    given = {"actor": gita, "at": now(), "role": Role.EVALUATOR, "unit": units.inspektorat}
    with pytest.raises(ValidationError, match="memegang penugasan lain"):
        posts.add_post(person=cast.umar, assigned_bodies=[units.setda], **given)
    posts.add_post(person=cast.umar, assigned_bodies=[units.dinas], **given)
    given |= {"role": Role.OPERATOR, "unit": units.dinas}
    with pytest.raises(ValidationError, match="memegang penugasan lain"):
        posts.add_post(person=cast.umar, **given)
    take_up(cast.umar, "evaluator", units.inspektorat)
    with pytest.raises(ValidationError, match="memegang penugasan lain"):
        save_user(user=fresh(cast.umar), actor=gita, at=now(), assigned_bodies=[units.setda])


def test_nobody_grants_the_own_request(cast, units, renaksi):
    Renaksi.objects.filter(pk=renaksi.pk).update(due_date="2026-01-31")
    extension = factories.make_extension(renaksi, cast.kadir)
    assert extension not in extensions.pending(cast.kadir)
    with pytest.raises(PermissionDenied, match="Anda sendiri yang meminta"):
        extensions.decide_extension(extension=extension, actor=cast.kadir, at=now(), granted=True)


# ── Coordinators add and end posts ──────────────────────────────────────────────────────────────
@pytest.fixture
def sari(cast, signed_in):
    """The coordinator of the other body."""
    return signed_in(cast.sari)


def test_a_person_of_another_body_is_found_by_number(sari, cast, units):
    User.objects.filter(pk=cast.umar.pk).update(nip=NIP)
    data = {"who": "19710808 199103 2 007", "role": "operator", "unit": units.dinas.pk}
    assert sari.post(FIND, data).url == reverse("sakip:user-posts", args=[cast.umar.pk])
    assert [seat.post_code for seat in fresh(cast.umar).seats] == [
        f"operator:{units.umum.pk}",
        f"operator:{units.dinas.pk}",
    ]
    entry = HistoryEntry.objects.about(cast.umar).get()
    assert (entry.action, entry.in_words) == (
        "add_post",
        [["Penugasan", "-", "Operator · Dinas Pariwisata"]],
    )
    page = sari.get(reverse("sakip:user-posts", args=[cast.umar.pk])).content.decode()
    assert "Operator · Dinas Pariwisata" in page and "Biro Umum" not in page


def test_whoever_guesses_people_has_to_wait(sari, cast, units, passing):
    User.objects.filter(pk=cast.umar.pk).update(nip=NIP)
    data = {"role": "operator", "unit": units.dinas.pk}
    for number in range(20):
        assert sari.post(FIND, data | {"who": f"a{number}@example.go.id"}).status_code == 200
    assert sari.post(FIND, data | {"who": NIP}).status_code == 429
    assert not Post.objects.exists()
    passing(10)
    assert sari.post(FIND, data | {"who": NIP}).status_code == 302


@pytest.mark.parametrize(
    ("who", "message"),
    [
        ("umar", "Tulis NIP"),
        ("umar@", "Tidak ada akun aktif"),
        ("x@example.go.id", "Ada beberapa akun"),
        (NIP, "Tidak ada akun aktif"),
        ("tono@example.go.id", "Tidak ada akun aktif"),
        ("root@example.go.id", "Tidak ada akun aktif"),
    ],
)
def test_nobody_is_found_by_half_a_name(sari, cast, units, who, message):
    User.objects.filter(pk__in=[cast.umar.pk, cast.rina.pk]).update(email="x@example.go.id")
    User.objects.filter(pk=cast.tono.pk).update(email="tono@example.go.id")
    factories.make_user("root", "", None, is_superuser=True, email="root@example.go.id")
    data = {"who": who, "role": "operator", "unit": units.dinas.pk}
    assert message in str(sari.post(FIND, data).context["form"].errors["who"])
    assert not Post.objects.exists()


def test_no_post_is_given_outside_the_reach_or_to_oneself(cast, units):
    given = {"actor": cast.sari, "at": now(), "role": Role.COORDINATOR}
    for unit in (units.setda, units.province):
        with pytest.raises(ValidationError, match="di bawah jangkauan Anda"):
            posts.add_post(person=cast.umar, unit=unit, **given)
    with pytest.raises(ValidationError, match="koordinator lain"):
        posts.add_post(person=cast.sari, unit=units.dinas, **given | {"role": Role.LEADER})
    with pytest.raises(ValidationError, match="Inspektorat"):
        posts.add_post(person=cast.umar, unit=units.dinas, **given | {"role": Role.EVALUATOR})
    with pytest.raises(PermissionDenied):
        posts.add_post(person=cast.umar, unit=units.umum, **given | {"actor": cast.rina})
    with pytest.raises(PermissionDenied):
        posts.add_post(person=cast.tono, unit=units.dinas, **given)
    assert not Post.objects.exists()


def test_a_body_does_not_keep_an_evaluator_away_by_a_post(cast, gita, units, renaksi):
    given = {"person": cast.dewi, "at": now(), "role": Role.OPERATOR, "unit": units.umum}
    with pytest.raises(ValidationError, match="Penugasan lain bagi seorang evaluator"):
        posts.add_post(actor=cast.kadir, **given)
    Renaksi.objects.filter(pk=renaksi.pk).update(status="submitted")
    assert judge(cast.dewi, renaksi)
    posts.add_post(actor=gita, **given)
    assert not judge(cast.dewi, renaksi)


def test_a_post_is_given_once(cast, units):
    given = {"person": cast.umar, "actor": cast.kadir, "at": now()}
    with pytest.raises(ValidationError, match="sudah memegang"):
        posts.add_post(role=Role.OPERATOR, unit=units.umum, **given)
    posts.add_post(role=Role.LEADER, unit=units.umum, **given)
    with pytest.raises(ValidationError, match="sudah memegang"):
        posts.add_post(role=Role.LEADER, unit=units.umum, **given)
    take_up(cast.umar, "leader", units.umum)
    with pytest.raises(ValidationError, match="sudah memegang"):
        save_user(user=fresh(cast.umar), actor=cast.kadir, at=now(), role=Role.OPERATOR)


@pytest.mark.parametrize("acting", ["operator", "coordinator"])
def test_a_post_in_two_bodies_gives_nobody_the_account(rina, cast, units, signed_in, gita, acting):
    """Neither coordinator may change the name or the address, invite, or switch the account off."""
    take_up(rina, acting, units.organisasi if acting == "operator" else units.dinas)
    for coordinator in (cast.sari, cast.kadir):
        client = signed_in(coordinator)
        for name in ("user-edit", "user-invite"):
            address = reverse(f"sakip:{name}", args=[rina.pk])
            assert client.get(address).status_code == 404
            assert (
                client.post(address, {"undang": "ya", "email": "x@jahat.example"}).status_code
                == 404
            )
        with pytest.raises(PermissionDenied):
            save_user(user=fresh(rina), actor=coordinator, at=now(), email="x@jahat.example")
        with pytest.raises(PermissionDenied):
            invitations.invite(people=[rina], actor=coordinator, at=now())
        page = client.get(reverse("sakip:user-list")).content.decode()
        assert reverse("sakip:user-posts", args=[rina.pk]) in page
        assert reverse("sakip:user-edit", args=[rina.pk]) not in page
    assert rina in User.objects.manageable_by(gita)


def test_each_ends_only_the_posts_within_the_own_reach(rina, sari, cast, units):
    address = reverse("sakip:post-end", args=[rina.pk])
    assert sari.post(address, code("operator", units.organisasi)).status_code == 403
    assert len(fresh(rina).seats) == 2
    assert sari.post(address, code("coordinator", units.dinas)).url == reverse("sakip:user-list")
    assert [seat.post_code for seat in fresh(rina).seats] == [f"operator:{units.organisasi.pk}"]
    assert HistoryEntry.objects.about(rina).get().action == "end_post"
    assert sari.post(address, code("operator", units.organisasi)).status_code == 404


def test_who_acts_in_an_ended_post_goes_on_in_another(rina, cast, units):
    given = {"actor": cast.kadir, "at": now(), "role": "operator", "unit_id": units.organisasi.pk}
    after = posts.end_post(person=rina, **given)
    assert (after.role, after.unit, Post.objects.count()) == ("coordinator", units.dinas, 0)
    with pytest.raises(WrongState):
        posts.end_post(person=rina, **given)
    given |= {"actor": cast.sari, "role": "coordinator", "unit_id": units.dinas.pk}
    with pytest.raises(ValidationError, match="satu-satunya"):
        posts.end_post(person=rina, **given)


def test_the_judge_of_the_inspectorate_is_not_ended_by_it(cast, gita, units):
    inge = factories.make_user("inge", Role.COORDINATOR, units.inspektorat)
    irban = factories.make_user("irban", Role.EVALUATOR, units.inspektorat)
    irban.assigned_bodies.set([units.inspektorat])
    also(irban, Role.OPERATOR, units.dinas)
    given = {"at": now(), "role": "evaluator", "unit_id": units.inspektorat.pk}
    with pytest.raises(PermissionDenied):
        posts.end_post(person=irban, actor=inge, **given)
    take_up(irban, "operator", units.dinas)
    with pytest.raises(PermissionDenied):
        posts.end_post(person=fresh(irban), actor=inge, **given)
    posts.end_post(person=fresh(irban), actor=gita, **given)


def test_the_form_of_the_account_leaves_several_posts_alone(rina, units, signed_in, gita):
    client = signed_in(gita)
    page = client.get(reverse("sakip:user-edit", args=[rina.pk]))
    assert not {"role", "unit"} & page.context["form"].fields.keys()
    data = {"name": "Rina Baru", "username": "rina", "is_active": "on", "version": 0}
    data |= {"role": "leader", "unit": units.umum.pk}
    assert client.post(page.request["PATH_INFO"], data).status_code == 302
    assert (fresh(rina).name, fresh(rina).role) == ("Rina Baru", "operator")
    assert len(fresh(rina).seats) == 2


def test_a_workbook_does_not_guess_which_post_it_means(rina, gita, units):
    head = ["Nama pengguna", "Nama", "Unit"]
    book = {"Pengguna": [head, ["rina", "Rina Baru", "Biro Umum"]]}
    plan = plan_of("units", gita, upload(book))
    assert ["beberapa penugasan" in problem.message for problem in plan.errors] == [True]
    book = {"Pengguna": [head[:2], ["rina", "Rina Baru"]]}
    assert not plan_of("units", gita, upload(book)).errors


def test_the_list_of_people_costs_the_same_for_many(sari, units):
    def queries():
        with CaptureQueriesContext(connection) as counted:
            sari.get(reverse("sakip:user-list"))
        return len(counted)

    also(factories.make_user("dua", Role.OPERATOR, units.dinas), Role.OPERATOR, units.umum)
    queries()
    few = queries()
    for number in range(20):
        person = factories.make_user(f"orang{number}", Role.OPERATOR, units.dinas)
        also(person, Role.OPERATOR, units.umum)
    assert queries() == few


# ── History ─────────────────────────────────────────────────────────────────────────────────────
def test_the_history_says_in_which_post(rina, cast, units, renaksi):
    perform(action="submit", renaksi=renaksi, actor=rina, at=now())
    take_up(rina, "coordinator", units.dinas)
    entry = HistoryEntry.objects.about(renaksi).get()
    assert (entry.actor_role, entry.actor_unit) == ("operator", "Biro Organisasi")
    (act,) = story_of(renaksi).acts
    assert act.sentence.who == "Rina, sebagai Operator Biro Organisasi,"
    also(units.dinas.people.get(username="sari"), Role.LEADER, units.dinas)
    save_user(user=cast.umar, actor=cast.kadir, at=now(), name="Umar Baru")
    assert tell(HistoryEntry.objects.about(cast.umar).get()).who == "Kadir"


def test_a_post_that_ended_is_still_named(rina, cast, units, renaksi):
    perform(action="submit", renaksi=renaksi, actor=rina, at=now())
    given = {"role": "operator", "unit_id": units.organisasi.pk}
    posts.end_post(person=rina, actor=cast.kadir, at=now(), **given)
    assert "sebagai Operator Biro Organisasi" in HistoryEntry.objects.about(renaksi).first().who


def test_the_admin_site_refuses_a_second_post_of_the_same_kind(rina, units, signed_in):
    """In words beside the field, and nothing is written."""
    client = signed_in(factories.make_user("root", "", is_superuser=True, is_staff=True))
    page = reverse("admin:sakip_user_change", args=[rina.pk])
    form = client.get(page).context["adminform"].form
    data = {bound.name: bound.value() for bound in form}
    data = {name: value for name, value in data.items() if value or str(value) == "0"}
    data |= {"role": "coordinator", "unit": units.dinas.pk}
    refused = client.post(page, data)
    assert "sudah memegang" in str(refused.context["adminform"].form.errors["unit"])
    assert fresh(rina).role == Role.OPERATOR


def test_the_unit_list_counts_people_by_all_their_posts(rina, units, signed_in, cast):
    def counted():
        rows = signed_in(cast.sari).get(reverse("sakip:unit-list")).context["rows"]
        return {row["unit"]: row["people"] for row in rows}

    assert counted()[units.dinas] == 2
    take_up(rina, "coordinator", units.dinas)
    assert counted()[units.dinas] == 2


def test_a_unit_with_an_evaluator_acting_elsewhere_stays_in_the_inspectorate(gita, cast, units):
    also(cast.dewi, Role.OPERATOR, units.dinas)
    take_up(cast.dewi, "operator", units.dinas)
    with pytest.raises(ValidationError, match="masih mempunyai evaluator aktif"):
        save_record(record=units.inspektorat, actor=gita, at=now(), kind="body")


# ── What a person does elsewhere is not told ────────────────────────────────────────────────────
@pytest.fixture
def dedi(units, renaksi):
    """Operator of Biro Organisasi who acts as operator of Dinas Pariwisata now; petugas of the item."""
    dedi = also(
        factories.make_user("dedi", Role.OPERATOR, units.dinas), "operator", units.organisasi
    )
    Renaksi.objects.filter(pk=renaksi.pk).update(person=dedi)
    return dedi


@pytest.mark.parametrize("status", ["open", "submitted"])
@pytest.mark.parametrize("page", ["renaksi-plan", "hand-over-person", "renaksi-bulk"])
def test_a_choice_of_people_names_units_within_reach(dedi, cast, renaksi, signed_in, page, status):
    Renaksi.objects.filter(pk=renaksi.pk).update(status=status)
    args = [renaksi.pk] if page == "renaksi-plan" else []
    address = reverse(f"recommendations:{page}", args=args)
    page = signed_in(cast.kadir).get(address, {"renaksi": renaksi.pk}).content.decode()
    assert f"{dedi} (Biro Organisasi)" in page and "Dinas Pariwisata" not in page


def test_the_filter_of_people_offers_units_within_reach(dedi, cast, signed_in):
    page = signed_in(cast.kadir).get("/pengaturan/pengguna/").content.decode()
    assert str(dedi) in page and "Dinas Pariwisata" not in page


def test_the_table_takes_a_petugas_who_acts_elsewhere(dedi, cast, units, evaluation):
    names = EntryNames(evaluation)
    assert (str(dedi), "Biro Organisasi") in names.offered_people
    found = names.find_person(str(dedi), [units.organisasi])
    assert found == dedi and names.places[found] == units.organisasi
