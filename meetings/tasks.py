"""Background work."""

import datetime

from django.utils import timezone
from django_tasks import task

from . import actions

COMPARE_AGAIN = datetime.timedelta(seconds=2)
COMPARE_TRIES = 20


@task(backend="background")
def rehearse(rehearsal_id: int) -> None:
    """Hold a rehearsal; the worker does nothing else meanwhile, for `measures.SECONDS` at most."""
    actions.rehearse(rehearsal_id)


@task(backend="background")
def clear_rehearsals() -> None:
    """Remove what a killed rehearsal left behind."""
    actions.clear_rehearsals()


@task(backend="background")
def close_due(meeting_id: int) -> None:
    """Close and count the votes whose time has run out, if no browser has looked meanwhile."""
    actions.close_due(meeting_id)


@task(backend="background")
def delete_marks(meeting_id: int) -> None:
    """Delete what was drawn on the papers of a meeting, on the day its body lays down."""
    actions.delete_marks(meeting_id)


@task(backend="background")
def compare_versions(paper_id: int, tries: int = 0) -> None:
    """Say which pages a new version changes; asked again while its words are being read, a while at most."""
    if not actions.compare_versions(paper_id) and tries < COMPARE_TRIES:
        later = timezone.now() + COMPARE_AGAIN * (tries + 1)
        compare_versions.using(run_after=later).enqueue(paper_id, tries + 1)


@task(backend="background")
def destroy_key(name: str) -> None:
    """Remove the key of an urn that was counted, if the process that counted it could not."""
    actions.destroy_key(name)
