"""The addresses of the website."""

from django.urls import path, re_path

from decisions.web.views import (
    browse,
    charts,
    data,
    decision,
    guide,
    home,
    mementos,
    mistakes,
    search,
    site,
    sitemap,
    standards,
)

app_name = "decisions"
urlpatterns = [
    path("", home.home, name="home"),
    path("decisions/", search.decision_list, name="list"),
    path("decisions/charts/", charts.charts_page, name="charts"),
    path("decisions/charts.csv", charts.chart_csv, name="chart-csv"),
    path("decisions/options/", search.filter_options, name="options"),
    path("decisions/<str:reference>/", decision.decision, name="decision"),
    path("decisions/<str:reference>/history/", decision.history, name="history"),
    path("decisions/<str:reference>/quote/", decision.quote, name="quote"),
    re_path(
        r"^decisions/(?P<reference>[^/]+)/versions/(?P<digits>\d{14})/$",
        mementos.version,
        name="version",
    ),
    # An original's whole address follows, with its own slashes and question mark.
    re_path(r"^timegate/(?P<original>.*)$", mementos.timegate, name="timegate"),
    re_path(r"^timemap/(?P<original>.*)$", mementos.timemap, name="timemap"),
    path("suggest/", search.suggestions, name="suggestions"),
    path("reasons/", browse.reasons, name="reasons"),
    path("reasons/<slug:code>/", browse.reason, name="reason"),
    path("laws/", browse.laws, name="laws"),
    path("laws/<slug:key>/", browse.law, name="law"),
    path("councils/", browse.councils, name="councils"),
    path("councils/<slug:slug>/", browse.council, name="council"),
    path("categories/", browse.categories, name="categories"),
    re_path(r"^categories/(?P<path>[\w-]+(?:/[\w-]+)?)/$", browse.category, name="category"),
    path("can-i-complain/", guide.can_i_complain, name="can-i-complain"),
    path("glossary/", guide.glossary, name="glossary"),
    path("shelf/", site.shelf, name="shelf"),
    path("help/", site.help_page, name="help"),
    path("about/", site.about, name="about"),
    path("data/", data.data, name="data"),
    path("data/<slug:dump>/<path:name>", data.data_file, name="data-file"),
    path("report-a-mistake/", mistakes.report_mistake, name="report-mistake"),
    path("report-a-mistake/thanks/", mistakes.mistake_reported, name="mistake-reported"),
    path("robots.txt", site.robots, name="robots"),
    path(".well-known/security.txt", standards.security_txt, name="security-txt"),
    path("oembed/", standards.oembed, name="oembed"),
    path("sitemap.xml", sitemap.sitemap_index, name="sitemap"),
    path("sitemap-pages.xml", sitemap.sitemap_pages, name="sitemap-pages"),
    path("sitemap-decisions-<int:part>.xml", sitemap.sitemap_part, name="sitemap-part"),
]
