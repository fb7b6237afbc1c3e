"""Page types of the public portal, what they are sorted by, and who the site belongs to."""

from .home import HomePage
from .legal import LegalDocumentIndexPage, LegalDocumentPage, LegalDocumentType, Validity
from .listing import Kind, Listing
from .news import ArticlePage, NewsCategory, NewsIndexPage
from .procedure import (
    LifeEvent,
    OnlineLevel,
    ProcedureField,
    ProcedureIndexPage,
    ProcedurePage,
    TimeUnit,
    Trust,
)
from .site import Agency
from .standard import StandardPage

__all__ = [
    "Agency",
    "ArticlePage",
    "HomePage",
    "Kind",
    "LegalDocumentIndexPage",
    "LegalDocumentPage",
    "LegalDocumentType",
    "LifeEvent",
    "Listing",
    "NewsCategory",
    "NewsIndexPage",
    "OnlineLevel",
    "ProcedureField",
    "ProcedureIndexPage",
    "ProcedurePage",
    "StandardPage",
    "TimeUnit",
    "Trust",
    "Validity",
]
