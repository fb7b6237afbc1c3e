"""Reading bodies. `body_for` is the only door to one."""

import datetime
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from intranet.lib.errors import Absent
from intranet.organization import queries as organization
from intranet.organization.models import Office, Person
from intranet.organization.rules import may
from meetings import rules
from meetings.models import Body, BodyMember, MajorityKind, Meeting, PollKind, Subject, VotingRule


def body_for(person: Any, ref: str) -> Body:
    """A body the person keeps: the door. Raises Absent for everyone else."""
    body = Body.objects.select_related("office").filter(ref=ref).first()
    if body is None or not may(person, rules.KEEP_BODIES, office=body.office):
        raise Absent()
    return body


def offices_keeping_bodies(person: Person) -> list[Office]:
    """Offices whose bodies the person keeps, by their order."""
    return organization.offices_where(person, rules.KEEP_BODIES)


def bodies_kept_by(person: Person) -> list[Body]:
    """The bodies the person keeps, with `member_count` of today."""
    today = timezone.localdate()
    now = Q(members__valid_from__lte=today) & (
        Q(members__valid_to__isnull=True) | Q(members__valid_to__gt=today)
    )
    return list(
        Body.objects.filter(office__in=offices_keeping_bodies(person))
        .select_related("office")
        .annotate(member_count=Count("members", filter=now))
        .order_by("office__order", "name")
    )


def bodies_of(meeting: Meeting) -> list[Body]:
    """The bodies a meeting may be one of: those of its office."""
    return list(Body.objects.filter(office_id=meeting.office_id))


def members_on(body: Body, day: datetime.date) -> list[BodyMember]:
    """Who stands in the body on a day, disabled accounts left out."""
    return list(BodyMember.objects.on(day).filter(body=body, person__is_active=True).select_related("person"))


def voting_rule_for(meeting: Meeting, subject: str) -> VotingRule | None:
    """How the meeting's body decides a subject on the day of the meeting; None where nothing is kept."""
    if meeting.body_id is None:
        return None
    day = timezone.localtime(meeting.starts_at).date()
    return VotingRule.objects.on(day).filter(body_id=meeting.body_id, subject=subject).first()


def papers_of_body(meeting: Meeting) -> dict[str, dict[str, Any]]:
    """The majority and the quorum a new vote begins with, by its kind; empty where no body keeps them."""
    decision, election = (
        _paper(voting_rule_for(meeting, subject)) for subject in (Subject.DECISION, Subject.ELECTION)
    )
    return {
        PollKind.MOTION: decision,
        PollKind.LIST: decision,
        PollKind.ELECTION: election,
        PollKind.CUMULATIVE: election,
    }


def _paper(rule: VotingRule | None) -> dict[str, Any]:
    if rule is None:
        return {}
    facts: dict[str, Any] = {
        "majority_kind": rule.majority,
        "majority_base": rule.base,
        "quorum_numerator": rule.quorum_part,
        "quorum_denominator": rule.quorum_whole,
    }
    if rule.majority == MajorityKind.CUSTOM:
        facts |= {"numerator": rule.part, "denominator": rule.whole}
    return facts


def people_outside(body: Body, text: str, *, limit: int = 8) -> list[Person]:
    """Active people who are not in the body today and whom `text` matches; nobody for an empty one."""
    if not text.strip():
        return []
    inside = BodyMember.objects.on(timezone.localdate()).filter(body=body).values("person")
    return list(organization.people_matching(text).exclude(pk__in=inside)[:limit])
