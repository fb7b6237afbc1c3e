"""The places of one meeting. Who is here, and who is connected, is said by the other sections."""

from typing import Any

from meetings import queries, rules
from meetings.models import Seat

from .reading import Reading


def sites_section(reading: Reading) -> list[dict[str, Any]]:
    """Sites with the keys of their seats, in their order; empty for a meeting in one hall."""
    sites = queries.sites_of(reading.meeting)
    shown: dict[int, dict[str, Any]] = {
        site.pk: {"id": site.pk, "name": site.name, "seats": [], "clerks": []} for site in sites
    }
    rows = Seat.objects.filter(site__in=shown, role__in=rules.ATTENDING).order_by("pk")
    for seat, site, keeps in rows.values_list("pk", "site_id", "keeps_site"):
        shown[site]["seats"].append(seat)
        if keeps and reading.audience.sees_names:
            shown[site]["clerks"].append(seat)
    return list(shown.values())
