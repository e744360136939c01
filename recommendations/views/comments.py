"""Comments on a renaksi."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from recommendations.forms.comments import CommentForm
from recommendations.services.comments import mentionable, write_comment
from recommendations.views.shared import find_renaksi
from sakip.editing import attempt, posted
from sakip.unsaved import keeps_typed


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed(CommentForm)
def comment_create(request, pk):
    """The form on its own, with the names it may mention; htmx puts the names into another page."""
    renaksi = find_renaksi(request, pk)
    form = CommentForm(*posted(request))
    if form.is_valid() and (comment := attempt(request, form, write_comment, renaksi=renaksi)):
        messages.success(request, "Komentar ditambahkan.")
        return redirect(f"{renaksi.get_absolute_url()}#komentar-{comment.pk}")
    people = mentionable(renaksi, request.user)
    if request.htmx:
        return render(request, "recommendations/comment_people.html", {"people": people})
    context = {"renaksi": renaksi, "form": form, "people": people}
    return render(request, "recommendations/comment_form.html", context)
