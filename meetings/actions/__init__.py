"""Every way a meeting changes."""

from .attendance import arrive, cancel_arrival, leave, note_arrival, note_leaving, set_quorum
from .bodies import keep_member, keep_rule, open_body, rename_body, seat_body, verify_rule
from .commands import once
from .conduct import close_meeting, go_to_item, open_meeting, show_page, stop_showing
from .floor import (
    add_speaker,
    ask_to_speak,
    end_speech,
    give_floor,
    move_speech,
    set_speech_length,
    withdraw_speech,
)
from .order import (
    begin_closed_session,
    call_recess,
    end_closed_session,
    pause_meeting,
    resume_meeting,
    set_item_closed,
)
from .papers import (
    add_paper,
    move_paper,
    note_content_read,
    remove_paper,
    rename_paper,
    replace_paper,
    upload_paper,
    upload_replacement,
)
from .preparation import (
    add_item,
    cancel_meeting,
    convene,
    edit_details,
    edit_item,
    move_item,
    postpone_meeting,
    publish,
    remove_item,
)
from .presence import note_presence
from .rehearsal import clear_rehearsals, rehearse, start_rehearsal, stop_rehearsal
from .seating import change_role, seat_person, unseat
from .talk import post_message, take_note
from .templates import keep_template

__all__ = [
    "add_item",
    "add_paper",
    "add_speaker",
    "arrive",
    "ask_to_speak",
    "begin_closed_session",
    "call_recess",
    "cancel_arrival",
    "cancel_meeting",
    "change_role",
    "clear_rehearsals",
    "close_meeting",
    "convene",
    "edit_details",
    "edit_item",
    "end_closed_session",
    "end_speech",
    "give_floor",
    "go_to_item",
    "keep_member",
    "keep_rule",
    "keep_template",
    "leave",
    "move_item",
    "move_paper",
    "move_speech",
    "note_arrival",
    "note_content_read",
    "note_leaving",
    "note_presence",
    "once",
    "open_body",
    "open_meeting",
    "pause_meeting",
    "post_message",
    "postpone_meeting",
    "publish",
    "rehearse",
    "remove_item",
    "remove_paper",
    "rename_body",
    "rename_paper",
    "replace_paper",
    "resume_meeting",
    "seat_body",
    "seat_person",
    "set_item_closed",
    "set_quorum",
    "set_speech_length",
    "show_page",
    "start_rehearsal",
    "stop_rehearsal",
    "stop_showing",
    "take_note",
    "unseat",
    "upload_paper",
    "upload_replacement",
    "verify_rule",
    "withdraw_speech",
]
