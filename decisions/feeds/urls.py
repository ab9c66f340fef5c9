"""The addresses of the feeds."""

from django.urls import path

from decisions.feeds import views

app_name = "feeds"
urlpatterns = [
    path("decisions/feed.atom", views.atom_feed, name="atom"),
    path("decisions/feed.json", views.json_feed, name="json"),
]
