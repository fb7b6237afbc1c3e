"""Background work."""

from django_tasks import task

from . import actions


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
def destroy_key(name: str) -> None:
    """Remove the key of an urn that was counted, if the process that counted it could not."""
    actions.destroy_key(name)
