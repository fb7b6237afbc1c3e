"""Keeps the listing in step with what Wagtail publishes."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished

from . import actions


@receiver(page_published)
def list_what_is_published(instance: Any, **_kwargs: Any) -> None:
    actions.list_page(instance)


@receiver(page_unpublished)
def unlist_what_is_withdrawn(instance: Any, **_kwargs: Any) -> None:
    actions.unlist_page(instance.pk)
