"""Foreign files as bytes: what is a text, in which encoding, and what is made to harm."""

from __future__ import annotations

import pytest

from giggamon_compiler import targets


def messages(data: bytes) -> list[str]:
    """What is said of a rule file."""
    (file,) = targets.read_files({"rules.yml": data}, "3.5")
    return [finding.message for finding in targets.place_files(file.findings)]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"groups: [\xc3", "rules.yml: the byte 0xc3 is no UTF-8"),
        (b"a: \xff\n", "rules.yml: the byte 0xff is no UTF-8"),
        (b"\x7fELF\x02\x01\0\0", "rules.yml is no text: it holds NUL bytes"),
        ("groups: []".encode("utf-16-le"), "rules.yml is no text: it holds NUL bytes"),
        (b"\xff\xfeg\0r\0", "rules.yml must be a mapping"),
        (b"\xfe\xff\0gr", "rules.yml: the byte 0x72 is no UTF-16"),
        (b"\xff\xfe\x00\xd8", "rules.yml: the byte 0x00 is no UTF-16"),
        (b"groups: \x07", "rules.yml: no YAML: control characters are not allowed"),
    ],
)
def test_what_is_no_text_is_refused(data, message):
    assert messages(data) == [message]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-8"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_encoding_that_prometheus_takes_is_taken(encoding, newline):
    text = "groups:\n- name: ä😀\n  rules: []\n".replace("\n", newline)
    (file,) = targets.read_files({"rules.yml": text.encode(encoding)}, "3.5")
    assert not file.findings
    assert [group.name for group in file.groups] == ["ä😀"]


BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 10)}]\n" for n in range(12)
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (BOMB, "rules.yml: its aliases stand for more than anybody wrote"),
        ("[" * 1_000_000, "rules.yml: nested more than 100 levels deep"),
        ("{a: " * 300_000, "rules.yml: nested more than 100 levels deep"),
        ("- " * 300_000, "rules.yml: nested more than 100 levels deep"),
        ("? " * 300_000, "rules.yml: nested more than 100 levels deep"),
        (
            "- {a: b}\n" * 250_000,
            "rules.yml: more than 500,000 values, which nobody reads: split it",
        ),
        (
            "groups:\n" + "- nam: x\n" * 5000,
            "rules.yml: more than 1,000 things are wrong, and no more are said",
        ),
        ("x: &x {<<: *x}", "rules.yml: the anchor &x holds itself"),
    ],
    ids=lambda it: it[:20],
)
def test_what_is_made_to_harm_is_refused_soon(text, message):
    assert message in messages(text.encode())
