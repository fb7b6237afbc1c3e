"""Every write of the portal that is not made in Wagtail's own screens."""

from .editorial import Editorial, enrol, install_editorial_workflow
from .listing import list_page, relist_everything, unlist_page
from .publishing import publish_article, publish_legal_document, publish_procedure
from .site import Portal, build_site, set_notice, sort_news, sort_procedures

__all__ = [
    "Editorial",
    "Portal",
    "build_site",
    "enrol",
    "install_editorial_workflow",
    "list_page",
    "publish_article",
    "publish_legal_document",
    "publish_procedure",
    "relist_everything",
    "set_notice",
    "sort_news",
    "sort_procedures",
    "unlist_page",
]
