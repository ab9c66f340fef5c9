from django.urls import path, re_path

from decisions import views

app_name = "decisions"
urlpatterns = [
    path("", views.home, name="home"),
    path("decisions/", views.decision_list, name="list"),
    path("decisions/<str:reference>/", views.decision, name="decision"),
    path("decisions/<str:reference>/history/", views.history, name="history"),
    path("suggest/", views.suggestions, name="suggestions"),
    path("reasons/", views.reasons, name="reasons"),
    path("laws/", views.laws, name="laws"),
    path("laws/<slug:key>/", views.law, name="law"),
    path("councils/", views.councils, name="councils"),
    path("councils/<slug:slug>/", views.council, name="council"),
    path("categories/", views.categories, name="categories"),
    re_path(r"^categories/(?P<path>[\w-]+(?:/[\w-]+)?)/$", views.category, name="category"),
    path("help/", views.help_page, name="help"),
    path("about/", views.about, name="about"),
    path("robots.txt", views.robots, name="robots"),
]
