"""The record as tables: a workbook, or plain values with commas between them."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from meetings import queries
from meetings.models import Poll, PollForm, PollState

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
WIDEST = 60
Table = tuple[str, list[str], list[list[Any]]]


def safe(value: Any) -> Any:
    """A text that no spreadsheet takes for a formula, not even one with wide signs or after spaces."""
    if not isinstance(value, str):
        return value
    begin = unicodedata.normalize("NFKC", value)
    if value.startswith(_FORMULA) or begin.lstrip(" \u00a0\ufeff\u200b").startswith(_FORMULA):
        value = f"'{value}"
    return _CONTROL.sub("", value)


def workbook(record: queries.Record) -> bytes:
    """The tables as sheets of an XLSX file."""
    book = Workbook()
    book.remove(book.active)
    for title, head, rows in tables(record):
        sheet = book.create_sheet(title[:31])
        sheet.append(head)
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        for row in rows:
            sheet.append([safe(value) for value in row])
        sheet.freeze_panes = "A2"
        for place in range(1, len(head) + 1):
            texts = [str(row[place - 1] or "") for row in rows] + [head[place - 1]]
            widest = max(len(line) for text in texts for line in text.splitlines() or [""])
            sheet.column_dimensions[get_column_letter(place)].width = min(widest, WIDEST) + 2
        for line in sheet.iter_rows(min_row=2):
            for cell in line:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def values(record: queries.Record) -> bytes:
    """The tables one below the other, as CSV that Excel reads as UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    for title, head, rows in tables(record):
        writer.writerow([safe(title)])
        writer.writerow(head)
        writer.writerows([safe(value) for value in row] for row in rows)
        writer.writerow([])
    return out.getvalue().encode("utf-8-sig")


def tables(record: queries.Record) -> list[Table]:
    """What is exported: attendance, agenda, speeches, votes, motions."""
    agenda = [_("Number"), _("Item"), _("Kind"), _("Presented by"), _("Began"), _("Ended")]
    agenda.append(_("Without debate"))
    if record.sees_notes:
        agenda.append(_("Minutes of the item"))
    votes = [_("Item"), _("Number"), _("Subject"), _("Form"), _("State"), _("Opened"), _("Closed")]
    votes += [_("Members"), _("Present"), _("Ballots"), _("Required majority"), _("Result"), _("Adopted")]
    motions = [_("Item"), _("Motion"), _("Amendment"), _("Clause"), _("Proposed by"), _("State"), _("Text")]
    came = [_("Name"), _("Post"), _("Role"), *_site(record, _("Site"))]
    came += [_("Arrived"), _("Left"), _("Noted")]
    named = [_("Item"), _("Number"), _("Subject"), _("Name"), _("Post"), _("Weight"), _("Vote"), _("How")]
    speeches = [_("Item"), _("Name"), _("Post"), _("Kind"), _("Began"), _("Seconds")]
    spoke = [_("Name"), _("Post"), _("Turns"), _("Seconds")]
    return [
        (_("Attendance"), came, list(_attendance(record))),
        (_("Agenda"), agenda, list(_agenda(record))),
        (_("Speeches"), speeches, list(_speeches(record))),
        (_("Speaking time"), spoke, [list(row) for row in record.totals]),
        (_("Votes"), votes, [[row.number, *_poll(poll)] for row in record.items for poll in row.polls]),
        (_("How each voted"), named, list(_named(record))),
        (_("Motions"), motions, list(_motions(record))),
    ]


def time(moment: Any) -> str:
    """A time of day."""
    return timezone.localtime(moment).strftime("%H:%M:%S") if moment else ""


def labels_of(poll: Poll) -> dict[str, str]:
    """What the options are called."""
    words = {"agree": _("In favour"), "disagree": _("Against"), "none": _("No opinion")}
    return {option["id"]: option["label"] or words.get(option["id"], "") for option in poll.options}


def choice_words(poll: Poll, vote: queries.NamedVote) -> str:
    """What a member chose, in the order of the paper; or why there is no ballot."""
    if vote.choice is None:
        return _("no ballot") if vote.voter.is_present or vote.voter.proxy_name else _("absent")
    chosen = [
        f"{label}: {vote.choice[option]}" if poll.per_option > 1 else label
        for option, label in labels_of(poll).items()
        if option in vote.choice
    ]
    return ", ".join(chosen) or _("blank ballot")


def how_words(vote: queries.NamedVote) -> str:
    """By whose hand the ballot came; empty when it was the member's own, in the session."""
    if vote.is_by_proxy:
        return _("by proxy: %(name)s") % {"name": vote.by}
    if vote.by:
        return _("noted by %(name)s") % {"name": vote.by}
    return _("before the meeting") if vote.is_early else ""


