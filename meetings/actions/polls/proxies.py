"""One member votes for one who is absent."""

from django.utils import timezone

from meetings import queries, rules
from meetings.models import Meeting, Proxy, Seat
from meetings.revisions import change


def give_proxy(seat: Seat, *, holder: int, giver: int | None = None, basis: str = "") -> None:
    """Let `holder` vote for the seat itself, or, noted by the podium with its basis, for `giver`."""
    with change(seat, "give_proxy", "polls") as (meeting, facts):
        giving = queries.seat_in(meeting, giver or seat.pk)
        holding = queries.seat_in(meeting, holder)
        rules.check_may_give_proxy(seat, giving, holding, basis=basis)
        open_proxies = Proxy.objects.filter(meeting=meeting, ended_at=None)
        facts.update(giver=giving.pk, name=str(giving.person), holder=holding.pk, held_by=str(holding.person))
        same = open_proxies.filter(giver=giving).first()
        if same is not None and same.holder_id == holding.pk:
            return
        rules.check_proxy_is_free(
            holder_holds=open_proxies.filter(holder=holding).exclude(giver=giving).exists(),
            giver_holds=open_proxies.filter(holder=giving).exists(),
            holder_gave=open_proxies.filter(giver=holding).exists(),
        )
        open_proxies.filter(giver=giving).update(ended_at=timezone.now())
        Proxy.objects.create(
            meeting=meeting,
            giver=giving,
            holder=holding,
            basis=basis,
            noted_by=seat.person,
            given_at=timezone.now(),
        )


def end_proxy(seat: Seat, *, giver: int | None = None) -> None:
    """Take a proxy back: the own one, or for the podium anybody's. Votes that are open keep theirs."""
    with change(seat, "end_proxy", "polls") as (meeting, facts):
        giving = queries.seat_in(meeting, giver or seat.pk)
        rules.check_own_proxy(seat, giving)
        facts.update(giver=giving.pk, name=str(giving.person))
        end_proxies(meeting, giving)


def end_proxies(meeting: Meeting, seat: Seat, *, also_held: bool = False) -> None:
    """Whoever has arrived votes themselves. `also_held`: what others gave to the seat ends, too.

    For actions that hold the meeting and name the section "polls".
    """
    running = Proxy.objects.filter(meeting=meeting, ended_at=None)
    running.filter(giver=seat).update(ended_at=timezone.now())
    if also_held:
        running.filter(holder=seat).update(ended_at=timezone.now())
