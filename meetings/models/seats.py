"""Who sits in a meeting, as what, and through which web process they are connected."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .agenda import AgendaItem
from .meeting import Meeting
from .sites import Site


class Role(models.TextChoices):
    """What a seat may see and do; the order is that of lists."""

    CHAIR = "chair", _("Chair")
    SECRETARY = "secretary", _("Secretary")
    DELEGATE = "delegate", _("Delegate")
    INVITED = "invited", _("Invited to single items")
    OBSERVER = "observer", _("Observer")
    HALL = "hall", _("Hall screen")


class Seat(models.Model):
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="seats")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="seats")
    role = models.CharField(_("role"), max_length=10, choices=Role)
    post = models.CharField(_("post"), max_length=200, blank=True)
    """The person's post on the day they were seated: a closed meeting keeps it."""
    items = models.ManyToManyField(AgendaItem, blank=True, related_name="invited_seats")
    """For the invited: the items they attend. Empty for every other role."""
    votes = models.BooleanField(_("has a vote"), default=False)
    """Chair and delegates have one unless it is taken; a secretary who is a member is given one."""
    weight = models.PositiveIntegerField(_("weight of the vote"), default=1)

    site = models.ForeignKey(Site, models.RESTRICT, null=True, related_name="seats", verbose_name=_("site"))
    """Where the person sits, in a meeting of several sites."""
    keeps_site = models.BooleanField(_("clerk of the site"), default=False)
    """Notes who of its own site has come and gone."""

    line_at = models.DateTimeField(null=True, editable=False)
    """Since when a tablet of this seat is on the line, or none is any more."""
    load_from = models.PositiveBigIntegerField(default=0, editable=False)
    """The revision at which it was asked to load its page anew: one that is older does."""
    news = models.PositiveBigIntegerField(default=0)
    """The revision at which something changed that concerns this seat alone."""

    class Meta:
        ordering = ["person__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="seat_once_per_person"),
            models.UniqueConstraint(fields=["meeting"], condition=Q(role="chair"), name="seat_one_chair"),
            models.CheckConstraint(condition=Q(weight__gte=1), name="seat_weight"),
            models.CheckConstraint(
                condition=Q(keeps_site=False) | Q(site__isnull=False), name="seat_keeps_a_site_it_has"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.role}"


class Presence(models.Model):
    """A seat is connected through a web process. Who is here changes only with a revision."""

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="presences")
    process = models.CharField(max_length=80)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seat", "process"], name="presence_once")]

    def __str__(self) -> str:
        return f"{self.seat_id} {self.process}"
