"""Every act that changes a meeting: who may do it, and when."""

from django.utils.translation import gettext_lazy as _

from intranet.lib.errors import RuleBroken
from meetings.models import Meeting, Role, Seat, State

TOPIC = "meeting"
"""The name under which meetings are pushed."""

ACCESS = "access"
"""Named among the sections of a revision after which a door may answer otherwise; nobody sees it."""

EVERYTHING = "everything"
"""Named instead of sections when an act may change all of them for somebody: a snapshot follows."""

PREPARING = frozenset({State.DRAFT, State.PUBLISHED})
UNTIL_CLOSED = frozenset({State.DRAFT, State.PUBLISHED, State.LIVE})
CONVENED = frozenset({State.PUBLISHED, State.LIVE})
SEATED = frozenset({State.PUBLISHED, State.LIVE})
"""People may sit in the room."""
PODIUM = frozenset({Role.CHAIR, Role.SECRETARY})
SPEAKING = frozenset({Role.CHAIR, Role.SECRETARY, Role.DELEGATE, Role.INVITED})
MEMBERS = frozenset({Role.CHAIR, Role.SECRETARY, Role.DELEGATE})
ATTENDED = frozenset({State.PUBLISHED, State.LIVE})
"""People may come as soon as the meeting is convened and its doors are open."""
ATTENDING = frozenset(Role) - {Role.HALL}
VOTING = frozenset({Role.CHAIR, Role.DELEGATE})

