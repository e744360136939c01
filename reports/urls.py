from django.urls import path

from reports import home

app_name = "reports"
urlpatterns = [
    path("", home.home, name="home"),
]
