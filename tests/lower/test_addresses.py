"""Addresses are valid, differ from each other, and outlive what happens around them."""

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from giggamon_compiler.lower.addresses import LONGEST_UID, board_uids, panel_ids

# A slow machine is no failure.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

texts = st.text(max_size=12)


@patient
@given(st.lists(st.sampled_from("abcdefgh"), max_size=12), st.randoms())
def test_numbers_depend_on_the_keys_alone(keys, order):
    few = 16  # so that many hashes are equal
    found = panel_ids(keys, few)
    assert len(set(found)) == len(keys)
    assert all(1 <= number <= few for number in found)
    shuffled = order.sample(keys, len(keys))
    assert sorted(zip(shuffled, panel_ids(shuffled, few), strict=True)) == sorted(
        zip(keys, found, strict=True)
    )


def test_a_number_is_the_same_for_ever():
    assert panel_ids(["panel queue", "row Row"]) == [128295472, 2054752786]


def uid_of(owner, key):
    return board_uids([(owner, key)])[owner, key]


def test_an_address_is_made_of_the_names():
    assert uid_of("orders", "orders") == "orders"
    assert uid_of("orders", "capacity") == "orders-capacity"
    assert uid_of(None, "fleet") == "fleet"
    assert re.fullmatch(r"orders-a-b-[0-9a-f]{10}", uid_of("orders", "a/b"))
    assert re.fullmatch(r"o{29}-[0-9a-f]{10}", uid_of("o" * 41, "capacity"))


@patient
@given(st.lists(st.tuples(st.none() | texts, texts), max_size=8))
def test_every_address_is_valid_and_no_other_boards(names):
    uids = board_uids(names)
    assert set(uids) == set(names)
    assert len({uid.lower() for uid in uids.values()}) == len(uids)
    for uid in uids.values():
        assert re.fullmatch(rf"[A-Za-z0-9_-]{{1,{LONGEST_UID}}}", uid)


def test_two_names_that_read_alike_get_two_addresses():
    uids = board_uids([("a-b", "c"), ("a", "b-c"), ("A", "B-C"), ("a-b", "C")])
    assert len({uid.lower() for uid in uids.values()}) == 4
    assert [uid for uid in uids.values() if len(uid) == len("a-b-c")] == ["A-B-C"]
