"""Keeping bodies, their members and their voting rules; seating a body in a meeting."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.audit import actions as audit
from intranet.lib.doors import found
from intranet.lib.errors import Absent, RuleBroken
from intranet.organization import rules as organization
from intranet.organization.models import Office, Person
from intranet.organization.queries import posts_of
from meetings import queries, rules
from meetings.models import Body, BodyMember, Meeting, Role, Seat, State, Subject, VotingRule
from meetings.revisions import change

from .marks import plan_deletion
from .seating import PEOPLE


def open_body(actor: Person | None, *, office: Office, name: str) -> Body:
    """Begin a body; a name the office already has answers with that body."""
    organization.must(actor, rules.KEEP_BODIES, office=office)
    with transaction.atomic():
        body, is_new = Body.objects.get_or_create(office=office, name=name)
        if is_new:
            audit.record(actor, "meetings.open_body", f"body:{body.ref}", chain="meetings", name=name)
    return body


def rename_body(actor: Person | None, body: Body, *, name: str) -> None:
    """Give a body another name. Past meetings show it too: it is the same body."""
    with _keeping(actor, body, "rename_body", name=name) as fresh:
        if Body.objects.filter(office=fresh.office, name=name).exclude(pk=fresh.pk).exists():
            raise RuleBroken(_("This office has another body of that name."))
        fresh.name = name
        fresh.save(update_fields=["name"])


def keep_member(
    actor: Person | None,
    body: Body,
    *,
    person: Person,
    member: int | None = None,
    title: str = "",
    role: str = Role.DELEGATE,
    votes: bool = True,
    weight: int = 1,
    valid_from: datetime.date,
    valid_to: datetime.date | None = None,
) -> BodyMember:
    """Write down a standing place, or with `member` correct one. The same place written twice is one."""
    rules.check_days(valid_from, valid_to)
    with _keeping(actor, body, "keep_member", person=person.pk, name=str(person)) as fresh:
        rows = BodyMember.objects.filter(body=fresh)
        if member is None:
            row = rows.filter(person=person, valid_from=valid_from).first()
        else:
            row = found(rows.filter(pk=member).first())
        row = row or BodyMember(body=fresh)
        rules.check_no_overlap(list(rows.filter(person=person).exclude(pk=row.pk)), valid_from, valid_to)
        row.person, row.title, row.role = person, title, role
        row.votes, row.weight = votes, weight
        row.valid_from, row.valid_to = valid_from, valid_to
        row.save()
    return row


def keep_rule(
    actor: Person | None,
    body: Body,
    *,
    subject: str,
    rule: int | None = None,
    majority: str,
    part: int = 0,
    whole: int = 0,
    base: str,
    quorum_part: int,
    quorum_whole: int,
    basis: str = "",
    valid_from: datetime.date,
    valid_to: datetime.date | None = None,
) -> VotingRule:
    """Write down how a subject is decided, or with `rule` correct it; what was verified no longer is.

    A new rule ends the one that stood on its first day.
    """
    rules.check_days(valid_from, valid_to)
    rules.check_share(
        majority=majority, part=part, whole=whole, quorum_part=quorum_part, quorum_whole=quorum_whole
    )
    with _keeping(actor, body, "keep_rule", subject=subject, majority=majority) as fresh:
        rows = VotingRule.objects.filter(body=fresh, subject=subject)
        if rule is None:
            row = rows.filter(valid_from=valid_from).first()
            rows.on(valid_from).exclude(valid_from=valid_from).update(valid_to=valid_from)
        else:
            row = found(VotingRule.objects.filter(body=fresh, pk=rule).first())
        row = row or VotingRule(body=fresh)
        rules.check_no_overlap(list(rows.exclude(pk=row.pk)), valid_from, valid_to)
        row.subject, row.majority, row.base, row.basis = subject, majority, base, basis
        row.part, row.whole = part, whole
        row.quorum_part, row.quorum_whole = quorum_part, quorum_whole
        row.valid_from, row.valid_to = valid_from, valid_to
        row.verified_by, row.verified_on = "", None
        row.save()
    return row


def verify_rule(actor: Person, body: Body, *, rule: int) -> None:
    """The actor has compared the rule with the text of the law and answers for it."""
    with _keeping(actor, body, "verify_rule", rule=rule) as fresh:
        row = found(VotingRule.objects.filter(body=fresh, pk=rule).first())
        if not row.basis:
            raise RuleBroken(_("Write the legal basis first."))
        row.verified_by, row.verified_on = str(actor), timezone.localdate()
        row.save(update_fields=["verified_by", "verified_on"])


def set_marks_days(actor: Person | None, body: Body, *, days: int | None) -> None:
    """So many days after a meeting what its people drew on the papers is deleted; None: never.

    Meetings that are over are looked at again: those whose day has passed already lose theirs at once.
    """
    with _keeping(actor, body, "set_marks_days", days=days) as fresh:
        fresh.marks_days = days
        fresh.save(update_fields=["marks_days"])
        for meeting in Meeting.objects.filter(body=fresh, state=State.CLOSED):
            plan_deletion(meeting)


def seat_body(seat: Seat, *, body: Body) -> dict[str, Any]:
    """Make it a meeting of the body and seat all who stand in it that day. Returns how many got a seat.

    Who has a seat keeps it; pressed twice it seats nobody twice.
    """
    with change(seat, "seat_body", *PEOPLE) as (meeting, facts):
        rules.check_body_of_office(body, meeting)
        count = take_body(meeting, body)
        facts.update(body=body.ref, name=body.name, seated=count)
        return {"seated": count}


def take_body(meeting: Meeting, body: Body) -> int:
    """For actions that hold the meeting: it becomes one of the body, whose members get their seats."""
    is_new = meeting.body_id != body.pk
    meeting.body = body
    meeting.save(update_fields=["body"])
    _take_quorum(meeting)
    day = timezone.localtime(meeting.starts_at).date()
    members = queries.members_on(body, day)
    seated = set(Seat.objects.filter(meeting=meeting).values_list("person_id", flat=True))
    has_chair = Seat.objects.filter(meeting=meeting, role=Role.CHAIR).exists()
    posts = posts_of([member.person_id for member in members])
    new = []
    for member in members:
        if member.person_id in seated and is_new:
            Seat.objects.filter(meeting=meeting, person=member.person, role__in=rules.MEMBERS).update(
                votes=member.votes, weight=member.weight
            )
        if member.person_id in seated:
            continue
        role = member.role
        if role == Role.CHAIR:
            role, has_chair = (Role.DELEGATE, True) if has_chair else (Role.CHAIR, True)
        post = posts.get(member.person_id) or member.title
        votes = member.votes and rules.can_have_vote(role)
        new.append(
            Seat(
                meeting=meeting,
                person=member.person,
                role=role,
                post=post,
                votes=votes,
                weight=member.weight,
            )
        )
    Seat.objects.bulk_create(new)
    return len(new)


def _take_quorum(meeting: Meeting) -> None:
    """The quorum of the body's decisions is that of its meeting."""
    rule = queries.voting_rule_for(meeting, Subject.DECISION)
    if rule is None:
        return
    meeting.quorum_numerator, meeting.quorum_denominator = rule.quorum_part, rule.quorum_whole
    meeting.quorum_exceeds, meeting.quorum_basis = False, rule.basis[:300]
    meeting.save(update_fields=["quorum_numerator", "quorum_denominator", "quorum_exceeds", "quorum_basis"])


@contextmanager
def _keeping(actor: Person | None, body: Body, act: str, **facts: Any) -> Iterator[Body]:
    """Hold the body's row, check the right, let the action write, log. None is the system itself."""
    with transaction.atomic():
        if not Body.objects.filter(pk=body.pk).update(version=F("version") + 1):
            raise Absent()
        fresh = Body.objects.select_related("office").get(pk=body.pk)
        organization.must(actor, rules.KEEP_BODIES, office=fresh.office)
        yield fresh
        audit.record(actor, f"meetings.{act}", f"body:{fresh.ref}", chain="meetings", **facts)