def named_of(row: queries.ItemRecord, poll: Poll) -> list[tuple[str, list[tuple[str, str]]]]:
    """Who voted how, for reading: each choice with its names, in the order of the paper."""
    groups: dict[str, list[tuple[str, str]]] = {label: [] for label in labels_of(poll).values()}
    late: dict[str, list[tuple[str, str]]] = {}
    for vote in row.named.get(poll.pk, []):
        place = groups if vote.choice is not None else late
        place.setdefault(choice_words(poll, vote), []).append((vote.voter.name, how_words(vote)))
    return [(words, names) for words, names in {**groups, **late}.items() if names]


def counts_of(poll: Poll) -> list[tuple[str, int]]:
    """What may be told of the result: label and votes; nothing before it is published or when withheld."""
    if poll.state != PollState.PUBLISHED or (poll.withheld and not poll.is_disclosed):
        return []
    labels = labels_of(poll)
    counts, ids = poll.counts or {}, [option["id"] for option in poll.options]
    return [(labels.get(option, option), counts[option]) for option in ids if option in counts]


def elected_of(poll: Poll) -> list[str]:
    """Who or what an election chose, as far as its numbers may be told."""
    labels = labels_of(poll)
    return [str(labels.get(option, option)) for option in poll.elected or []] if counts_of(poll) else []


def _attendance(record: queries.Record) -> Iterable[list[Any]]:
    for person in record.people:
        who = [person.name, person.post, person.role]
        if not person.stays:
            yield [*who, *_site(record, person.site), _("absent"), "", ""]
        for stay in person.stays:
            times = [time(stay.arrived_at), time(stay.left_at)]
            yield [*who, *_site(record, stay.site), *times, stay.get_arrival_noted_display()]


def _site(record: queries.Record, value: str) -> list[str]:
    """A column that is there only in a meeting of several sites."""
    return [value] if record.sites else []


def _speeches(record: queries.Record) -> Iterable[list[Any]]:
    for row in record.items:
        for each in row.speeches:
            kind, began = each.get_kind_display(), time(each.started_at)
            yield [row.number, each.name, each.post, kind, began, queries.seconds_of(each)]


def _agenda(record: queries.Record) -> Iterable[list[Any]]:
    for row in record.items:
        item, adoption = row.item, row.adoption
        passed = ""
        if adoption is not None:
            names = ", ".join(each["name"] for each in adoption.agreed)
            passed = _("%(time)s; no objection beforehand: %(names)s") % {
                "time": time(adoption.at),
                "names": names or _("nobody ticked"),
            }
        line = [row.number, item.title, item.get_kind_display(), item.presenter]
        line += [time(item.started_at), time(item.ended_at), passed]
        if record.sees_notes:
            line.append(row.note.text if row.note else "")
        yield line


def _poll(poll: Poll) -> list[Any]:
    result = "; ".join(f"{label}: {number}" for label, number in counts_of(poll))
    secret = poll.form == PollForm.SECRET and poll.withheld and not poll.is_disclosed
    adopted = poll.adopted if counts_of(poll) else None
    share = f"{poll.numerator}/{poll.denominator}"
    majority = f"{poll.get_majority_kind_display()} {poll.get_majority_base_display()} ({share})"
    return [
        *[poll.number, poll.title, poll.get_form_display(), poll.get_state_display()],
        *[time(poll.opened_at), time(poll.closed_at), poll.heads_all, poll.heads_present, poll.ballots],
        *[majority, _("withheld: the numbers would show who voted how") if secret else result],
        "" if adopted is None else _("yes") if adopted else _("no"),
    ]


def _named(record: queries.Record) -> Iterable[list[Any]]:
    for row in record.items:
        for poll in row.polls:
            for vote in row.named.get(poll.pk, []):
                who = [vote.voter.name, vote.voter.post, vote.voter.weight]
                yield [row.number, poll.number, poll.title, *who, choice_words(poll, vote), how_words(vote)]


def _motions(record: queries.Record) -> Iterable[list[Any]]:
    for row in record.items:
        for each in row.motions:
            motion = each["motion"]
            text = "\n".join(f"{line.number}. {line.text}" for line in each["text"])
            yield [row.number, motion.title, "", "", motion.name, motion.get_state_display(), text]
            for amendment in each["amendments"]:
                yield [
                    *[row.number, motion.title, amendment.number, amendment.clause, amendment.name],
                    *[amendment.get_state_display(), amendment.text],
                ]
