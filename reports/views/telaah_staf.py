"""The Telaah Staf: list, read, print, and mend its words."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from reports import services
from reports.documents import telaah_staf as document
from reports.forms import TelaahStafBlockForm, TelaahStafForm
from reports.models import TelaahStaf, TelaahStafBlock
from reports.permissions import telaah_staf_policy
from reports.production import Order
from reports.views.downloads import download
from sakip.errors import require


@require_safe
def telaah_staf_list(request):
    require(telaah_staf_policy.check(request.user, "view"))
    found = TelaahStaf.objects.visible_to(request.user).select_related("evaluation__unit")
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    return render(request, "reports/telaah_staf_list.html", {"page": page})


@require_safe
def telaah_staf_detail(request, pk):
    telaah_staf = _load(request.user, pk)
    context = document.context(telaah_staf, request.user, on_screen=True)
    context["may_edit"] = telaah_staf_policy.check(request.user, "edit", telaah_staf)
    return render(request, "reports/telaah_staf_detail.html", context)


@require_safe
def telaah_staf_pdf(request, pk):
    return download(request, Order(name="telaah-staf", format="pdf", document_id=pk))


@require_http_methods(["GET", "HEAD", "POST"])
def telaah_staf_edit(request, pk):
    telaah_staf = _load(request.user, pk)
    require(telaah_staf_policy.check(request.user, "edit", telaah_staf))
    form = TelaahStafForm(request.POST or None, instance=telaah_staf, user=request.user)
    if form.is_valid():
        services.save_telaah_staf(form=form, actor=request.user)
        messages.success(request, "Kepala surat Telaah Staf disimpan.")
        return redirect(telaah_staf)
    context = {"telaah_staf": telaah_staf, "form": form, "heading": "Ubah kepala surat"}
    return render(request, "reports/telaah_staf_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def telaah_staf_text(request, pk):
    block = get_object_or_404(
        TelaahStafBlock.objects.select_related("section"),
        pk=pk,
        kind=TelaahStafBlock.Kind.TEXT,
        section__telaah_staf__in=TelaahStaf.objects.visible_to(request.user),
    )
    telaah_staf = _load(request.user, block.section.telaah_staf_id)
    require(telaah_staf_policy.check(request.user, "edit", telaah_staf))
    form = TelaahStafBlockForm(request.POST or None, instance=block)
    if form.is_valid():
        services.save_telaah_staf_text(form=form, telaah_staf=telaah_staf, actor=request.user)
        messages.success(request, f"Teks bagian {block.section.heading} disimpan.")
        return redirect(telaah_staf)
    context = {"telaah_staf": telaah_staf, "form": form, "heading": block.section.heading}
    return render(request, "reports/telaah_staf_form.html", context)


def _load(user, pk):
    if telaah_staf := document.load(user, pk):
        return telaah_staf
    raise Http404("Telaah Staf ini tidak ada.")
