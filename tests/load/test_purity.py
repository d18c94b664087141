"""A definition that reads the world, or hides what it does, is a finding at the very call."""

import pytest


@pytest.mark.parametrize(
    ("text", "at", "underlined", "message"),
    [
        (
            'text = open("/etc/hostname").read()\n',
            "5:8",
            "open",
            "open is not for definitions: they are data, the same everywhere",
        ),
        (
            'down = Alert("Up", expr=input())\n',
            "5:25",
            "input",
            "input is not for definitions: they are data, the same everywhere",
        ),
        (
            'globals()["down"] = Alert("Up", expr="up")\n',
            "5:1",
            "globals",
            "globals is not for definitions: they are data, the same everywhere",
        ),
        (
            'print("x")\n',
            "5:1",
            "print",
            "print is not for definitions: they are data, the same everywhere",
        ),
        (
            'down = eval("1")\n',
            "5:8",
            "eval",
            "eval is not for definitions: they are data, the same everywhere",
        ),
        (
            'os = __import__("os")\n',
            "5:6",
            "__import__",
            "__import__ is not for definitions: they are data, the same everywhere",
        ),
        (
            "here = __file__\n",
            "5:8",
            "__file__",
            "__file__ is not for definitions: they are data, the same everywhere",
        ),
        (
            'number = hash("orders")\n',
            "5:10",
            "hash",
            "hash is not for definitions: they are data, the same everywhere",
        ),
        (
            'def read():\n    return [open(n) for n in "ab"]\n',
            "6:13",
            "open",
            "open is not for definitions: they are data, the same everywhere",
        ),
        (
            "kind = critical.__class__\n",
            "5:8",
            "critical.__class__",
            "__class__ reaches behind a value, and definitions are data",
        ),
        (
            "import datetime\nday = datetime.datetime.now().day\n",
            "6:7",
            "datetime.datetime.now()",
            "datetime.datetime.now asks the machine for its clock or time zone, "
            "so every build would differ",
        ),
        (
            "from datetime import date\nday = date.today()\n",
            "6:7",
            "date.today()",
            "date.today asks the machine for its clock or time zone, so every build would differ",
        ),
    ],
)
def test_it_is_a_finding(read, text, at, underlined, message):
    loaded = read(service=text)
    assert loaded.said == [("impure-call", at, underlined, message)]
    assert loaded.names("services/orders") == []


def test_it_is_not_run(read, tmp_path):
    witness = tmp_path / "witness"
    loaded = read(service=f"file = open({str(witness)!r}, 'w')\n")
    assert loaded.ids == ["impure-call"]
    assert not witness.exists()


def test_every_one_of_a_file_is_found(read):
    loaded = read(service='one = open("a")\ntwo = vars(critical)\n')
    assert [said[1] for said in loaded.said] == ["5:7", "6:7"]


def test_pure_builtins_and_own_names_are_allowed(read):
    loaded = read(
        service="""\
        from datetime import date, timedelta
        day = date(2027, 1, 1) + timedelta(days=max(1, len("ab")))
        open = sorted({str(n) for n in range(3)})
        def now(id):
            return id + 1
        number = now(id=2)
        first = open[0]
        text = __name__
        """
    )
    assert loaded.said == []
