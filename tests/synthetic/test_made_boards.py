"""A service that nobody has seen before, with metrics and nothing else, gets a board with data."""

import json
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from giggamon_compiler import targets
from tests.lower.made import board, compiled, rows
from tests.promql.engine import find_generation
from tests.synthetic.asking import all_queries, ask, world
from tests.synthetic.shown import shown_by

SIGNALS = [None, "requests", "errors", "duration", "saturation"]
names = st.from_regex(r"[a-z][a-z0-9_]{0,12}", fullmatch=True)
ends = st.sampled_from(["", "_total", "_seconds", "_bytes", "_ratio", "_timestamp_seconds"])
labels = st.dictionaries(
    st.from_regex(r"[a-z]{3,8}", fullmatch=True).filter(lambda it: it not in ("job", "instance")),
    st.lists(st.sampled_from(["a", "500", "é", 'q"uote', "back\\slash"]), min_size=1, unique=True),
    max_size=2,
)


@st.composite
def metrics(draw, number):
    """A declaration as it is written."""
    kind = draw(st.sampled_from(["Counter", "Gauge", "Histogram", "Summary"]))
    name = f"m{number}_{draw(names)}{draw(ends)}"
    shown = draw(labels)
    arguments = [repr(name), f"help={draw(st.sampled_from(['', 'What it is.']))!r}"]
    arguments += [f"labels={shown!r}", f"signal={draw(st.sampled_from(SIGNALS))!r}"]
    if kind == "Histogram":
        arguments.append('buckets=["0.1", "1", "5"]')
    if kind == "Summary":
        arguments.append(f"quantiles={draw(st.sampled_from([[], ['0.5', '0.99']]))!r}")
    if kind == "Counter" and shown and draw(st.booleans()):
        label, values = next(iter(shown.items()))
        arguments.append(f"errors={f'{label}={json.dumps(values[0], ensure_ascii=False)}'!r}")
    return f"m{number} = metric.{kind}({', '.join(arguments)})\n"


@st.composite
def services(draw, number):
    """The file of a service with metrics and nothing else."""
    targets_of = [f"host-{n}:8000" for n in range(draw(st.integers(1, 3)))]
    needs = [f"s{n}" for n in range(number) if draw(st.booleans())]
    head = (
        f'service = Service("s{number}", team=commerce, depends_on={needs!r},\n'
        f'    scrape=Scrape("job-{number}", targets={targets_of!r}))\n'
    )
    return head + "".join(draw(metrics(n)) for n in range(draw(st.integers(1, 6))))


houses = st.integers(3, 6).flatmap(
    lambda count: st.tuples(*(services(number) for number in range(count)))
)


@given(houses)
# A failure is told as it was found: to make it smaller would start a server hundreds of times.
@settings(
    max_examples=4,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_query_of_a_board_that_is_made_has_data(house):
    generation = find_generation()
    assert generation is not None, "no prometheus; see .ci/install"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = {f"services/s{number}.py": text for number, text in enumerate(house)}
        program = compiled(folder, files)
        assert {f"s{number}" for number in range(len(house))} < {
            it.uid for it in program.dashboards
        }
        asked = all_queries(program, targets.emit(program))
        with world(generation, folder, program, {}, asked) as running:
            answers = ask(running, asked)
    wrong = [f"{it.asked.where}: {it.problem}: {it.asked.text}" for it in answers if it.problem]
    assert wrong == []


GOLDEN = """
service = Service("shop", team=commerce, scrape=Scrape("shop", targets=["a:1", "b:1"]))
asked = metric.Counter("asked_total", help="Requests", labels={"code": ["200", "503"]},
    signal="requests", errors='code=~"5.."')
took = metric.Histogram("took_seconds", help="Time to answer", buckets=["0.1", "1"],
    signal="duration")
busy = metric.Gauge("workers_busy_ratio", help="Workers that are busy", signal="saturation")
"""


def test_rate_errors_duration_and_saturation_are_found(tmp_path):
    generation = find_generation()
    assert generation is not None, "no prometheus; see .ci/install"
    program = compiled(tmp_path, {"services/shop.py": GOLDEN})
    files = targets.emit(program)
    asked = all_queries(program, files)
    shown = shown_by(program, {})
    with world(generation, tmp_path, program, {}, asked) as running:
        answers = {it.asked.where: it for it in ask(running, asked)}
    found = rows(board(program, "shop"))
    told = {row: [panel.title for panel in panels] for row, panels in found.items()}
    assert told["Requests, errors, duration"] == [
        "Requests: a second, by code",
        "Requests: share that fails",
        "Time to answer",
    ]
    assert told["Saturation"] == ["Workers that are busy"]
    of_series = {
        title: answers[f"board commerce/shop/{title}"].series
        for in_row in told.values()
        for title in in_row
    }
    assert of_series == {
        "Requests: a second, by code": 2,
        "Requests: share that fails": 1,
        "Time to answer": 1,
        "Workers that are busy": 2,
        "Whether instances answer": 2,
    }
    assert {it.name for it in shown} >= {"asked_total", "took_seconds_bucket", "up"}
