"""Several posts of one person: adding, ending, and taking up another one.

The account holds the post in which the person acts; `Post` holds the others. Only these functions
move a post from one to the other.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from sakip.errors import WrongState
from sakip.history.write import record
from sakip.models import Post, Unit, User
from sakip.roles import Role
from sakip.services.authority import check_separation, is_appointer
from sakip.services.departures import why_not_gone
from sakip.services.records import lock_record, require_coordinator
from sakip.services.users import check_reach_given
from sakip.writing import raise_version

ENDED = "Penugasan ini sudah berakhir atau diubah. Buka lagi halamannya."
TWICE = "Orang ini sudah memegang peran itu di unit itu."
OWN = "Penugasan sendiri diubah oleh koordinator lain."
LAST = "Ini penugasan satu-satunya. Nonaktifkan akunnya bila orangnya tidak bertugas lagi."
EVALUATOR = (  # else a body could keep an evaluator from judging it by giving them a post
    "Penugasan lain bagi seorang evaluator hanya diberikan oleh koordinator provinsi atau Inspektorat."
)
BEYOND = "Penugasan ini di luar jangkauan Anda."
NOBODY = "Tidak ada akun aktif dengan NIP atau alamat surel ini. Periksa tulisannya."
SEVERAL = "Ada beberapa akun dengan alamat ini. Tulis NIP-nya."
HOW = "Tulis NIP (18 angka) atau alamat surel lengkap."


def find_person(text: str) -> User:
    """The one active person with exactly this NIP or e-mail address. Raises ValidationError.

    A coordinator may not list the people of other bodies, so only a whole NIP or address finds somebody.
    """
    text = "".join(text.split())
    people = User.objects.filter(is_active=True, is_superuser=False)
    if "@" in text:
        people = people.filter(email__iexact=text)
    elif len(text) == 18 and text.isdecimal():
        people = people.filter(nip=text)
    else:
        raise ValidationError({"who": HOW})
    found = list(people[:2])
    if len(found) != 1:
        raise ValidationError({"who": SEVERAL if found else NOBODY})
    return found[0]


@transaction.atomic
def add_post(*, person, actor, at, role, unit, evaluates_all=False, assigned_bodies=()) -> User:
    """Gives the person one more post. Raises ValidationError or PermissionDenied."""
    person = lock_record(person)
    _require_other(actor, person)
    if person.is_superuser or not person.is_active:
        raise PermissionDenied(BEYOND)
    post = Post(person=person, role=role, unit=unit, evaluates_all=evaluates_all)
    post.full_clean(validate_unique=False, validate_constraints=False)
    if (role, unit.pk) in {(seat.role, seat.unit_id) for seat in person.seats}:
        raise ValidationError({"unit": TWICE})
    if not is_appointer(actor) and Role.EVALUATOR in {seat.role for seat in person.seats}:
        raise ValidationError(EVALUATOR)
    bodies = list(assigned_bodies)
    check_reach_given(actor=actor, user=person.acting_in(post), assigned_bodies=bodies)
    taken = [
        *(seat.duty() for seat in person.seats),
        (role, unit.pk, frozenset(body.pk for body in bodies)),
    ]
    check_separation(taken)
    if person.role:
        post.save()
        post.assigned_bodies.set(bodies)
        raise_version(person)
    else:
        _write_into(person, post, bodies)
    person.__dict__.pop("seats", None)
    changes = [("post", "", _words(post, bodies))]
    record(actor=actor, at=at, action="add_post", target=person, changes=changes)
    return person


@transaction.atomic
def end_post(*, person, actor, at, role, unit_id) -> User:
    """Ends one of several posts. Who acts in it now goes on in another one."""
    person = lock_record(person)
    _require_other(actor, person)
    seat = _seat(person, role, unit_id)
    if not may_end(actor, seat):
        raise PermissionDenied(BEYOND)
    others = list(person.other_posts.select_related("unit"))
    if not others:
        raise ValidationError(LAST)
    _require_handed_over(person, seat)
    told = _words(seat, list(seat.judged_bodies.all()))
    if (person.role, person.unit_id) == (role, unit_id):
        following = others[0]
        _write_into(person, following, list(following.assigned_bodies.all()))
        following.delete()
    else:
        person.other_posts.filter(role=role, unit=unit_id).delete()
        raise_version(person)
    person.__dict__.pop("seats", None)
    record(actor=actor, at=at, action="end_post", target=person, changes=[("post", told, "")])
    return person


@transaction.atomic
def move_posts(*, person, from_unit, to_unit, actor, at, batch=None):
    """Moves the posts in which the person does not act now, as one part of a reorganisation."""
    held = {(seat.role, seat.unit_id) for seat in person.seats}
    for post in person.other_posts.filter(unit=from_unit).select_related("unit"):
        bodies = list(post.assigned_bodies.all())
        before = _words(post, bodies)
        if (post.role, to_unit.pk) in held:  # there already
            post.delete()
            changes = [("post", before, "")]
        else:
            post.unit = to_unit
            post.save(update_fields=["unit"])
            changes = [("post", before, _words(post, bodies))]
        record(actor=actor, at=at, action="edit", target=person, changes=changes, batch=batch)
    person.__dict__.pop("seats", None)


@transaction.atomic
def take_up(*, user, role, unit_id) -> User:
    """From now on the person acts in another of their posts. Raises WrongState when it has ended."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if (user.role, user.unit_id) == (role, unit_id):
        return user
    post = user.other_posts.filter(role=role, unit=unit_id).first()
    if post is None:
        raise WrongState(ENDED)
    rest = Post(person=user, role=user.role, unit=user.unit, evaluates_all=user.evaluates_all)
    resting, coming = list(user.assigned_bodies.all()), list(post.assigned_bodies.all())
    post.delete()
    if rest.role:
        rest.save()
        rest.assigned_bodies.set(resting)
    _write_into(user, post, coming)
    return user


