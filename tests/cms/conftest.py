import pytest

from cms import actions
from tests.factories.cms import build_portal
from tests.factories.organization import PersonFactory


@pytest.fixture
def portal(db):
    return build_portal()


@pytest.fixture
def editorial(portal):
    return actions.install_editorial_workflow(None)


@pytest.fixture
def editor(editorial):
    person = PersonFactory(username="bientap")
    actions.enrol(None, person, group=editorial.editors)
    return person


@pytest.fixture
def approver(editorial):
    person = PersonFactory(username="duyet")
    actions.enrol(None, person, group=editorial.approvers)
    return person
