import pytest

from cms import actions
from tests.factories.cms import (
    ArticleFacts,
    LegalDocumentFacts,
    ProcedureFacts,
    as_stored,
    portal_kept,
)


@pytest.fixture(scope="module")
def portal_of_all(django_db_setup, django_db_blocker):
    with portal_kept(django_db_blocker) as portal:
        yield portal


@pytest.fixture
def portal(portal_of_all, db):
    return as_stored(portal_of_all)


@pytest.fixture
def procedure(portal):
    """Publishes a procedure with the facts given."""
    return lambda **facts: actions.publish_procedure(None, index=portal.procedures, **ProcedureFacts(**facts))


@pytest.fixture
def article(portal):
    return lambda **facts: actions.publish_article(None, index=portal.news, **ArticleFacts(**facts))


@pytest.fixture
def document(portal):
    return lambda **facts: actions.publish_legal_document(
        None, index=portal.documents, **LegalDocumentFacts(**facts)
    )
