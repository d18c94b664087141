"""Any boards, of panels of any kind."""

from dataclasses import fields
from typing import get_args

from hypothesis import strategies as st

from giggamon_compiler import Alert, Dashboard, Measure, Query, Row, Variable, metric, panel
from tests.lower.written import calm, delivery

texts = st.text(max_size=12)
FIGURES = [
    Measure(delivery, "attained"),
    Measure(delivery, "budget"),
    Measure(delivery, "burn", over="1h"),
]
queries = st.lists(
    st.builds(
        Query,
        st.text(min_size=1, max_size=12),
        legend=st.none() | texts,
        unit=st.none() | texts,
    )
    | st.builds(Query, st.sampled_from(FIGURES)),
    min_size=1,
    max_size=4,
)
alerts = st.none() | st.builds(
    Alert,
    st.just("Waiting"),
    expr=st.sampled_from(["x > 5", "x <= -2.5", "x == 0", "x != 1", "x > 1 and y > 2", "x"]),
    severity=st.sampled_from([None, calm]),
)
limits = st.none() | st.integers(-(10**20), 10**20) | st.floats()
decimals = st.none() | st.integers(0, 9)
signals = st.none() | st.sampled_from(get_args(metric.Signal))
states = st.lists(
    st.builds(
        panel.State,
        st.integers(-3, 3) | st.floats(allow_nan=False, allow_infinity=False),
        texts,
        color=st.sampled_from(["green", "yellow", "orange", "red", "blue", "purple"]),
    ),
    max_size=3,
)
# What each field of a panel may be, whatever the kind.
FIELDS = {
    "title": texts,
    "key": texts,
    "unit": st.none() | texts,
    "description": st.none() | texts,
    "signal": signals,
    "content": texts,
    "queries": queries,
    "threshold": alerts,
    "min": limits,
    "max": limits,
    "decimals": decimals,
    "states": states,
    "stacked": st.booleans(),
    "columns": st.dictionaries(texts, texts, max_size=3),
    "smallest_first": st.booleans(),
}


def panels_of(kind):
    """Panels of one kind; a field that is new has to be given its place above."""
    names = [field.name for field in fields(kind) if field.name not in ("_made", "allow")]
    chosen = {name: FIELDS[name] for name in names}
    if kind in (panel.Gauge, panel.BarGauge):
        chosen["min"] = limits.filter(lambda it: it is not None)
    return st.builds(kind, **chosen)


panels = st.one_of(*map(panels_of, get_args(panel.Panel)))
variables = st.builds(
    Variable,
    st.sampled_from(["instance", "job", "_1"]),
    query=st.text(min_size=1, max_size=12),
    label=st.none() | texts,
    multi=st.booleans(),
    all=st.booleans(),
)
rows = st.builds(Row, texts, st.lists(panels, max_size=5), collapsed=st.booleans())
boards = st.builds(
    Dashboard,
    texts,
    title=st.text(min_size=1, max_size=12),
    rows=st.lists(rows, max_size=3),
    variables=st.lists(variables, max_size=3),
    folder=st.none() | texts,
    description=st.none() | texts,
    was=st.none() | texts,
)
