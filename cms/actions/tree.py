"""Putting a page into the tree, and bringing it to the public."""

import json
from typing import Any

from django.db.models import F
from wagtail.fields import StreamField
from wagtail.models import Page


def lock(page: Page) -> None:
    """Hold the row of `page` until the transaction ends: two writers must not number their children alike."""
    Page.objects.filter(pk=page.pk).update(numchild=F("numchild"))
    page.refresh_from_db(fields=["path", "numchild", "url_path"])


def place(actor: Any, parent: Page, page: Any, values: dict[str, Any], *, state: str = "published") -> Any:
    """Write `values` into `page`, new below `parent` or already there, and take it to `state`.

    `state` is "published", "draft" or "in_review". The rules have been asked by the caller.
    """
    lock(parent)
    for name, value in values.items():
        is_raw = isinstance(page._meta.get_field(name), StreamField) and isinstance(value, list)
        setattr(page, name, json.dumps(value) if is_raw else value)
    if page.pk is None:
        page.live = False
        page.has_unpublished_changes = True
        page.owner = actor
        parent.add_child(instance=page)
    revision = page.save_revision(user=actor, clean=True)
    if state == "published":
        revision.publish(user=actor, skip_permission_checks=True)
    elif state == "in_review" and not page.workflow_in_progress:
        page.get_workflow().start(page, actor)
    page.refresh_from_db()
    return page
