"""Programs that the real tools must accept: names and numbers by their rules, texts as they come.

`newer` adds the fields that the older generation, Prometheus 2.42 and Alertmanager 0.25, lacks.
"""

from typing import Any

from hypothesis import strategies as st

from giggamon_compiler import ir
from giggamon_compiler.ir import Plain
from tests.targets.nasty import NASTY

# An expression as it is written, and as Prometheus prints it.
EXPRESSIONS = {
    "up": "up",
    "up == 0": "up == 0",
    'up{job="orders"} == 0 or absent(up)': 'up{job="orders"} == 0 or absent(up)',
    "\n    sum by (job) (\n      rate(http_requests_total[5m]))  # all of them\n    > 1e3\n": (
        "sum by (job) (rate(http_requests_total[5m])) > 1000"
    ),
    "sum(\n  up\n)\n": "sum(up)",
    'up{path="C:\\\\x: #y"}': 'up{path="C:\\\\x: #y"}',
    "up{a='é😀\\u2028'} > 0x1F": 'up{a="é😀\\u2028"} > 31',
    "- up": "-up",
    "{__name__=~\".+\", a!~'b|c'}": '{__name__=~".+",a!~"b|c"}',
    "# only a comment before\n1": "1",
    "vector(1)\tand\ton() up": "vector(1) and on () up",
}
DURATIONS = ("0s", "5m", "1h30m", "1d")
RECORDS = ("a:b", "slo:bad:increase5m", "_x", "yes", "null")
NAMES = ("service", "team", "_a", "y", "null", "On", "x1")
# A template begins with two braces; one that is none is not valid.
WORDS = tuple(text for text in NASTY if "{{" not in text)
TEXTS = (*WORDS, "{{ $value }} of {{ $labels.job }}")

texts = st.sampled_from(TEXTS)
named = texts.filter(bool)
durations = st.sampled_from(DURATIONS)
optional_durations = st.none() | durations
labels = st.dictionaries(st.sampled_from(NAMES), texts, max_size=3)


def lists(parts: st.SearchStrategy[Any], most: int = 2, name: str | None = None) -> Any:
    """Up to so many parts, which differ in the name if one is given."""
    unique_by = (lambda part: getattr(part, name)) if name else None
    return st.lists(parts, max_size=most, unique_by=unique_by).map(tuple)


alerts = st.builds(
    ir.Rule,
    st.just("alert"),
    named,
    st.sampled_from(sorted(EXPRESSIONS)).map(ir.Query),
    for_=optional_durations,
    keep_firing_for=optional_durations,
    labels=labels,
    annotations=labels,
    owner=st.just("orders"),
)
records = st.builds(
    ir.Rule,
    st.just("record"),
    st.sampled_from(RECORDS),
    st.sampled_from(sorted(EXPRESSIONS)).map(ir.Query),
    labels=labels,
)


def groups(newer: bool) -> Any:
    """Groups of one file each."""
    group = st.builds(
        ir.Group,
        st.sampled_from(["services/orders", "services/payments", "services/é"]),
        named,
        lists(alerts | records, 4),
        interval=st.none() | st.sampled_from(["10s", "1m"]),
        limit=st.none() | st.sampled_from(["0", "10"]),
        query_offset=optional_durations if newer else st.none(),
        labels=labels if newer else st.just({}),
    )
    unique = st.lists(group, max_size=3, unique_by=lambda it: (it.file, it.name))
    return unique.map(lambda chosen: tuple(sorted(chosen, key=lambda it: it.file)))


jobs = st.builds(
    ir.ScrapeJob,
    named,
    lists(st.sampled_from(["127.0.0.1:1", "orders:8000", "[::1]:2"])),
    labels=labels,
    interval=st.none() | st.sampled_from(["15s", "1m"]),
    timeout=st.none() | st.sampled_from(["5s", "10s"]),
    path=st.none() | st.sampled_from(["/metrics", "/m:e"]),
    scheme=st.none() | st.sampled_from(["http", "https"]),
)
prometheus = st.builds(
    ir.Prometheus,
    st.sampled_from(["15s", "1m"]),
    st.sampled_from(["15s", "1h"]),
    # Prometheus 3 puts the environment's values in place of $NAME here.
    external_labels=st.dictionaries(
        st.sampled_from(NAMES), texts.filter(lambda text: "$" not in text), max_size=3
    ),
    rule_files=st.just(("rules/services/*.yml",)),
    alertmanagers=lists(st.sampled_from(["127.0.0.1:1", "alertmanager-2:9093"])),
    jobs=lists(jobs, name="name"),
    rest=st.sampled_from([{}, {"global": {"scrape_timeout": "1s"}}]),
)

