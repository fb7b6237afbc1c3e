import itertools

import pytest

from intranet.lib.errors import RuleBroken
from meetings import actions, forms, rules
from meetings.models import Meeting, Role, Seat, State

PODIUM = [Role.CHAIR, Role.SECRETARY]
MEMBERS = [*PODIUM, Role.DELEGATE]
UNTIL_CLOSED = [State.DRAFT, State.PUBLISHED, State.LIVE]

EXPECTED = {
    (act, state, role)
    for acts, states, roles in [
        (["edit_details"], [State.DRAFT, State.PUBLISHED], [Role.CHAIR, Role.SECRETARY]),
        (
            [
                *["add_item", "edit_item", "move_item", "remove_item"],
                *[
                    "add_paper",
                    "rename_paper",
                    "protect_paper",
                    "replace_paper",
                    "restore_paper",
                    "move_paper",
                    "remove_paper",
                ],
                *["seat_person", "seat_body", "change_role", "unseat"],
                *["add_site", "rename_site", "move_site", "remove_site", "place_seat", "place_office"],
                *["set_item_closed", "set_kind_length", "set_time_budget", "remove_time_budget"],
            ],
            [State.DRAFT, State.PUBLISHED, State.LIVE],
            [Role.CHAIR, Role.SECRETARY],
        ),
        (["publish"], [State.DRAFT], [Role.CHAIR, Role.SECRETARY]),
        (
            ["open_meeting", "postpone_meeting", "cancel_meeting"],
            [State.PUBLISHED],
            [Role.CHAIR, Role.SECRETARY],
        ),
        (
            [
                *["go_to_item", "show_page", "stop_showing", "close_meeting"],
                *["pause_meeting", "call_recess", "resume_meeting"],
                *["begin_closed_session", "end_closed_session"],
                *["pause_speech", "resume_speech", "refuse_more_time", "readd_speech", "set_list_closed"],
                *["release_message", "ask_mood", "end_mood"],
            ],
            [State.LIVE],
            [Role.CHAIR, Role.SECRETARY],
        ),
        (["post_message"], [State.LIVE], [Role.CHAIR, Role.SECRETARY, Role.DELEGATE, Role.INVITED]),
        (
            ["ask_to_speak", "withdraw_speech", "end_speech", "ask_more_time", "answer_mood"],
            [State.LIVE],
            [Role.CHAIR, Role.SECRETARY, Role.DELEGATE, Role.INVITED],
        ),
        (
            ["add_speaker", "give_floor", "move_speech", "set_speech_length"],
            [State.LIVE],
            [Role.CHAIR, Role.SECRETARY],
        ),
        (
            ["arrive", "leave"],
            [State.PUBLISHED, State.LIVE],
            [Role.CHAIR, Role.SECRETARY, Role.DELEGATE, Role.INVITED, Role.OBSERVER],
        ),
        (
            ["note_arrival", "note_leaving", "cancel_arrival"],
            [State.PUBLISHED, State.LIVE],
            [Role.CHAIR, Role.SECRETARY],
        ),
        (
            ["set_quorum", "draw_hall", "set_chair", "give_chair", "fill_hall", "take_over_hall"],
            [State.DRAFT, State.PUBLISHED, State.LIVE],
            [Role.CHAIR, Role.SECRETARY],
        ),
        (
            ["set_voting", "add_poll", "edit_poll", "move_poll", "remove_poll", "repeat_poll"],
            [State.DRAFT, State.PUBLISHED, State.LIVE],
            [Role.CHAIR, Role.SECRETARY],
        ),
        (
            ["cast_vote", "give_proxy", "end_proxy"],
            [State.PUBLISHED, State.LIVE],
            [Role.CHAIR, Role.SECRETARY, Role.DELEGATE],
        ),
        (["open_early"], [State.PUBLISHED, State.LIVE], [Role.CHAIR, Role.SECRETARY]),
        (
            ["open_poll", "record_vote", "enter_totals", "close_poll"],
            [State.LIVE],
            [Role.CHAIR, Role.SECRETARY],
        ),
        (["publish_poll"], [State.LIVE, State.CLOSED], [Role.CHAIR, Role.SECRETARY]),
        (["void_poll"], [State.PUBLISHED, State.LIVE, State.CLOSED], [Role.CHAIR, Role.SECRETARY]),
        (["remove_message"], [State.LIVE, State.CLOSED], [Role.CHAIR, Role.SECRETARY]),
        (
            ["call_service", "withdraw_call", "write_privately"],
            [State.PUBLISHED, State.LIVE],
            [Role.CHAIR, Role.SECRETARY, Role.DELEGATE, Role.INVITED],
        ),
        (["take_call", "finish_call"], [State.PUBLISHED, State.LIVE], [Role.SECRETARY]),
        (
            ["answer_privately", "set_talk", "ask_to_load"],
            [State.PUBLISHED, State.LIVE],
            [Role.CHAIR, Role.SECRETARY],
        ),
        (["take_note"], [State.LIVE, State.CLOSED], [Role.CHAIR, Role.SECRETARY]),
    ]
    for act, state, role in itertools.product(acts, states, roles)
} | set(
    itertools.chain(
        *(
            itertools.product(*allowed)
            for allowed in [
                (["take_stance"], [State.PUBLISHED, State.LIVE], MEMBERS),
                (["adopt_consent", "decide_motion"], [State.LIVE], PODIUM),
                (["edit_motion"], UNTIL_CLOSED, PODIUM),
                (["add_motion", "withdraw_motion"], UNTIL_CLOSED, MEMBERS),
                (["review_motion", "review_amendment"], [State.PUBLISHED, State.LIVE], PODIUM),
                (
                    ["propose_amendment", "withdraw_amendment", "decide_amendment"],
                    [State.PUBLISHED, State.LIVE],
                    MEMBERS,
                ),
                (["recommend_amendment"], [State.PUBLISHED, State.LIVE], PODIUM),
            ]
        )
    )
)


