"""Addresses that outlive a change of titles and places: a board's uid, the number of a panel."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

LONGEST_UID = 40  # Grafana refuses more
LARGEST_ID = 2**31 - 1

_UID = re.compile(rf"[A-Za-z0-9_-]{{1,{LONGEST_UID}}}")


def board_uid(owner: str | None, key: str) -> str:
    """The uid of a board by the names of its service and its own: "orders", "orders-capacity".

    A name that is too long, or holds what Grafana does not allow, is cut and told apart by a hash.
    """
    name = key if owner in (None, key) else f"{owner}-{key}"
    return name if _UID.fullmatch(name) else hashed_uid(owner, key)


def hashed_uid(owner: str | None, key: str) -> str:
    """A uid that no other pair of names has."""
    digest = sha256(repr((owner, key)).encode("utf-8", "backslashreplace")).hexdigest()[:10]
    words = re.sub(r"[^A-Za-z0-9_]+", "-", key if owner in (None, key) else f"{owner}-{key}")
    return f"{words[: LONGEST_UID - 11].strip('-')}-{digest}".lstrip("-")


def board_uids(names: Iterable[tuple[str | None, str]]) -> Mapping[tuple[str | None, str], str]:
    """The uid of each pair of names; of two that would have one, the first alone keeps the plain.

    Capitals do not tell two uids apart: neither every database nor every file system sees them.
    """
    uids: dict[tuple[str | None, str], str] = {}
    taken: set[str] = set()
    for owner, key in sorted(set(names), key=lambda pair: (pair[0] or "", pair[1])):
        uid = board_uid(owner, key)
        if uid.lower() in taken:
            uid = hashed_uid(owner, key)
        taken.add(uid.lower())
        uids[owner, key] = uid
    return uids


def panel_ids(keys: Sequence[str], largest: int = LARGEST_ID) -> list[int]:
    """A number for each key of a board, from 1 to `largest`, from a hash of the key.

    Only where two hashes are equal does the number of one depend on the other; the order of the
    keys never matters.
    """
    seen: Counter[str] = Counter()
    names = []
    for key in keys:
        names.append((key, seen[key]))
        seen[key] += 1
    ids: dict[tuple[str, int], int] = {}
    taken: set[int] = set()
    for name in sorted(names):
        digest = sha256(repr(name).encode("utf-8", "backslashreplace")).digest()
        number = int.from_bytes(digest[:8]) % largest + 1
        while number in taken:
            number = number % largest + 1
        taken.add(number)
        ids[name] = number
    return [ids[name] for name in names]
