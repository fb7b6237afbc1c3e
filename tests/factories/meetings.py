"""Meetings with seats, an agenda and papers, straight in the tables."""

import datetime
import hashlib
from typing import Any

import factory
from django.utils import timezone

from intranet.files.models import Content, StoredFile
from intranet.organization.models import Office, Person
from meetings.models import AgendaItem, Meeting, Paper, Role, Seat


class _OfficeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Office
        django_get_or_create = ("code",)

    code = "ubnd"
    name = "Ủy ban nhân dân xã"
    valid_from = datetime.date(2020, 1, 1)


class _PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person

    username = factory.Sequence("nguoi{}".format)
    last_name = "Người"
    first_name = factory.Sequence("Thứ {}".format)


class MeetingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Meeting

    title = factory.Sequence("Phiên họp thường kỳ {}".format)
    place = "Phòng họp số 1"
    office = factory.SubFactory(_OfficeFactory)
    starts_at = factory.LazyFunction(lambda: timezone.now() + datetime.timedelta(hours=1))
    ends_at = factory.LazyAttribute(lambda meeting: meeting.starts_at + datetime.timedelta(hours=3))
    convened_by = factory.SubFactory(_PersonFactory)


class SeatFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Seat

    meeting = factory.SubFactory(MeetingFactory)
    person = factory.SubFactory(_PersonFactory)
    role = Role.DELEGATE
    votes = factory.LazyAttribute(lambda seat: seat.role in (Role.CHAIR, Role.DELEGATE))


class ItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    position = factory.LazyAttribute(
        lambda item: AgendaItem.objects.filter(meeting=item.meeting, parent=item.parent).count() + 1
    )
    parent = None
    title = factory.Sequence("Nội dung {}".format)
    minutes = 15


class PaperFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Paper

    item = factory.SubFactory(ItemFactory)
    title = factory.Sequence("Tờ trình {}".format)
    position = factory.LazyAttribute(lambda paper: Paper.objects.filter(item=paper.item).count() + 1)

    @factory.lazy_attribute
    def stored_file(self) -> Any:
        return stored_pdf(self.item.meeting.convened_by, name=f"{self.title}.pdf")


def stored_pdf(uploader: Person, *, name: str = "to-trinh.pdf", pages: int = 3) -> StoredFile:
    """A row of a readable PDF of `pages` A4 pages; there are no bytes behind it."""
    digest = hashlib.sha256(f"{name}{pages}".encode()).hexdigest()
    content, _made = Content.objects.get_or_create(
        digest=digest,
        defaults={
            "view_digest": digest,
            "size": 1234,
            "kind": "pdf",
            "media_type": "application/pdf",
            "state": Content.State.READY,
            "pages": [[595, 842]] * pages,
        },
    )
    return StoredFile.objects.create(content=content, name=name, uploaded_by=uploader)