MAY: dict[str, tuple[frozenset[State], frozenset[Role]]] = {
    "edit_details": (PREPARING, PODIUM),
    "add_item": (UNTIL_CLOSED, PODIUM),
    "edit_item": (UNTIL_CLOSED, PODIUM),
    "move_item": (UNTIL_CLOSED, PODIUM),
    "remove_item": (UNTIL_CLOSED, PODIUM),
    "add_paper": (UNTIL_CLOSED, PODIUM),
    "rename_paper": (UNTIL_CLOSED, PODIUM),
    "protect_paper": (UNTIL_CLOSED, PODIUM),
    "replace_paper": (UNTIL_CLOSED, PODIUM),
    "restore_paper": (UNTIL_CLOSED, PODIUM),
    "move_paper": (UNTIL_CLOSED, PODIUM),
    "remove_paper": (UNTIL_CLOSED, PODIUM),
    "seat_person": (UNTIL_CLOSED, PODIUM),
    "change_role": (UNTIL_CLOSED, PODIUM),
    "add_site": (UNTIL_CLOSED, PODIUM),
    "rename_site": (UNTIL_CLOSED, PODIUM),
    "move_site": (UNTIL_CLOSED, PODIUM),
    "remove_site": (UNTIL_CLOSED, PODIUM),
    "place_seat": (UNTIL_CLOSED, PODIUM),
    "place_office": (UNTIL_CLOSED, PODIUM),
    "unseat": (UNTIL_CLOSED, PODIUM),
    "seat_body": (UNTIL_CLOSED, PODIUM),
    "take_stance": (frozenset({State.PUBLISHED, State.LIVE}), MEMBERS),
    "adopt_consent": (frozenset({State.LIVE}), PODIUM),
    "add_motion": (UNTIL_CLOSED, MEMBERS),
    "review_motion": (CONVENED, PODIUM),
    "edit_motion": (UNTIL_CLOSED, PODIUM),
    "withdraw_motion": (UNTIL_CLOSED, MEMBERS),
    "decide_motion": (frozenset({State.LIVE}), PODIUM),
    "propose_amendment": (frozenset({State.PUBLISHED, State.LIVE}), MEMBERS),
    "review_amendment": (CONVENED, PODIUM),
    "withdraw_amendment": (frozenset({State.PUBLISHED, State.LIVE}), MEMBERS),
    "recommend_amendment": (frozenset({State.PUBLISHED, State.LIVE}), PODIUM),
    "decide_amendment": (frozenset({State.PUBLISHED, State.LIVE}), MEMBERS),
    "publish": (frozenset({State.DRAFT}), PODIUM),
    "postpone_meeting": (frozenset({State.PUBLISHED}), PODIUM),
    "cancel_meeting": (frozenset({State.PUBLISHED}), PODIUM),
    "open_meeting": (frozenset({State.PUBLISHED}), PODIUM),
    "go_to_item": (frozenset({State.LIVE}), PODIUM),
    "show_page": (frozenset({State.LIVE}), PODIUM),
    "stop_showing": (frozenset({State.LIVE}), PODIUM),
    "pause_meeting": (frozenset({State.LIVE}), PODIUM),
    "call_recess": (frozenset({State.LIVE}), PODIUM),
    "resume_meeting": (frozenset({State.LIVE}), PODIUM),
    "begin_closed_session": (frozenset({State.LIVE}), PODIUM),
    "end_closed_session": (frozenset({State.LIVE}), PODIUM),
    "set_item_closed": (UNTIL_CLOSED, PODIUM),
    "pause_speech": (frozenset({State.LIVE}), PODIUM),
    "resume_speech": (frozenset({State.LIVE}), PODIUM),
    "ask_more_time": (frozenset({State.LIVE}), SPEAKING),
    "refuse_more_time": (frozenset({State.LIVE}), PODIUM),
    "readd_speech": (frozenset({State.LIVE}), PODIUM),
    "set_list_closed": (frozenset({State.LIVE}), PODIUM),
    "set_kind_length": (UNTIL_CLOSED, PODIUM),
    "set_time_budget": (UNTIL_CLOSED, PODIUM),
    "remove_time_budget": (UNTIL_CLOSED, PODIUM),
    "call_service": (SEATED, SPEAKING),
    "withdraw_call": (SEATED, SPEAKING),
    "take_call": (SEATED, frozenset({Role.SECRETARY})),
    "finish_call": (SEATED, frozenset({Role.SECRETARY})),
    "write_privately": (SEATED, SPEAKING),
    "answer_privately": (SEATED, PODIUM),
    "set_talk": (SEATED, PODIUM),
    "ask_to_load": (SEATED, PODIUM),
    "release_message": (frozenset({State.LIVE}), PODIUM),
    "remove_message": (frozenset({State.LIVE, State.CLOSED}), PODIUM),
    "ask_mood": (frozenset({State.LIVE}), PODIUM),
    "answer_mood": (frozenset({State.LIVE}), SPEAKING),
    "end_mood": (frozenset({State.LIVE}), PODIUM),
    "close_meeting": (frozenset({State.LIVE}), PODIUM),
    "post_message": (frozenset({State.LIVE}), SPEAKING),
    "take_note": (frozenset({State.LIVE, State.CLOSED}), PODIUM),
    "arrive": (ATTENDED, ATTENDING),
    "leave": (ATTENDED, ATTENDING),
    "note_arrival": (ATTENDED, PODIUM),
    "note_leaving": (ATTENDED, PODIUM),
    "cancel_arrival": (ATTENDED, PODIUM),
    "set_quorum": (UNTIL_CLOSED, PODIUM),
    "draw_hall": (UNTIL_CLOSED, PODIUM),
    "set_chair": (UNTIL_CLOSED, PODIUM),
    "give_chair": (UNTIL_CLOSED, PODIUM),
    "fill_hall": (UNTIL_CLOSED, PODIUM),
    "take_over_hall": (UNTIL_CLOSED, PODIUM),
    "ask_to_speak": (frozenset({State.LIVE}), SPEAKING),
    "withdraw_speech": (frozenset({State.LIVE}), SPEAKING),
    "end_speech": (frozenset({State.LIVE}), SPEAKING),
    "add_speaker": (frozenset({State.LIVE}), PODIUM),
    "give_floor": (frozenset({State.LIVE}), PODIUM),
    "move_speech": (frozenset({State.LIVE}), PODIUM),
    "set_speech_length": (frozenset({State.LIVE}), PODIUM),
    "set_voting": (UNTIL_CLOSED, PODIUM),
    "give_proxy": (CONVENED, MEMBERS),
    "end_proxy": (CONVENED, MEMBERS),
    "add_poll": (UNTIL_CLOSED, PODIUM),
    "edit_poll": (UNTIL_CLOSED, PODIUM),
    "move_poll": (UNTIL_CLOSED, PODIUM),
    "remove_poll": (UNTIL_CLOSED, PODIUM),
    "repeat_poll": (UNTIL_CLOSED, PODIUM),
    "open_early": (CONVENED, PODIUM),
    "open_poll": (frozenset({State.LIVE}), PODIUM),
    "cast_vote": (CONVENED, MEMBERS),
    "record_vote": (frozenset({State.LIVE}), PODIUM),
    "enter_totals": (frozenset({State.LIVE}), PODIUM),
    "close_poll": (frozenset({State.LIVE}), PODIUM),
    "publish_poll": (frozenset({State.LIVE, State.CLOSED}), PODIUM),
    "void_poll": (frozenset({State.PUBLISHED, State.LIVE, State.CLOSED}), PODIUM),
}
"""Every act that changes a meeting: the states and the roles it is open to. What is not here is refused."""

