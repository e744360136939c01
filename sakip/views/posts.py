"""Pages of people's posts: coordinators add and end them, everybody switches between the own ones."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from sakip.converters import key_of
from sakip.editing import attempt, posted
from sakip.errors import WrongState
from sakip.forms.posts import PersonPostForm, PostForm
from sakip.models import User
from sakip.services import posts as services
from sakip.sign_in.rate_limits import Limit
from sakip.views.records import for_coordinators

UNKNOWN_PEOPLE = Limit("orang", most=20, minutes=10)


@require_http_methods(["GET", "HEAD", "POST"])
@for_coordinators
def user_posts(request, pk):
    """The posts of a person that are within the reach of the coordinator, and one more."""
    person = get_object_or_404(User.objects.posted_within(request.user), pk=pk)
    form = PostForm(*posted(request), user=request.user)
    if form.is_valid() and attempt(request, form, services.add_post, person=person):
        messages.success(request, f"Penugasan {person} ditambahkan.")
        return redirect("sakip:user-posts", person.pk)
    seats = [seat for seat in person.seats if services.may_see(request.user, seat)]
    context = {
        "form": form,
        "person": person,
        "seats": seats,
        "ending": [seat.post_code for seat in seats if services.may_end(request.user, seat)],
        "has_several": len(person.seats) > 1,
        "manages": User.objects.manageable_by(request.user).filter(pk=pk).exists(),
    }
    return render(request, "sakip/user_posts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_coordinators
def post_create(request):
    """Finds a person by a whole NIP or address; who keeps guessing them has to wait."""
    if UNKNOWN_PEOPLE.is_reached(request):
        return UNKNOWN_PEOPLE.refusal(request)
    form = PersonPostForm(*posted(request), user=request.user)
    if form.is_valid():
        cleaned = dict(form.cleaned_data)
        person = cleaned.pop("who")
        if attempt(request, form, services.add_post, cleaned=cleaned, person=person):
            messages.success(request, f"Penugasan {person} ditambahkan.")
            return redirect("sakip:user-posts", person.pk)
    if form.is_bound and form.has_error("who"):
        UNKNOWN_PEOPLE.count(request)
    return render(request, "sakip/post_form.html", {"form": form})


@require_POST
@for_coordinators
def post_end(request, pk):
    person = get_object_or_404(User.objects.posted_within(request.user), pk=pk)
    form = _Named(request)
    if attempt(request, form, services.end_post, person=person):
        messages.success(request, f"Satu penugasan {person} diakhiri.")
    for message in form.errors:
        messages.error(request, message)
    still_there = User.objects.posted_within(request.user).filter(pk=pk).exists()
    return redirect("sakip:user-posts", pk) if still_there else redirect("sakip:user-list")


@require_POST
def post_take_up(request):
    """The person goes on in another of their own posts, and returns to the page that asked for it."""
    named = _Named(request)
    services.take_up(user=request.user, **named.cleaned_data)
    following = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(following, {request.get_host()}, request.is_secure()):
        following = reverse("reports:home")
    return redirect(following)


class _Named:
    """The post that a button names, as `attempt` wants it."""

    fields = ()

    def __init__(self, request):
        role, _, unit = request.POST.get("post", "").partition(":")
        if key_of(unit) is None:
            raise WrongState(services.ENDED)
        self.cleaned_data = {"role": role, "unit_id": key_of(unit)}
        self.errors = []

    def add_error(self, name, error):
        self.errors += error.messages
