"""What was done, by whom, in an order nobody can change unnoticed."""

from django.db import models


class Head(models.Model):
    """The last number and digest of one chain. The row is the chain's lock: taken last in a transaction."""

    chain = models.CharField(max_length=80, primary_key=True)
    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="")


class Entry(models.Model):
    """One act. Rows are only ever added: triggers in both databases refuse the rest.

    A chain is the smallest thing that is written in one order anyway (a meeting, the organisation), so that
    the log adds no queue of its own. The actor is kept by number and name, not by key: this storey lies
    below people.
    """

    chain = models.CharField(max_length=80)
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    action = models.CharField(max_length=80)
    target = models.CharField(max_length=120)
    facts = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["chain", "number"]
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="audit_entry_once")]
        indexes = [
            models.Index(fields=["target"], name="audit_entry_target"),
            models.Index(fields=["at"], name="audit_entry_at"),
        ]
