"""Reading meetings. `seat_for` is the only door to one."""

from .agenda import current_item, item_in, may_read, paper_in, templates
from .attendance import attending, quorum, stays_of
from .bodies import (
    bodies_kept_by,
    bodies_of,
    body_for,
    members_on,
    offices_keeping_bodies,
    people_outside,
    voting_rule_for,
)
from .cards import card_keeper_for, card_numbered, cards_of, door_keeper_for, has_pin, pin_of
from .floor import current_speech, speech_in, waiting_speeches
from .meeting import (
    audience_key,
    audience_keys,
    audience_of,
    invited_items,
    is_any_live,
    meeting_named,
    one_moment,
    seat_count,
    seat_for,
    seat_in,
    sections_since,
)
from .order import break_of, closed_session_of, closure_of
from .people import find_people, offices_to_convene, posts_of, present_seats, seats_of, seats_today
from .polls import is_any_poll_open, poll_in, polls_of, voting_seats
from .rehearsal import may_rehearse, rehearsals_of, rehearsing_seat_for

__all__ = [
    "attending",
    "audience_key",
    "audience_keys",
    "audience_of",
    "bodies_kept_by",
    "bodies_of",
    "body_for",
    "break_of",
    "card_keeper_for",
    "card_numbered",
    "cards_of",
    "closed_session_of",
    "closure_of",
    "current_item",
    "current_speech",
    "door_keeper_for",
    "find_people",
    "has_pin",
    "invited_items",
    "is_any_live",
    "is_any_poll_open",
    "item_in",
    "may_read",
    "may_rehearse",
    "meeting_named",
    "members_on",
    "offices_keeping_bodies",
    "offices_to_convene",
    "one_moment",
    "paper_in",
    "people_outside",
    "pin_of",
    "poll_in",
    "polls_of",
    "posts_of",
    "present_seats",
    "quorum",
    "rehearsals_of",
    "rehearsing_seat_for",
    "seat_count",
    "seat_for",
    "seat_in",
    "seats_of",
    "seats_today",
    "sections_since",
    "speech_in",
    "stays_of",
    "templates",
    "voting_rule_for",
    "voting_seats",
    "waiting_speeches",
]
