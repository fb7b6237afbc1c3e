"""Offices, posts, roles and the role-named accounts."""

import datetime
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from intranet.config.demo import content
from intranet.organization import actions
from intranet.organization.models import Office, Person

PASSWORD = "dinh-lang-2026"  # noqa: S105 (printed on purpose: the demo is a house without secrets)
FOUNDED = datetime.date(2025, 7, 1)
"""The day the two tiers of local government began."""


@dataclass(frozen=True)
class Cast:
    """Who and what the other loaders speak of."""

    people: dict[str, Person]
    offices: dict[str, Office]
    groups: dict[str, list[str]]
    """Names of the editorial groups of each account."""

    def __getitem__(self, username: str) -> Person:
        return self.people[username]


def load(today: datetime.date) -> Cast:
    """Make the commune's offices and people; everybody has the one printed password."""
    data = content.read("organization", today)
    offices: dict[str, Office] = {}
    for row in data["offices"]:
        parent = offices[row["parent"]] if row["parent"] else None
        offices[row["code"]] = actions.open_office(
            None,
            code=row["code"],
            name=row["name"],
            short_name=row["short_name"],
            parent=parent,
            order=row["order"],
            from_day=FOUNDED,
        )
    positions = {
        row["name"]: actions.add_position(None, name=row["name"], rank=row["rank"])
        for row in data["positions"]
    }
    roles = {
        row["code"]: actions.define_role(
            None, code=row["code"], name=row["name"], permissions=row["permissions"]
        )
        for row in data["roles"]
    }
    # One hash for all: eighteen would take ten seconds of a small machine.
    encoded = make_password(PASSWORD)
    people: dict[str, Person] = {}
    for row in data["accounts"]:
        person = actions.create_person(
            None,
            username=row["username"],
            last_name=row["last_name"],
            first_name=row["first_name"],
            staff_code=row["staff_code"],
            phone=row["phone"],
            email=row["email"],
            encoded_password=encoded,
        )
        actions.assign(
            None, person, office=offices[row["office"]], position=positions[row["position"]], from_day=FOUNDED
        )
        for role, office in row["roles"]:
            actions.grant_role(None, person, role=roles[role], office=offices[office], from_day=FOUNDED)
        if row["superuser"]:
            person = actions.make_administrator(None, person)
        people[row["username"]] = person
    return Cast(people, offices, {row["username"]: row["groups"] for row in data["accounts"]})
