"""The addresses of the program, and those of the peer."""

from django.urls import path

from benchmarks.stock import site
from sakip.urls import *  # noqa: F403
from sakip.urls import urlpatterns as ours

urlpatterns = [path("stock/", site.urls), *ours]
