import pytest

from cms import actions
from tests.factories.cms import ArticleFacts, LegalDocumentFacts, ProcedureFacts, build_portal


@pytest.fixture
def portal(db):
    return build_portal()


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
