import pytest

from cms import actions
from tests.factories.cms import as_stored, portal_kept
from tests.factories.organization import PersonFactory


@pytest.fixture(scope="module")
def portal_of_all(django_db_setup, django_db_blocker):
    with portal_kept(django_db_blocker) as portal:
        yield portal


@pytest.fixture
def portal(portal_of_all, db):
    return as_stored(portal_of_all)


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