CLERKS_MAY = frozenset({"note_arrival", "note_leaving"})
"""Also open, for the people of its own site, to a seat that keeps a site."""

ROOM_ACTS = (
    "open_meeting",
    "go_to_item",
    "take_stance",
    "adopt_consent",
    "add_motion",
    "review_motion",
    "edit_motion",
    "withdraw_motion",
    "propose_amendment",
    "review_amendment",
    "withdraw_amendment",
    "recommend_amendment",
    "decide_amendment",
    "decide_motion",
    "show_page",
    "stop_showing",
    "protect_paper",
    "post_message",
    "take_note",
    "ask_to_speak",
    "withdraw_speech",
    "add_speaker",
    "move_speech",
    "give_floor",
    "set_speech_length",
    "end_speech",
    "arrive",
    "leave",
    "note_arrival",
    "note_leaving",
    "cancel_arrival",
    "set_quorum",
    "draw_hall",
    "set_chair",
    "give_chair",
    "fill_hall",
    "take_over_hall",
    "pause_meeting",
    "call_recess",
    "resume_meeting",
    "begin_closed_session",
    "end_closed_session",
    "set_item_closed",
    "set_voting",
    "give_proxy",
    "end_proxy",
    "add_poll",
    "edit_poll",
    "remove_poll",
    "repeat_poll",
    "open_early",
    "open_poll",
    "cast_vote",
    "record_vote",
    "enter_totals",
    "close_poll",
    "publish_poll",
    "void_poll",
    "pause_speech",
    "resume_speech",
    "ask_more_time",
    "refuse_more_time",
    "readd_speech",
    "set_list_closed",
    "set_kind_length",
    "set_time_budget",
    "remove_time_budget",
    "call_service",
    "withdraw_call",
    "take_call",
    "finish_call",
    "write_privately",
    "answer_privately",
    "set_talk",
    "ask_to_load",
    "release_message",
    "remove_message",
    "ask_mood",
    "answer_mood",
    "end_mood",
    "close_meeting",
)
"""The acts of the room screens, in the order of a meeting."""

BALLOTS = frozenset({"cast_vote"})
"""Acts that keep their own receipt: no digest of what was sent is stored."""

_STATE_SENTENCES = {
    State.DRAFT: _("This cannot be done before the meeting is convened."),
    State.PUBLISHED: _("This cannot be done before the meeting has begun."),
    State.LIVE: _("This cannot be done while the meeting is in session."),
    State.CLOSED: _("The meeting is closed: nothing can be changed any more."),
    State.CANCELLED: _("The meeting has been cancelled: nothing can be changed any more."),
}


def allowed_acts(state: str, role: str) -> list[str]:
    """The acts open to `role` in `state`, in the order of the table."""
    return [act for act, (states, roles) in MAY.items() if state in states and role in roles]


def check_may(seat: Seat, act: str, meeting: Meeting) -> None:
    """Raise RuleBroken unless the table opens `act` to this seat in the state the meeting is in now."""
    states, roles = MAY.get(act, (frozenset(), frozenset()))
    if seat.role not in roles and not (seat.keeps_site and act in CLERKS_MAY):
        raise RuleBroken(_("Your seat in this meeting may not do this."))
    if meeting.state not in states:
        raise RuleBroken(_STATE_SENTENCES[State(meeting.state)])
