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
