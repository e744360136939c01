"""The first page of a superuser without role."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sakip.editing import attempt, posted
from sakip.forms.office import OfficeForm
from sakip.services.office import begin_office


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request):
    if not request.user.is_superuser or request.user.role:
        raise Http404("Halaman ini hanya untuk administrator yang belum mempunyai peran.")
    form = OfficeForm(posted(request)[0])
    if form.is_valid() and attempt(request, form, begin_office):
        messages.success(request, "Anda sekarang koordinator. Ikuti langkah awal di bawah.")
        return redirect("reports:home")
    return render(request, "sakip/office_form.html", {"form": form})