def may_see(actor, seat) -> bool:
    return actor.reach is None or seat.unit_id in actor.reach


def may_end(actor, seat) -> bool:
    """Whether the coordinator `actor` decides on this post: it is within reach, and for an evaluator
    `actor` appoints evaluators and is not judged by this one."""
    if actor.governs_province or actor.reach is None:
        return True
    if seat.unit_id not in actor.reach:
        return False
    if seat.role != Role.EVALUATOR:
        return True
    judged = set(seat.judged_bodies.values_list("pk", flat=True))
    return is_appointer(actor) and not judged & Unit.objects.inspectorate()


def _require_handed_over(person, ending):
    """Work in which no other post of the person has a part is handed over first."""
    staying = [seat.unit for seat in person.seats if seat.post_code != ending.post_code]
    if reason := why_not_gone(person, staying):
        raise ValidationError(reason)


def _require_other(actor, person):
    require_coordinator(actor)
    if actor.pk == person.pk and not actor.is_superuser:
        raise ValidationError(OWN)


def _seat(person, role, unit_id):
    for seat in person.seats:
        if (seat.role, seat.unit_id) == (role, unit_id):
            return seat
    raise WrongState(ENDED)


def _write_into(user, post, bodies):
    """Makes `post` the one in which the person acts."""
    user.role, user.unit, user.evaluates_all = post.role, post.unit, post.evaluates_all
    user.version += 1
    user.save(update_fields=["role", "unit", "evaluates_all", "version"])
    user.assigned_bodies.set(bodies)
    user.forget_post()


def _words(post, bodies) -> str:
    judged = "semua perangkat daerah" if post.evaluates_all else ", ".join(map(str, bodies))
    words = f"{Role(post.role).label} · {post.unit}"
    return f"{words}, mengevaluasi {judged}" if judged else words
