"""What a few people may see in each of their posts. Only the columns are read from which rights are made."""

from collections import defaultdict
from collections.abc import Iterable

from sakip.models import Post, User
from sakip.prepared import Prepared, attach
from sakip.querysets import load_reach

OF_RIGHTS = ("role", "unit__kind", "unit__parent", "evaluates_all")
PEOPLE = Prepared(
    lambda keys: (
        User.objects.filter(pk__in=keys)
        .only(*OF_RIGHTS, "is_active", "is_superuser", "username")
        .select_related("unit")
    )
)
POSTS = Prepared(
    lambda keys: (
        Post.objects.filter(person__in=keys).only(*OF_RIGHTS, "person").select_related("unit")
    )
)


def with_seats(keys: Iterable[int]) -> list[User]:
    """The people with these keys, their seats, and `reach` and `lineage` of each. Three to five queries."""
    wanted = sorted(keys)
    people, posts = PEOPLE(wanted), defaultdict(list)
    for post in POSTS(wanted):
        posts[post.person_id].append(post)
    for person in people:
        attach(person, "other_posts", posts[person.pk], back="person")
    load_reach(people, lambda seat: not seat.evaluates_all)
    return people
