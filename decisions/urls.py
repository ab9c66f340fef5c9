from django.urls import path, re_path

from decisions.views import listed, pictures, reading, site, ways_in

app_name = "decisions"
urlpatterns = [
    path("", ways_in.home, name="home"),
    path("decisions/", listed.decision_list, name="list"),
    path("decisions/picture/", pictures.picture, name="picture"),
    path("decisions/picture.csv", pictures.picture_csv, name="picture-csv"),
    path("decisions/<str:reference>/", reading.decision, name="decision"),
    path("decisions/<str:reference>/history/", reading.history, name="history"),
    path("decisions/<str:reference>/quote/", reading.quote, name="quote"),
    path("suggest/", listed.suggestions, name="suggestions"),
    path("reasons/", ways_in.reasons, name="reasons"),
    path("reasons/<slug:code>/", ways_in.reason, name="reason"),
    path("laws/", ways_in.laws, name="laws"),
    path("laws/<slug:key>/", ways_in.law, name="law"),
    path("councils/", ways_in.councils, name="councils"),
    path("councils/<slug:slug>/", ways_in.council, name="council"),
    path("categories/", ways_in.categories, name="categories"),
    re_path(r"^categories/(?P<path>[\w-]+(?:/[\w-]+)?)/$", ways_in.category, name="category"),
    path("help/", site.help_page, name="help"),
    path("about/", site.about, name="about"),
    path("robots.txt", site.robots, name="robots"),
]
