"""What happened in one meeting of the demo, act after act, as the file meetings.json tells it."""

import datetime
import uuid
from typing import Any

from django.utils import timezone

from meetings import actions, queries
from meetings.models import Meeting, Seat

from .organization import Cast


class Story:
    """Plays the acts of one meeting. Every method that begins with `do_` is an act of the file."""

    def __init__(self, meeting: Meeting, cast: Cast, items: dict[str, int], papers: dict[str, int]) -> None:
        self.meeting, self.cast, self.items, self.papers = meeting, cast, items, papers
        self.current: int | None = None
        self.speeches: dict[str, int] = {}
        self.polls: dict[str, int] = {}
        self.motion = self.amendment = self.mood = 0

    def play(self, username: str, act: str, *words: Any) -> None:
        """Do one act from the seat of `username`. Raises AttributeError for an act nobody knows."""
        getattr(self, f"do_{act.replace('-', '_')}")(self._seat(username), *words)

    def _seat(self, username: str) -> Seat:
        """The seat as it stands now: acts change the meeting it belongs to."""
        return Seat.objects.select_related("meeting", "person").get(
            meeting=self.meeting, person=self.cast[username]
        )

    # ── The session ──

    def do_open(self, seat: Seat) -> None:
        actions.open_meeting(seat)

    def do_item(self, seat: Seat, number: str) -> None:
        actions.go_to_item(seat, item=self.items[number], expected_item=self.current)
        self.current = self.items[number]

    def do_show(self, seat: Seat, paper: str, page: int) -> None:
        actions.show_page(seat, paper=self.papers[paper], page=page)

    def do_mark(self, seat: Seat, paper: str, mark: dict[str, Any]) -> None:
        """What somebody drew on a page; left out where the paper could not be measured at once."""
        row = queries.paper_seen_by(seat, self.papers[paper])
        made = mark | {"id": str(uuid.uuid4())}
        actions.keep_marks(seat, paper=row.pk, file=row.stored_file.ref, add=[made])

    def do_note(self, seat: Seat, number: str, text: str) -> None:
        actions.take_note(seat, item=self.items[number], text=text, version=0)

    def do_recess(self, seat: Seat, minutes: int) -> None:
        actions.call_recess(seat, until=timezone.now() + datetime.timedelta(minutes=minutes))

    def do_resume(self, seat: Seat) -> None:
        actions.resume_meeting(seat)

    def do_close(self, seat: Seat) -> None:
        actions.close_meeting(seat)

    # ── Who is here, who speaks ──

    def do_come(self, seat: Seat) -> None:
        actions.arrive(seat)

    def do_go(self, seat: Seat) -> None:
        actions.leave(seat)

    def do_noted(self, seat: Seat, username: str) -> None:
        actions.note_arrival(seat, target=self._seat(username).pk)

    def do_ask(self, seat: Seat, kind: str) -> None:
        self.speeches[seat.person.username] = actions.ask_to_speak(seat, kind=kind)["speech"]

    def do_call(self, seat: Seat, username: str) -> None:
        actions.give_floor(seat, speech=self.speeches[username], expected_speech=None)

    def do_stop(self, seat: Seat, username: str) -> None:
        actions.end_speech(seat, speech=self.speeches[username])

    # ── What is written, asked and signalled ──

    def do_say(self, seat: Seat, text: str) -> None:
        actions.post_message(seat, text=text)

    def do_talk(self, seat: Seat, talk: str) -> None:
        actions.set_talk(seat, talk=talk)

    def do_need(self, seat: Seat, kind: str) -> None:
        actions.call_service(seat, kind=kind)

    def do_whisper(self, seat: Seat, desk: str, text: str) -> None:
        actions.write_privately(seat, desk=desk, text=text)

    def do_answer(self, seat: Seat, username: str, text: str) -> None:
        actions.answer_privately(seat, target=self._seat(username).pk, text=text)

    def do_mood(self, seat: Seat, question: str) -> None:
        self.mood = actions.ask_mood(seat, question=question)["mood"]

    def do_feel(self, seat: Seat, answer: str) -> None:
        actions.answer_mood(seat, mood=self.mood, answer=answer)

    def do_count_mood(self, seat: Seat) -> None:
        actions.end_mood(seat, mood=self.mood)

    # ── What is decided ──

    def do_poll(
        self, seat: Seat, name: str, item: str, title: str, form: str, paper: dict[str, Any] | None = None
    ) -> None:
        paper = {"item": self.items[item], "title": title, "form": form} | (paper or {})
        self.polls[name] = actions.add_poll(seat, **paper)["poll"]

    def do_open_poll(self, seat: Seat, name: str) -> None:
        actions.open_poll(seat, poll=self.polls[name])

    def do_vote(self, seat: Seat, name: str, choice: Any, username: str = "") -> None:
        target = self._seat(username).pk if username else None
        actions.cast_vote(seat, poll=self.polls[name], choice=choice, target=target, command=uuid.uuid4())

    def do_close_poll(self, seat: Seat, name: str) -> None:
        actions.close_poll(seat, poll=self.polls[name])
        actions.publish_poll(seat, poll=self.polls[name])

    def do_proxy(self, seat: Seat, giver: str, holder: str, basis: str) -> None:
        giving, holding = self._seat(giver).pk, self._seat(holder).pk
        actions.give_proxy(seat, giver=giving, holder=holding, basis=basis)

    def do_stance(self, seat: Seat, number: str, answer: str) -> None:
        actions.take_stance(seat, item=self.items[number], answer=answer)

    def do_move(self, seat: Seat, number: str, title: str, *clauses: str) -> None:
        answer = actions.add_motion(
            seat,
            item=self.items[number],
            title=title,
            text="\n".join(clauses),
            name=seat.meeting.office.name,
        )
        self.motion = answer["motion"]

    def do_amend(self, seat: Seat, clause: str, old: str, new: str, reason: str) -> None:
        answer = actions.propose_amendment(
            seat, motion=self.motion, clause=clause, kind="change", based_on=old, text=new, reason=reason
        )
        self.amendment = answer["amendment"]

    def do_admit(self, seat: Seat) -> None:
        actions.review_amendment(seat, amendment=self.amendment, admitted=True)

    def do_recommend(self, seat: Seat, recommendation: str, advice: str) -> None:
        actions.recommend_amendment(
            seat, amendment=self.amendment, recommendation=recommendation, advice=advice
        )