@pytest.mark.parametrize("act", rules.MAY)
def test_every_pair_of_state_and_role_that_is_not_allowed_is_refused(act: str) -> None:
    for state, role in itertools.product(State, Role):
        seat, meeting = Seat(role=role), Meeting(state=state)
        if (act, state, role) in EXPECTED:
            rules.check_may(seat, act, meeting)
        else:
            with pytest.raises(RuleBroken):
                rules.check_may(seat, act, meeting)


@pytest.mark.parametrize("act", rules.MAY)
def test_a_clerk_of_a_site_may_note_who_comes_and_goes_and_nothing_else(act: str) -> None:
    for state, role in itertools.product(State, Role):
        seat, meeting = Seat(role=role, keeps_site=True), Meeting(state=state)
        noting = act in {"note_arrival", "note_leaving"} and state in {State.PUBLISHED, State.LIVE}
        if (act, state, role) in EXPECTED or noting:
            rules.check_may(seat, act, meeting)
        else:
            with pytest.raises(RuleBroken):
                rules.check_may(seat, act, meeting)


def test_an_unknown_act_is_refused_for_everyone() -> None:
    for state, role in itertools.product(State, Role):
        with pytest.raises(RuleBroken):
            rules.check_may(Seat(role=role), "anything", Meeting(state=state))


def test_every_act_of_the_table_has_an_action_and_one_form() -> None:
    assert rules.MAY.keys() == forms.ROOM_FORMS.keys() | forms.PREPARATION_FORMS.keys()
    assert set(rules.ROOM_ACTS) == forms.ROOM_FORMS.keys()
    assert all(callable(getattr(actions, act)) for act in rules.MAY)


def test_the_key_of_an_audience_says_all_of_it() -> None:
    assert rules.audience_of(Role.INVITED, [15, 12]) == "invited:12,15"
    assert rules.Audience.from_key("invited:12,15") == rules.Audience("invited", frozenset({12, 15}))
    assert rules.Audience.from_key("invited:") == rules.Audience("invited")
    assert rules.audience_of(Role.HALL, [3]) == "hall"


def test_a_draft_is_for_those_who_prepare_it() -> None:
    assert [role for role in Role if rules.sees_meeting(role, State.DRAFT)] == [Role.CHAIR, Role.SECRETARY]
