"""What a meeting is made of."""

from .agenda import AgendaItem, AgendaTemplate, AgendaTemplateItem, ItemKind, ItemState
from .attendance import Attendance, Noted
from .bodies import Body, BodyMember, MajorityBase, MajorityKind, Subject, VotingRule
from .cards import Pin, SeatCard
from .consent import Answer, ConsentAdoption, Stance
from .floor import Speech, SpeechKind, SpeechState, TimeBudget
from .marks import Ink, Mark, MarkKind, Reach, SharedMarks, Stamp
from .meeting import Meeting, State, Talk
from .motions import (
    Amendment,
    AmendmentKind,
    AmendmentState,
    Clause,
    Motion,
    MotionState,
    Recommendation,
)
from .offline import Pack
from .order import Interval, IntervalKind
from .papers import Level, LevelRule, Paper, PaperVersion
from .polls import Cast, Poll, PollForm, PollKind, PollState, Proxy, Urn, Voter
from .record import Command, Message, Note, Revision
from .rehearsal import Rehearsal
from .seatmap import HallPlace
from .seats import Presence, Role, Seat
from .signals import Desk, Letter, Mood, MoodAnswer, Service, ServiceCall
from .sites import Site

__all__ = [
    "AgendaItem",
    "AgendaTemplate",
    "AgendaTemplateItem",
    "Amendment",
    "AmendmentKind",
    "AmendmentState",
    "Answer",
    "Attendance",
    "Body",
    "BodyMember",
    "Cast",
    "Clause",
    "Command",
    "ConsentAdoption",
    "Desk",
    "HallPlace",
    "Ink",
    "Interval",
    "IntervalKind",
    "ItemKind",
    "ItemState",
    "Letter",
    "Level",
    "LevelRule",
    "MajorityBase",
    "MajorityKind",
    "Mark",
    "MarkKind",
    "Meeting",
    "Message",
    "Mood",
    "MoodAnswer",
    "Motion",
    "MotionState",
    "Note",
    "Noted",
    "Pack",
    "Paper",
    "PaperVersion",
    "Pin",
    "Poll",
    "PollForm",
    "PollKind",
    "PollState",
    "Presence",
    "Proxy",
    "Reach",
    "Recommendation",
    "Rehearsal",
    "Revision",
    "Role",
    "Seat",
    "SeatCard",
    "Service",
    "ServiceCall",
    "SharedMarks",
    "Site",
    "Speech",
    "SpeechKind",
    "SpeechState",
    "Stamp",
    "Stance",
    "State",
    "Subject",
    "Talk",
    "TimeBudget",
    "Urn",
    "Voter",
    "VotingRule",
]