CHANNELS: dict[str, dict[str, Any]] = {
    "slack_configs": {"api_url_file": "/x", "channel": "#a"},
    "webhook_configs": {"url": "http://127.0.0.1:1/", "max_alerts": Plain("5")},
    "pagerduty_configs": {"routing_key_file": "/x"},
    "email_configs": {"to": "a@b.example", "headers": {"Subject": "x"}},
}
TEXT_FIELDS = {
    "slack_configs": "title",
    "pagerduty_configs": "description",
    "email_configs": "html",
}


@st.composite
def integrations(draw: Any) -> ir.Integration:
    """A way to notify, with a text that can be anything."""
    config = draw(st.sampled_from(sorted(CHANNELS)))
    fields = dict(CHANNELS[config], send_resolved=Plain(draw(st.sampled_from(["true", "false"]))))
    if config in TEXT_FIELDS:
        fields[TEXT_FIELDS[config]] = draw(named)
    return ir.Integration(config, fields)


def matcher(name: str, value: str) -> str:
    """In Alertmanager's notation, as it prints it."""
    escaped = value.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')
    return f'{name}="{escaped}"'


@st.composite
def alertmanagers(draw: Any) -> ir.Alertmanager:
    """A configuration whose receivers are all there."""
    receivers = draw(
        st.lists(
            st.builds(
                ir.Receiver,
                named,
                lists(integrations()).map(
                    lambda them: tuple(sorted(them, key=lambda it: it.config))
                ),
            ),
            min_size=1,
            max_size=3,
            unique_by=lambda it: it.name,
        )
    )
    names = st.sampled_from([receiver.name for receiver in receivers])
    timers = {
        "group_wait": st.none() | st.sampled_from(["0s", "5s", "1h30m"]),
        "group_interval": st.none() | st.sampled_from(["5s", "1d"]),
        "repeat_interval": st.none() | st.sampled_from(["1h", "1w"]),
        "group_by": st.none()
        | lists(st.sampled_from(NAMES)).map(lambda by: tuple(dict.fromkeys(by))),
    }
    matchers = st.builds(matcher, st.sampled_from(NAMES), texts).map(lambda it: (it,))
    leaf = st.builds(ir.Route, st.none() | names, matchers, continue_=st.booleans(), **timers)
    node = st.builds(ir.Route, st.none() | names, matchers, routes=lists(leaf), **timers)
    inhibition = st.builds(
        ir.Inhibition, matchers, matchers, st.sampled_from([("service",), ("team", "y")])
    )
    return ir.Alertmanager(
        draw(st.builds(ir.Route, names, routes=lists(node | leaf, 3), **timers)),
        tuple(receivers),
        {
            "smtp_smarthost": "127.0.0.1:1",
            "smtp_from": "a@b.example",
            "smtp_require_tls": Plain("false"),
            "resolve_timeout": draw(st.sampled_from(["5m", "1h30m"])),
        },
        draw(lists(inhibition)),
        ("templates/*.tmpl",),
    )


templates = st.sampled_from(WORDS).map(
    lambda text: ir.Template("a", f'{{{{ define "a" }}}}{text}{{{{ end }}}}')
)


@st.composite
def valid_programs(draw: Any, newer: bool = False) -> ir.Program:
    """Programs with everything that Prometheus and Alertmanager read."""
    return ir.Program(
        groups=draw(groups(newer)),
        prometheus=draw(prometheus),
        alertmanager=draw(alertmanagers()),
        templates=(draw(templates),),
    )


def every_text(texts: tuple[str, ...] = TEXTS) -> ir.Program:
    """One program with each text as a name, a label, an annotation, a matcher and in a message."""
    rules = [
        ir.Rule(
            "alert", text or "-", ir.Query("up"), labels={"y": text}, annotations={"null": text}
        )
        for text in texts
    ]
    receivers = [
        ir.Receiver(
            text or "empty",
            (ir.Integration("slack_configs", {**CHANNELS["slack_configs"], "title": text or " "}),),
        )
        for text in texts
    ]
    routes = [ir.Route(text or "empty", (matcher("y", text),)) for text in texts]
    return ir.Program(
        groups=(ir.Group("services/every", "every", tuple(rules)),),
        prometheus=ir.Prometheus("15s", "15s", rule_files=("rules/services/*.yml",)),
        alertmanager=ir.Alertmanager(ir.Route("empty", routes=tuple(routes)), tuple(receivers)),
    )
