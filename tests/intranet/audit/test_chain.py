"""The log: one order per chain, nothing changed, nothing removed, and what was done to it found."""

import datetime
import decimal
import importlib
import threading
import uuid

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intranet.audit import actions, queries, rules
from intranet.audit.models import Entry, Head
from tests.factories.organization import PersonFactory

GUARD = importlib.import_module("intranet.audit.migrations.0002_append_only")


@pytest.fixture
def chain(db):
    """Three rows in each of two chains."""
    person = PersonFactory(first_name="Ấn", last_name="Công chức")
    for number in range(3):
        for name in ("meeting:abc", "organization"):
            actions.record(
                person, "meetings.open", "meeting:abc", chain=name, step=number, note="Chủ toạ khai mạc"
            )
    return "meeting:abc"


@pytest.fixture
def unguarded(chain):
    """The same with the triggers taken off, as somebody with the database's password could."""
    is_postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for statement in GUARD.POSTGRESQL_UNDO if is_postgresql else GUARD.SQLITE_UNDO:
            cursor.execute(statement)
    return chain


def tamper(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        assert cursor.rowcount > 0


def only_fault():
    faults = queries.verify().faults
    assert len(faults) == 1
    return faults[0]


def test_record_numbers_each_chain_from_one_and_links_rows(chain):
    rows = list(Entry.objects.filter(chain=chain))
    assert [row.number for row in rows] == [1, 2, 3]
    assert rows[0].previous == ""
    assert rows[1].previous == rows[0].digest
    assert rows[0].actor_name == "Công chức Ấn"
    assert Head.objects.get(chain=chain).digest == rows[2].digest


def test_record_without_a_person_is_the_systems(db):
    assert actions.record(None, "demo.load", "site:demo", chain="demo").actor_name == "system"


def test_record_of_a_reading_names_what_was_read(db):
    entry = actions.record_reading(PersonFactory(), "file:abc", chain="meeting:abc", page=3)
    assert (entry.action, entry.target, entry.facts) == ("file.read", "file:abc", {"page": 3})


def test_record_leaves_nothing_when_the_act_fails(chain):
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.record(None, "demo.fail", "site:demo", chain=chain)
        raise RuntimeError
    assert queries.verify().faults == []
    assert Entry.objects.filter(chain=chain).count() == 3


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_entry SET action = 'x' WHERE number = 2",
        "DELETE FROM audit_entry WHERE number = 3",
        "DELETE FROM audit_head",
        "UPDATE audit_head SET number = number - 1",
    ],
)
def test_database_refuses_to_change_what_is_written(chain, sql):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert queries.verify().faults == []


@pytest.mark.parametrize("table", ["audit_entry", "audit_head"])
def test_postgresql_refuses_to_truncate(chain, table):
    if connection.vendor != "postgresql":
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608
        return
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table}")


def test_orm_cannot_change_an_entry_either(chain):
    entry = Entry.objects.filter(chain=chain).first()
    entry.action = "x"
    with pytest.raises(DatabaseError), transaction.atomic():
        entry.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        entry.delete()


def test_verify_finds_a_whole_log_whole(chain, capsys):
    call_command("audit", "verify")
    assert capsys.readouterr().out.strip() == "2 chains, 6 rows: whole"


def test_verify_names_a_changed_row_and_fails(unguarded, capsys):
    tamper("UPDATE audit_entry SET actor_name = 'Ai đó' WHERE chain = %s AND number = 2", unguarded)
    with pytest.raises(SystemExit) as exit_status:
        call_command("audit", "verify")
    assert exit_status.value.code == 1
    assert "chain meeting:abc, row 2: digest" in capsys.readouterr().err


def test_verify_finds_changed_facts(unguarded):
    facts = '{"step": 1, "note": "Chủ toạ bế mạc"}'
    cast = "::jsonb" if connection.vendor == "postgresql" else ""
    tamper(f"UPDATE audit_entry SET facts = %s{cast} WHERE chain = %s AND number = 2", facts, unguarded)  # noqa: S608
    assert (only_fault().number, only_fault().what.split(":")[0]) == (2, "digest")


