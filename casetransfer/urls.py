"""The site map."""

from django.urls import include, path

from casetransfer import figures, health, help_pages, home

urlpatterns = [
    path("", home.home, name="home"),
    path("reports/", figures.reports, name="reports"),
    path("reports/map/", figures.reports_map, name="reports_map"),
    path("help/", help_pages.contents, name="help"),
    path("help/changes/", help_pages.changes, name="changes"),
    path("help/accessibility/", help_pages.accessibility, name="accessibility"),
    path("help/components/", help_pages.gallery, name="gallery"),
    path("", include("teams.urls")),
    path("cases/", include("cases.urls")),
    path("", include("cases.notice_urls")),
    path("", include("transfers.urls")),
    path("", include("transfers.radar_urls")),
    path("", include("closures.urls")),
    path("contacts/", include("cases.contacts.urls")),
    path("settings/imports/", include("cases.imports.urls")),
    path("restricted/", include("cases.restricted_urls", namespace="restricted")),
    path("protocol/", include("casetransfer.protocol_pages.urls")),
    path("health/", health.whole, name="health"),
    path("health/live/", health.live, name="health_live"),
    path("health/ready/", health.ready, name="health_ready"),
]

handler400 = "casetransfer.errors.bad_request"
handler403 = "casetransfer.errors.not_allowed"
handler404 = "casetransfer.errors.not_found"
handler500 = "casetransfer.errors.server_error"
