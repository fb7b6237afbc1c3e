from django.urls import reverse

from tests.factories.organization import AssignmentFactory, OfficeFactory, PersonFactory, PositionFactory

PATH = "/to-chuc/"


def test_directory_shows_offices_with_their_people(client, people):
    client.force_login(people["an"])
    text = client.get(PATH).text.partition("<h1")[2]
    places = [
        text.index(name)
        for name in ("Ủy ban nhân dân xã", "Phòng Văn hóa", "Phạm Yến", "Trần Thị Ấn", "Lê Dũng")
    ]
    assert places == sorted(places)


def test_directory_finds_people_without_marks(client, people):
    client.force_login(people["an"])
    response = client.get(PATH, {"q": "dat"})
    assert [str(seat.person) for seat in response.context["found"]] == ["Nguyễn Văn Đạt"]
    assert "Phạm Yến" not in response.text


def test_directory_says_when_nobody_is_found(client, people):
    client.force_login(people["an"])
    assert client.get(PATH, {"q": "<b>ai"}).context["found"] == []
    assert "<b>ai" not in client.get(PATH, {"q": "<b>ai"}).text


def test_directory_is_for_staff_signed_in(client, people):
    assert client.get(PATH).status_code == 302


def test_directory_without_offices_says_so(client, db):
    client.force_login(PersonFactory())
    assert client.get(reverse("organization:directory")).context["tree"] == []


def test_directory_takes_the_same_queries_for_any_size(client, people, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(people["an"])
    client.get(PATH)
    counts = []
    for number in range(2):
        with CaptureQueriesContext(connection) as seen:
            client.get(PATH)
        counts.append(len(seen))
        office = OfficeFactory(code=f"n{number}", name=f"Ban {number}")
        for _ in range(3):
            AssignmentFactory(office=office, position=PositionFactory(name=f"Chức vụ {number}"))
    assert counts[0] == counts[1]