def test_verify_finds_a_row_forged_with_its_digest(unguarded):
    row = Entry.objects.get(chain=unguarded, number=2)
    row.action = "meetings.close"
    tamper(
        "UPDATE audit_entry SET action = %s, digest = %s WHERE chain = %s AND number = 2",
        row.action,
        rules.digest_of(row),
        unguarded,
    )
    assert (only_fault().number, only_fault().what.split(":")[0]) == (3, "previous")


def test_verify_finds_a_row_taken_out_of_the_middle(unguarded):
    tamper("DELETE FROM audit_entry WHERE chain = %s AND number = 2", unguarded)
    assert (only_fault().number, only_fault().what.split(":")[0]) == (3, "gap")


def test_verify_finds_a_tail_cut_off(unguarded):
    tamper("DELETE FROM audit_entry WHERE chain = %s AND number >= 2", unguarded)
    assert (only_fault().number, only_fault().what) == (2, "missing: the chain ends at 1, the head says 3")


def test_verify_finds_a_chain_emptied(unguarded):
    tamper("DELETE FROM audit_entry WHERE chain = %s", unguarded)
    assert (only_fault().chain, only_fault().number) == (unguarded, 1)


def test_verify_finds_a_head_moved_back(unguarded):
    tamper("UPDATE audit_head SET number = 2 WHERE chain = %s", unguarded)
    assert (only_fault().number, only_fault().what.split(":")[0]) == (2, "head")


def test_verify_finds_a_head_moved_back_with_its_digest(unguarded):
    digest = Entry.objects.get(chain=unguarded, number=2).digest
    tamper("UPDATE audit_head SET number = 2, digest = %s WHERE chain = %s", digest, unguarded)
    assert (only_fault().number, only_fault().what) == (3, "head: it ends at 2, the row stands behind it")


def test_verify_finds_a_missing_head(unguarded):
    tamper("DELETE FROM audit_head WHERE chain = %s", unguarded)
    assert (only_fault().number, only_fault().what) == (3, "head: the head of the chain is missing")


def test_verify_finds_a_rewritten_last_row(unguarded):
    row = Entry.objects.get(chain=unguarded, number=3)
    row.target = "meeting:xyz"
    tamper(
        "UPDATE audit_entry SET target = %s, digest = %s WHERE chain = %s AND number = 3",
        row.target,
        rules.digest_of(row),
        unguarded,
    )
    assert (only_fault().number, only_fault().what.split(":")[0]) == (3, "head")


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.dates()
    | st.decimals()
    | st.uuids(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(facts=st.dictionaries(st.text(min_size=1, max_size=8), json_values, max_size=4))
def test_any_facts_come_back_with_their_digest(db, facts):
    entry = actions.record(None, "test.any", "test:any", chain="any", data=facts)
    kept = Entry.objects.get(pk=entry.pk)
    assert rules.digest_of(kept) == kept.digest


def test_awkward_facts_are_kept_readable(db):
    moment = datetime.datetime(2026, 11, 23, 9, 40, 0, 120, tzinfo=datetime.UTC)
    facts = {
        "moment": moment,
        "share": 0.1,
        "big": 1e30,
        "money": decimal.Decimal("50000.00"),
        "id": uuid.UUID(int=1),
        3: "ba",
        "nul": "a\0b",
        "set": (1, None, True),
    }
    entry = Entry.objects.get(pk=actions.record(None, "t.t", "t:t", chain="c", data=facts).pk)
    assert entry.facts["data"] == {
        "moment": "2026-11-23T09:40:00.000120+00:00",
        "share": "0.1",
        "big": "1e+30",
        "money": "50000.00",
        "id": "00000000-0000-0000-0000-000000000001",
        "3": "ba",
        "nul": "a\ufffdb",
        "set": [1, None, True],
    }
    assert queries.verify().faults == []


@pytest.mark.django_db(transaction=True)
def test_records_made_at_once_leave_no_gap():
    failures = []

    def write(worker):
        try:
            for step in range(15):
                with transaction.atomic():
                    actions.record(None, "test.race", f"worker:{worker}", chain="race", step=step)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(worker,)) for worker in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert list(Entry.objects.filter(chain="race").values_list("number", flat=True)) == list(range(1, 91))
    assert queries.verify().faults == []
