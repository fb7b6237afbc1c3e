"""Meetings taken along on a device: whose, with which key, until when."""

from django.db import models

from .seats import Seat


class Pack(models.Model):
    """What one seat has on one device. It goes with the seat, and the key with it."""

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="packs")
    device = models.UUIDField()
    """Made by the browser, kept until somebody signs out there."""
    key = models.CharField(max_length=64)
    """32 random bytes in hexadecimal digits; the keys of manifest and papers are derived from it, see
    rules.offline."""
    taken_at = models.DateTimeField(auto_now_add=True)
    until = models.DateTimeField()
    """The end of the lease as it was last handed out."""
    total = models.PositiveSmallIntegerField(default=0)
    """Papers that can be taken along, as the manifest counted them when it was last handed out …"""
    ready = models.PositiveSmallIntegerField(default=0)
    """… and how many of them the device says it holds whole."""
    checked_at = models.DateTimeField(null=True)
    """When it last said so."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seat", "device"], name="pack_once_per_device")]

    def __str__(self) -> str:
        return f"{self.seat_id} {self.ready}/{self.total}"
