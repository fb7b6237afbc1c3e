"""Several places held together by one meeting: the main hall and the places connected to it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .meeting import Meeting


class Site(models.Model):
    """One place ("điểm cầu") of a meeting. A meeting in one hall has none."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="sites")
    name = models.CharField(_("name of the site"), max_length=120)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "name"], name="site_name_once"),
            models.CheckConstraint(condition=models.Q(position__gte=1), name="site_position_from_one"),
        ]

    def __str__(self) -> str:
        return self.name
