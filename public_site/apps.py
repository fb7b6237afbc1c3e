from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicSiteConfig(AppConfig):
    name = "public_site"
    verbose_name = _("Public site")

    def ready(self) -> None:
        from cms.registry import register_page_view

        from . import views

        for page_type, view in views.PAGE_VIEWS.items():
            register_page_view(page_type, view)
