"""Every address of the site, by storey. Public pages come last: Wagtail answers what nobody else claims."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import JavaScriptCatalog, set_language
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from intranet.desk.views import design

handler500 = "intranet.config.trouble.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("intranet.config.account_urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("ngon-ngu/", set_language, name="set_language"),
    path(f"loi-dich/{settings.RELEASE}.js", JavaScriptCatalog.as_view(), name="javascript_catalog"),
    path("live/", include("intranet.live.urls")),
    path("tep/", include("intranet.files.urls")),
    path("to-chuc/", include("intranet.organization.urls")),
    path("ban-lam-viec/", include("intranet.desk.urls")),
    path("hop/", include("meetings.urls")),
    path("hop-thu/", include("mailbox.urls")),
    path("", include("public_site.urls")),
    path("", include(wagtail_urls)),
]
if settings.DEBUG:
    urlpatterns.insert(0, path("design/", design))
