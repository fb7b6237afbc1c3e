"""The first page."""

from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from .page import PublicPage


class HomePage(PublicPage):
    """The root of the site. Its lists fill themselves; only the question and the examples are written."""

    question = models.CharField(_("question above the search box"), max_length=80, blank=True)
    intro = models.CharField(_("introduction"), max_length=300, blank=True)
    examples = StreamField(
        [("word", blocks.CharBlock(label=_("Words people search for"), max_length=40))],
        blank=True,
        max_num=6,
        verbose_name=_("examples under the search box"),
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("question"),
        FieldPanel("intro"),
        FieldPanel("examples"),
    ]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "cms.ProcedureIndexPage",
        "cms.LegalDocumentIndexPage",
        "cms.NewsIndexPage",
        "cms.StandardPage",
    ]
    max_count = 1

    class Meta:
        verbose_name = _("home page")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """The page at an address in two queries, however deep: Wagtail's own walk takes two a level."""
        if not path_components:
            return super().route(request, path_components)
        address = f"{self.url_path}{'/'.join(path_components)}/"
        page = Page.objects.filter(url_path=address, live=True).first()
        if page is None:
            raise Http404
        return RouteResult(page.specific)

    def search_summary(self) -> str:
        return str(self.search_description or self.intro)
