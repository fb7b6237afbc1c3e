import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from wagtail.models import GroupPagePermission, Page, Site, Workflow

from cms import actions
from cms.models import Agency, ArticlePage, Listing, ProcedurePage
from intranet.audit.models import Entry
from intranet.lib.errors import RuleBroken
from tests.factories.cms import COMMUNE, EVENTS, FIELDS, ArticleFacts, LegalDocumentFacts, ProcedureFacts


def test_site_is_built_once(portal):
    before = Page.objects.count()
    again = actions.build_site(None, commune=COMMUNE)
    assert again.home.pk == portal.home.pk
    assert Page.objects.count() == before
    assert Site.objects.get().root_page_id == portal.home.pk
    agency = Agency.for_site(Site.objects.get())
    assert agency.full_name == "Ủy ban nhân dân xã Thử"
    assert [row.value["weekdays"] for row in agency.hours] == [["0", "1", "2", "3", "4"]]


def test_procedure_is_known_by_its_code(portal):
    facts = ProcedureFacts(code="1.001193", name="Đăng ký khai sinh")
    page = actions.publish_procedure(None, index=portal.procedures, **facts)
    again = actions.publish_procedure(None, index=portal.procedures, **facts | {"summary": "Mới."})
    assert (page.pk, page.slug, again.summary) == (again.pk, "dang-ky-khai-sinh", "Mới.")
    assert (again.time_amount, again.time_unit) == (3, "working_day")
    assert Listing.objects.get(pk=page.pk).summary == "Mới."
    assert Entry.objects.filter(action="cms.publish_procedure").count() == 2


def test_two_procedures_of_one_name_have_two_addresses(portal):
    slugs = {
        actions.publish_procedure(None, index=portal.procedures, **ProcedureFacts(name="Tách thửa")).slug
        for _ in range(2)
    }
    assert slugs == {"tach-thua", "tach-thua-2"}


def test_life_events_join_their_procedures(portal):
    page = actions.publish_procedure(None, index=portal.procedures, **ProcedureFacts(code="1.001193"))
    actions.sort_procedures(None, fields=FIELDS, life_events=[EVENTS[0] | {"procedures": ["1.001193"]}])
    assert [event.code for event in Listing.objects.get(pk=page.pk).life_events.all()] == ["sinh-con"]


@pytest.mark.parametrize(("state", "is_live"), [("published", True), ("draft", False), ("in_review", False)])
def test_article_takes_its_state(portal, editor, approver, state, is_live):
    author = approver if is_live else editor
    page = actions.publish_article(author, index=portal.news, state=state, **ArticleFacts())
    assert page.live is is_live
    assert Listing.objects.filter(pk=page.pk).exists() is is_live
    assert bool(page.workflow_in_progress) is (state == "in_review")


def test_document_carries_its_file(portal):
    page = actions.publish_legal_document(
        None, index=portal.documents, file=ContentFile(b"%PDF-1.7", name="qd.pdf"), **LegalDocumentFacts()
    )
    listing = Listing.objects.get(pk=page.pk)
    assert listing.document.file_size == 8
    assert listing.validity == "in_force"


def test_unpublishing_takes_a_page_out_of_the_listing(portal):
    page = actions.publish_article(None, index=portal.news, **ArticleFacts())
    page.unpublish()
    assert not Listing.objects.filter(pk=page.pk).exists()


def test_deleting_takes_a_page_out_of_the_listing(portal):
    actions.publish_article(None, index=portal.news, **ArticleFacts()).delete()
    assert not Listing.objects.filter(kind="article").exists()


def test_relisting_makes_the_same_rows(portal):
    actions.publish_procedure(None, index=portal.procedures, **ProcedureFacts())
    actions.publish_article(None, index=portal.news, **ArticleFacts())
    before = list(Listing.objects.order_by("pk").values())
    Listing.objects.all().delete()
    assert actions.relist_everything() == 4  # with the pages about and contact
    assert (
        list(Listing.objects.filter(pk__in=[row["page_id"] for row in before]).order_by("pk").values())
        == before
    )


def test_editor_may_not_publish_by_action(portal, editor):
    with pytest.raises(RuleBroken):
        actions.publish_article(editor, index=portal.news, **ArticleFacts())
    with pytest.raises(RuleBroken):
        actions.publish_procedure(editor, index=portal.procedures, **ProcedureFacts())
    assert not ArticlePage.objects.exists()
    assert not ProcedurePage.objects.exists()


def test_stranger_may_not_write(portal, editorial, django_user_model):
    stranger = django_user_model.objects.create(username="nguoi-la")
    with pytest.raises(RuleBroken):
        actions.publish_article(stranger, index=portal.news, state="draft", **ArticleFacts())


def test_installing_the_workflow_again_changes_nothing(editorial):
    rights = list(GroupPagePermission.objects.order_by("pk").values())
    assert actions.install_editorial_workflow(None) == editorial
    assert list(GroupPagePermission.objects.order_by("pk").values()) == rights
    assert set(Group.objects.values_list("name", flat=True)) == {"Biên tập viên", "Người duyệt"}
    assert Workflow.objects.get().name == "Duyệt bài trước khi đăng"


def test_workflow_moves_from_editor_to_public(portal, editor, approver):
    page = actions.publish_article(editor, index=portal.news, state="in_review", **ArticleFacts())
    task = page.current_workflow_task
    task_state = page.current_workflow_task_state
    assert [action[0] for action in task.get_actions(page, editor)] == []
    assert "approve" in [action[0] for action in task.get_actions(page, approver)]
    task.on_action(task_state, approver, "approve")
    page.refresh_from_db()
    assert page.live
    assert Listing.objects.filter(pk=page.pk).exists()


def test_photo_needs_a_description(portal):
    page = actions.publish_article(None, index=portal.news, **ArticleFacts())
    page.photo_id = 1
    with pytest.raises(ValidationError) as broken:
        page.clean()
    assert "photo_alt" in broken.value.error_dict


def test_verified_needs_who_and_when(portal):
    page = actions.publish_procedure(None, index=portal.procedures, **ProcedureFacts())
    page.trust = "verified"
    with pytest.raises(ValidationError):
        page.clean()


def test_code_belongs_to_one_procedure(portal):
    facts = ProcedureFacts()
    actions.publish_procedure(None, index=portal.procedures, **facts)
    other = actions.publish_procedure(None, index=portal.procedures, **ProcedureFacts())
    other.code = facts["code"]
    with pytest.raises(ValidationError):
        other.clean()
