"""What a browser may send, one form for each act."""

from typing import Any

from meetings.models import Meeting

from .act import ActForm, PlainForm
from .agenda import (
    AddItemForm,
    EditItemForm,
    MoveItemForm,
    OneItemForm,
)
from .bodies import BODY_FORMS, BodyForm, MarksDaysForm, MemberForm, NameForm, RuleForm, SeatBodyForm
from .cards import CardActForm, ChoosePinForm, SitDownForm
from .details import CancelForm, ConveneForm, DetailsForm, PostponeForm
from .marks import MarkBatch, read_batch
from .offline import DeviceForm
from .order import ItemClosedForm
from .papers import (
    MovePaperForm,
    OnePaperForm,
    ProtectPaperForm,
    RenamePaperForm,
    ReplacementForm,
    RestorePaperForm,
    UploadForm,
)
from .polls import EditPollForm, MovePollForm, OnePollForm, PollPaperForm, VotingForm
from .rehearsal import RehearsalForm
from .room import ROOM_FORMS
from .seats import ChangeRoleForm, OneSeatForm, SeatForm, SeatPersonForm
from .sites import SITE_FORMS

PREPARATION_FORMS: dict[str, type[ActForm]] = {
    "edit_details": DetailsForm,
    "add_item": AddItemForm,
    "edit_item": EditItemForm,
    "move_item": MoveItemForm,
    "remove_item": OneItemForm,
    "set_item_closed": ItemClosedForm,
    "add_paper": UploadForm,
    "rename_paper": RenamePaperForm,
    "protect_paper": ProtectPaperForm,
    "replace_paper": ReplacementForm,
    "restore_paper": RestorePaperForm,
    "move_paper": MovePaperForm,
    "remove_paper": OnePaperForm,
    "seat_person": SeatPersonForm,
    "change_role": ChangeRoleForm,
    "unseat": OneSeatForm,
    "seat_body": SeatBodyForm,
    **SITE_FORMS,
    "set_voting": VotingForm,
    "add_poll": PollPaperForm,
    "edit_poll": EditPollForm,
    "move_poll": MovePollForm,
    "remove_poll": OnePollForm,
    "publish": PlainForm,
    "postpone_meeting": PostponeForm,
    "cancel_meeting": CancelForm,
}
"""One form for each act of preparation."""


def preparation_form(act: str, meeting: Meeting, data: Any, files: Any) -> ActForm:
    """The bound form of an act."""
    kind = PREPARATION_FORMS[act]
    if issubclass(kind, SeatForm | SeatBodyForm):
        return kind(data, files, meeting=meeting)
    return kind(data, files)


__all__ = [
    "BODY_FORMS",
    "PREPARATION_FORMS",
    "ROOM_FORMS",
    "ActForm",
    "AddItemForm",
    "BodyForm",
    "CancelForm",
    "CardActForm",
    "ChoosePinForm",
    "ConveneForm",
    "DetailsForm",
    "DeviceForm",
    "EditItemForm",
    "EditPollForm",
    "ItemClosedForm",
    "MarkBatch",
    "MarksDaysForm",
    "MemberForm",
    "NameForm",
    "PollPaperForm",
    "PostponeForm",
    "ProtectPaperForm",
    "RehearsalForm",
    "RenamePaperForm",
    "ReplacementForm",
    "RuleForm",
    "SitDownForm",
    "UploadForm",
    "preparation_form",
    "read_batch",
]
