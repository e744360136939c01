"""The admin site: for superusers only, with the same sign-in page as the other pages."""

from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator


class SakipAdminSite(AdminSite):
    site_header = "Tindak Lanjut SAKIP: situs admin"
    site_title = "Tindak Lanjut SAKIP"
    index_title = "Data program"

    def has_permission(self, request):
        return request.user.is_active and request.user.is_superuser

    @method_decorator(login_not_required)
    def login(self, request, extra_context=None):
        """Redirects to our sign-in page: Django's own has no limit of attempts and no second factor."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied("Situs admin hanya untuk pengelola program.")
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))
