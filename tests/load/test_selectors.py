"""What an objective counts is one plain selector, because a range is put behind it."""

import pytest

SERVICE = (
    "from giggamon_compiler import SLO, Ratio\n"
    'good = SLO("availability", objective=99, window="30d", sli=Ratio(\n'
    "    bad={bad}, total='x_total'))\n"
)


def said(read, bad):
    loaded = read(service=SERVICE.replace("{bad}", bad))
    return loaded, [it for it in loaded.said if it[0] == "not-one-selector"]


@pytest.mark.parametrize(
    ("bad", "place", "meant", "what", "advice"),
    [
        ("'x_total[5m]'", "7:10", "x_total[5m]", "a selector with a range", "write x_total:"),
        (
            "' x_total{a=\"é\"} [5m] offset 1h'",
            "7:11",
            'x_total{a="é"} [5m] offset 1h',
            "a selector with a range",
            'write x_total{a="é"} offset 1h:',
        ),
        (
            "'sum(rate(x_total{a=\"b\"}[5m]))'",
            "7:10",
            'sum(rate(x_total{a="b"}[5m]))',
            "an expression",
            'write x_total{a="b"}:',
        ),
        (
            "'x_total or '\n        'y_total'",
            "7:10",
            "x_total or '\n        'y_total",
            "an expression",
            "name the counter, with matchers on its labels in braces:",
        ),
        (
            "'5'",
            "7:10",
            "5",
            "an expression",
            "name the counter, with matchers on its labels in braces:",
        ),
    ],
)
def test_more_than_a_selector_is_told(read, bad, place, meant, what, advice):
    loaded, (finding,) = said(read, bad)
    assert finding[1:] == (
        place,
        meant,
        f"orders/availability: bad is {what}, where one plain selector belongs",
    )
    (given,) = [it for it in loaded.findings if it.id == "not-one-selector"]
    assert given.help == f"{advice} the compiler puts increase and each window around it"


@pytest.mark.parametrize(
    "bad",
    [
        "'x_total'",
        "' x_total{a=\"b[5m]\"} offset 5m'",
        "'(x_total @ 0)'",
        "'{__name__=\"x_total\"}'",
        "'x_total # not the sum'",
        "'x_total{'",  # said by the check that reads every query
    ],
)
def test_a_selector_however_it_is_written_is_fine(read, bad):
    _, findings = said(read, bad)
    assert findings == []
