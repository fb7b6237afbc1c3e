"""Who writes and who approves."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from intranet.audit.actions import record

EDITORS = "Biên tập viên"
APPROVERS = "Người duyệt"
WORKFLOW = "Duyệt bài trước khi đăng"
STEP = "Người duyệt xem xét"
# What Wagtail creates by itself, under English names and with wider rights.
_STOCK_GROUPS = {"Editors": EDITORS, "Moderators": APPROVERS}
_STOCK_WORKFLOW = "Moderators approval"

PAGE_RIGHTS = {
    EDITORS: {"add_page", "change_page"},
    APPROVERS: {"add_page", "change_page", "publish_page", "lock_page", "unlock_page"},
}
COLLECTION_RIGHTS = {
    EDITORS: {
        "add_image",
        "change_image",
        "choose_image",
        "add_document",
        "change_document",
        "choose_document",
    },
    APPROVERS: {
        "add_image",
        "change_image",
        "choose_image",
        "add_document",
        "change_document",
        "choose_document",
    },
}
LISTS = ["newscategory", "legaldocumenttype", "procedurefield", "lifeevent"]
MODEL_RIGHTS = {
    EDITORS: set[str](),
    APPROVERS: {"change_agency", *(f"{verb}_{name}" for name in LISTS for verb in ("add", "change", "view"))},
}


@dataclass(frozen=True)
class Editorial:
    editors: Group
    approvers: Group
    workflow: Workflow


@transaction.atomic
def install_editorial_workflow(actor: Any) -> Editorial:
    """Make the groups of editors and approvers and the approval of every page. Repeating changes nothing.

    Editors write and send for approval, approvers publish. Wagtail's own groups and workflow are taken over.
    """
    groups = {name: _group(name) for name in (EDITORS, APPROVERS)}
    root = Page.get_first_root_node()
    for name, group in groups.items():
        _grant_pages(group, root, PAGE_RIGHTS[name])
        _grant_collections(group, COLLECTION_RIGHTS[name])
        group.permissions.set(
            Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin")
            | Permission.objects.filter(content_type__app_label="cms", codename__in=MODEL_RIGHTS[name])
        )
    workflow = _workflow(root, groups[APPROVERS])
    record(actor, "cms.install_editorial_workflow", f"workflow:{workflow.pk}", chain="cms")
    return Editorial(groups[EDITORS], groups[APPROVERS], workflow)


@transaction.atomic
def enrol(actor: Any, person: Any, *, group: Group) -> None:
    """Put `person` into the group of editors or of approvers."""
    person.groups.add(group)
    record(actor, "cms.enrol", f"person:{person.pk}", chain="cms", group=group.name)


def _group(name: str) -> Group:
    stock = next(old for old, new in _STOCK_GROUPS.items() if new == name)
    if not Group.objects.filter(name=name).exists():
        Group.objects.filter(name=stock).update(name=name)
    return Group.objects.get_or_create(name=name)[0]


def _grant_pages(group: Group, root: Page, codenames: set[str]) -> None:
    wanted = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codenames)
    GroupPagePermission.objects.filter(group=group).exclude(page=root, permission__in=wanted).delete()
    for permission in wanted:
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)


def _grant_collections(group: Group, codenames: set[str]) -> None:
    wanted = Permission.objects.filter(
        content_type__app_label__in=["wagtailimages", "wagtaildocs"], codename__in=codenames
    )
    collection = Collection.get_first_root_node()
    for permission in wanted:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=permission
        )


def _workflow(root: Page, approvers: Group) -> Workflow:
    if not Workflow.objects.filter(name=WORKFLOW).exists():
        Workflow.objects.filter(name=_STOCK_WORKFLOW).update(name=WORKFLOW, active=True)
        Task.objects.filter(name=_STOCK_WORKFLOW).update(name=STEP)
    workflow, _created = Workflow.objects.get_or_create(name=WORKFLOW, defaults={"active": True})
    task = GroupApprovalTask.objects.filter(name=STEP).first() or GroupApprovalTask.objects.create(name=STEP)
    task.groups.set([approvers])
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})
    return workflow
