import datetime

import pytest
from django.utils import timezone

from intranet.organization import queries
from tests.factories.organization import AssignmentFactory, OfficeFactory, PersonFactory, PositionFactory


def names(found):
    return [str(person) for person in found]


def test_office_tree_lists_children_after_their_parent(commune, today):
    tree = queries.office_tree_on(today)
    assert [(node.office.code, node.depth) for node in tree] == [
        ("ubnd", 0), ("vp", 1), ("vhxh", 1), ("to-vh", 2),
    ]  # fmt: skip


def test_office_tree_is_of_one_day(commune, today):
    culture = commune["culture"]
    culture.valid_to = today
    culture.save()
    OfficeFactory(
        code="later", name="Ban mới", parent=commune["top"], valid_from=today + datetime.timedelta(1)
    )
    shown = {node.office.code: node.depth for node in queries.office_tree_on(today)}
    assert shown == {"ubnd": 0, "vp": 1, "to-vh": 0}
    assert "vhxh" in {node.office.code for node in queries.office_tree_on(today - datetime.timedelta(1))}


def test_office_tree_shows_leaders_first_then_given_names(commune, people, today):
    tree = {node.office.code: node for node in queries.office_tree_on(today, with_people=True)}
    assert names(seat.person for seat in tree["vhxh"].seats) == [
        "Phạm Yến", "Trần Thị Ấn", "Lê Dũng", "Nguyễn Văn Đạt",
    ]  # fmt: skip


def test_office_tree_leaves_out_disabled_people_and_ended_places(commune, people, today):
    people["an"].is_active = False
    people["an"].save()
    people["dat"].assignments.update(valid_to=today)
    seats = queries.people_of(commune["culture"], today)
    assert names(seat.person for seat in seats) == ["Phạm Yến", "Lê Dũng"]


def test_office_tree_takes_the_same_queries_for_any_size(commune, people, today, django_assert_num_queries):
    with django_assert_num_queries(2):
        [
            str(s.person) + s.post
            for node in queries.office_tree_on(today, with_people=True)
            for s in node.seats
        ]
    for number in range(3):
        office = OfficeFactory(code=f"x{number}", name=f"Tổ {number}", parent=commune["team"])
        AssignmentFactory(office=office)
    with django_assert_num_queries(2):
        [
            str(s.person) + s.post
            for node in queries.office_tree_on(today, with_people=True)
            for s in node.seats
        ]


def test_offices_for_picker_are_indented(commune, today):
    assert queries.offices_for_picker(today)[3] == (commune["team"].pk, "\u2003\u2003Tổ Văn hóa")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["Trần Thị Ấn", "Lê Dũng", "Nguyễn Văn Đạt", "Phạm Yến"]),
        ("dat", ["Nguyễn Văn Đạt"]),
        ("ĐẠT", ["Nguyễn Văn Đạt"]),
        ("văn đạt", ["Nguyễn Văn Đạt"]),
        ("truong phong", ["Phạm Yến"]),
        ("an cong chuc", ["Trần Thị Ấn"]),
        ("ong", []),
        ("không có ai", []),
        ("%", []),
    ],
)
def test_people_are_found_without_marks_sorted_by_given_name(people, text, found):
    assert names(queries.people_matching(text)) == found


def test_people_matching_leaves_out_disabled_accounts(people):
    people["dat"].is_active = False
    people["dat"].save()
    assert names(queries.people_matching("dat")) == []
    assert list(queries.active_people([people["dat"].pk, people["an"].pk])) == [people["an"]]


def test_people_matching_stops_at_its_limit(people):
    assert len(queries.people_matching("", limit=2)) == 2


def test_post_says_a_shared_word_once(commune, people):
    assert queries.post_of(people["head"]) == "Trưởng phòng Văn hóa – Xã hội"
    assert queries.post_of(people["an"]) == "Công chức Phòng Văn hóa – Xã hội"
    assert queries.post_of(PersonFactory()) == ""


def test_post_is_the_main_place_of_today(commune, people):
    AssignmentFactory(
        person=people["an"],
        office=commune["top"],
        position=PositionFactory(name="Ủy viên", rank=1),
        is_primary=False,
    )
    assert queries.post_of(people["an"]) == "Công chức Phòng Văn hóa – Xã hội"
    assert [seat.office.code for seat in queries.seats_of(people["an"])] == ["vhxh", "ubnd"]


def test_posts_of_many_take_one_query(people, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert len(queries.posts_of([person.pk for person in people.values()])) == 4


def test_house_is_the_office_at_the_top_today(commune):
    assert queries.house() == commune["top"]
    commune["top"].valid_to = timezone.localdate()
    commune["top"].save()
    assert queries.house() is None
