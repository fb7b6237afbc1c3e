"""Calls, words in private, the mood of the room."""

from django.utils.crypto import salted_hmac

from intranet.lib.doors import found
from meetings.models import Letter, Meeting, Message, Mood, Seat, ServiceCall

OPEN_CALLS = (ServiceCall.State.WAITING, ServiceCall.State.TAKEN)


def call_in(meeting: Meeting, pk: int) -> ServiceCall:
    """A call in this meeting, or Absent."""
    return found(ServiceCall.objects.filter(meeting=meeting, pk=pk).first())


def message_in(meeting: Meeting, pk: int) -> Message:
    """A message in this meeting, or Absent."""
    return found(Message.objects.filter(meeting=meeting, pk=pk).first())


def mood_in(meeting: Meeting, pk: int) -> Mood:
    """A question to the room of this meeting, or Absent."""
    return found(Mood.objects.filter(meeting=meeting, pk=pk).first())


def sign_of(seat_id: int) -> str:
    """A name for a seat that nobody can guess: under it a screen is told that there is news for it alone."""
    return salted_hmac("meetings.queries.signals", str(seat_id)).hexdigest()[:16]


def own_calls(seat: Seat) -> list[ServiceCall]:
    """The seat's calls that are not over."""
    return list(ServiceCall.objects.filter(seat=seat, state__in=OPEN_CALLS))


def own_letters(seat: Seat) -> list[Letter]:
    """What the seat and the desks have written to each other."""
    return list(Letter.objects.filter(seat=seat))


def own_held_messages(seat: Seat) -> list[Message]:
    """What the seat has written to the room and nobody has released yet."""
    return list(Message.objects.filter(seat=seat, is_held=True))
