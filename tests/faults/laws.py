"""What must be true of a meeting after any fault."""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from intranet.audit import queries as audit
from intranet.audit.models import Entry
from meetings.models import Command, Message, Note, Revision
from tests.faults.rooms import Room
from tests.faults.writers import Done


def check_store(room: Room, confirmed: Sequence[Done]) -> dict[str, int]:
    """No confirmed act is lost or doubled, revisions have no gap, the log is whole. Returns figures."""
    commands = {
        str(uuid): (act, answer)
        for uuid, act, answer in Command.objects.filter(meeting=room.meeting).values_list(
            "uuid", "act", "answer"
        )
    }
    lost = [done for done in confirmed if done.command not in commands]
    assert not lost, f"{len(lost)} confirmed acts are not in the store, the first: {lost[0]}"
    # In one statement: tablets that come and go still make revisions.
    rows = Revision.objects.filter(meeting=room.meeting).order_by("number")
    read = list(rows.values_list("number", "meeting__revision"))
    assert read, "no revision at all"
    numbers = [number for number, _ in read]
    assert numbers == list(range(numbers[0], read[-1][1] + 1)), "revisions have a gap"
    of_commands = [answer["revision"] for _, answer in commands.values()]
    assert len(set(of_commands)) == len(of_commands), "two commands share a revision"
    _check_messages(room, commands, confirmed)
    _check_notes(room, commands)
    _check_log(room, commands)
    assert len(commands) == len(confirmed), (
        f"{len(commands)} acts are stored, {len(confirmed)} were confirmed"
    )
    return {"acts": len(confirmed), "revision": numbers[-1]}


def _check_messages(room: Room, commands: Mapping[str, Any], confirmed: Sequence[Done]) -> None:
    texts = list(Message.objects.filter(meeting=room.meeting).values_list("text", flat=True))
    assert len(texts) == len(set(texts)), "a message is there twice"
    said = {done.facts["text"] for done in confirmed if done.act == "post_message"}
    assert said <= set(texts), "a confirmed message is lost"
    stored = sum(act == "post_message" for act, _ in commands.values())
    assert len(texts) == stored, f"{len(texts)} messages of {stored} commands"


def _check_notes(room: Room, commands: Mapping[str, Any]) -> None:
    written = sum(act == "take_note" for act, _ in commands.values())
    versions = sum(Note.objects.filter(item__meeting=room.meeting).values_list("version", flat=True))
    assert written == versions, f"{written} notes were taken, their versions say {versions}"


def _check_log(room: Room, commands: Mapping[str, Any]) -> None:
    findings = audit.verify()
    assert not findings.faults, f"the log does not verify: {findings.faults[:3]}"
    acts = Entry.objects.filter(chain=f"meeting:{room.meeting.pk}", action__startswith="meetings.")
    assert acts.count() == len(commands), f"{acts.count()} entries in the log of {len(commands)} commands"


def check_history(room: Room, history: Mapping[str, str], *, whole: Collection[Done]) -> int:
    """Whatever any tablet showed on the stage at a revision is what the stage was at that revision.

    `whole` is everything that was confirmed. Returns how many moments were checked.
    """
    pages = {
        done.command: (done.facts["paper"], done.facts["page"]) for done in whole if done.act == "show_page"
    }
    acts = []
    for uuid, act, answer in Command.objects.filter(
        meeting=room.meeting, act__in=["show_page", "go_to_item"]
    ).values_list("uuid", "act", "answer"):
        assert act == "go_to_item" or str(uuid) in pages, "a page is shown that no one confirmed"
        acts.append((answer["revision"], pages.get(str(uuid))))
    acts.sort()
    checked = 0
    place, stage = 0, None
    for key in sorted(history, key=lambda name: int(name.split()[-2])):
        _audience, revision, section = key.rsplit(" ", 2)
        if section != "stage":
            continue
        while place < len(acts) and acts[place][0] <= int(revision):
            stage = acts[place][1]
            place += 1
        shown = json.loads(history[key])
        found = (shown["paper"], shown["page"]) if shown else None
        assert found == stage, f"at {revision} the stage was {stage}, a tablet showed {found}"
        checked += 1
    return checked
