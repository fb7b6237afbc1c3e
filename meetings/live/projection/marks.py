"""That there is something new among the marks on a paper. Marks are fetched: strokes are large."""

from meetings.models import SharedMarks
from meetings.rules import marks as marking

from .reading import Reading


def marks_section(reading: Reading) -> dict[str, int]:
    """For each paper the revision at which what is shared on it last changed for this audience.

    What is private is not in it at all, and what is for one person is told to that person by a sign.
    """
    papers = {paper.pk: marking.reaches_seen(reading.audience, paper.item_id) for paper in reading.papers}
    rows = SharedMarks.objects.filter(paper__item__meeting=reading.meeting).order_by("paper_id", "revision")
    return {
        str(pk): revision
        for pk, reach, revision in rows.values_list("paper_id", "reach", "revision")
        if reach in papers.get(pk, ())
    }
