"""Programs that promtool or amtool refuses, and what is to be found of each.

A case is a program and what is found in it: id, place ("OrdersDown expr"; nothing: no place is
known) and a part of the message. What a generation of a tool does not refuse is left out by the
name of its recording.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from giggamon_compiler import ir
from tests.judges.making import (
    alert,
    alertmanager,
    group,
    job,
    origin,
    pager,
    prometheus,
    receiver,
    record,
    route,
    slack,
)


@dataclass(frozen=True)
class Case:
    program: ir.Program
    found: Sequence[tuple[str, str, str]]
    accepted_by: frozenset[str] = field(default_factory=frozenset)


def rules(*rules: ir.Rule, **fields) -> ir.Program:
    return ir.Program(groups=(group(*rules, **fields),))


def server(*jobs: ir.ScrapeJob, **fields) -> ir.Program:
    return ir.Program(prometheus=prometheus(*jobs, **fields))


def house(tree: ir.Route, *receivers: ir.Receiver, **fields) -> ir.Program:
    return ir.Program(alertmanager=alertmanager(tree, *receivers, **fields))


A = receiver("a")
NEW = frozenset({"newer"})
OLD = frozenset({"older"})

RULES = {
    "every fault of a rule at once": Case(
        rules(
            record("a:b"),
            alert("Open", "sum(up"),
            alert("Two lines", 'up{job="é"} ==\n  foo bar'),
            alert("Function", annotations={"summary": "{{ $value | nofunc }}", "x": "{{ .Foo }}"}),
            alert("Both", annotations={"x": "{{ if }}", "description": "{{ $value "}),
            alert('Quo"te', labels={"foo": "{{ $nothere }}"}),
            alert("Reserved", labels={"__name__": "x"}),
            alert("Empty", ""),
            record("c:d", for_="5m"),
            record("e:f", annotations={"summary": "x"}),
            record("g:h", keep_firing_for="5m"),
        ),
        [
            ("invalid-promql", "Open expr", "Open: promtool cannot read the PromQL: unclosed"),
            ("invalid-promql", "Two lines expr", 'unexpected identifier "bar"'),
            ("invalid-template", "Function summary", 'annotation summary is broken: function "no'),
            ("invalid-template", "Both description", "unclosed action"),
            ("invalid-template", "Both annotations x", "missing value for if"),
            (
                "invalid-template",
                'Quo"te labels foo',
                'label foo is broken: undefined variable "$no',
            ),
            ("refused-by-promtool", "Reserved labels __name__", "invalid label name: __name__"),
            ("refused-by-promtool", "Empty", "field 'expr' must be set"),
            ("refused-by-promtool", "c:d for_", "invalid field 'for' in recording rule"),
            ("refused-by-promtool", "e:f annotations", "invalid field 'annotations'"),
            ("refused-by-promtool", "g:h keep_firing_for", "invalid field 'keep_firing_for'"),
        ],
    ),
    "names that Prometheus 3 allows": Case(
        rules(alert("L", labels={"foo-bar": "x"}, annotations={"a b": "x"}), record("a-b")),
        [
            ("refused-by-promtool", "L labels foo-bar", "invalid label name: foo-bar"),
            ("refused-by-promtool", "L annotations a b", "invalid annotation name: a b"),
            ("refused-by-promtool", "a-b name", "invalid recording rule name: a-b"),
        ],
        NEW,
    ),
    "two groups of one name": Case(
        ir.Program(groups=(group(alert("A")), replace(group(alert("B")), origin=origin("second")))),
        [("refused-by-promtool", "second name", '"orders" is repeated in the same file')],
    ),
    "a duration": Case(
        rules(alert("A", for_="5x")),
        [("refused-by-promtool", "A for_", "prometheus/rules/services/orders.yml: promtool says:")],
    ),
    "an interval": Case(
        rules(alert("A"), interval="x"),
        [("refused-by-promtool", "group orders interval", 'not a valid duration string: "x"')],
    ),
    "a limit": Case(
        rules(alert("A"), limit="many"),
        [("refused-by-promtool", "group orders limit", "cannot unmarshal !!str `many` into int")],
    ),
    "fields that nobody knows": Case(
        rules(alert("A", rest={"sumary": "x"}), rest={"foo": "bar"}),
        [
            ("refused-by-promtool", "A sumary", "field sumary not found"),
            ("refused-by-promtool", "group orders foo", "field foo not found"),
        ],
    ),
    "a field that is newer": Case(
        rules(alert("A"), query_offset="1m", labels={"a": "b"}),
        [
            ("refused-by-promtool", "group orders query_offset", "field query_offset not found"),
            ("refused-by-promtool", "group orders labels", "field labels not found"),
        ],
        NEW,
    ),
    "a group without a name": Case(
        rules(alert("A"), name=""),
        [("refused-by-promtool", "group  name", "Groupname must not be empty")],
    ),
    "files of which one is bad": Case(
        ir.Program(
            groups=(
                group(alert("A")),
                group(alert("B", "up =="), file="services/payments", name="payments"),
            )
        ),
        [("invalid-promql", "B expr", "unexpected end of input")],
    ),
}

CONFIGS = {
    "two jobs of one name": Case(
        server(job("a"), replace(job("a"), origin=origin("second"))),
        [("refused-by-promtool", "", 'found multiple scrape configs with job name "a"')],
    ),
    "a target that is an address": Case(
        server(job("a", "ok:1", "http://orders:8000/metrics")),
        [("refused-by-promtool", "job a targets 1", "is not a valid hostname")],
    ),
    "a timeout longer than the interval": Case(
        server(job("a", interval="10s", timeout="20s"), job("b")),
        [("refused-by-promtool", "job a name", "scrape timeout greater than scrape interval")],
    ),
    "an interval of a job": Case(
        server(job("a", interval="10x")),
        [("refused-by-promtool", "job a interval", '"10x"')],
    ),
    "a field of a job": Case(
        server(job("a", rest={"foo": "bar"})),
        [("refused-by-promtool", "job a foo", "field foo not found")],
    ),
    "a pattern of rule files": Case(
        server(job("a"), rule_files=("rules/*/x.yml",)),
        [("refused-by-promtool", "environment rule_files 0", "invalid rule file path")],
    ),
    "an external label": Case(
        server(job("a"), external_labels={"a-b": "x"}),
        [("refused-by-promtool", "", '"a-b" is not a valid label name')],
        NEW,
    ),
}

HOUSES = {
    "a matcher without an operator": Case(
        house(route("a", routes=[route("a", 'team~"x"')]), A),
        [("refused-by-amtool", "route a matchers 0", 'bad matcher format: team~"x"')],
    ),
    "a matcher with half a quote": Case(
        house(route("a", routes=[route("a", 'b="c')]), A),
        [("refused-by-amtool", "route a matchers 0", "unescaped double quote")],
    ),
    "a regular expression": Case(
        house(route("a", routes=[route("a", 'team=~"x("')]), A),
        [("refused-by-amtool", "route a matchers 0", "missing closing )")],
    ),
    "a receiver that is missing": Case(
        house(route("a", routes=[route("nope", 'a="b"')]), A),
        [("refused-by-amtool", "route nope receiver", 'undefined receiver "nope"')],
    ),
    "two receivers of one name": Case(
        house(route("a"), A, A),
        [("refused-by-amtool", "", 'name "a" is not unique')],
    ),
    "a field of a receiver": Case(
        house(route("a"), receiver("a", slack("#x", chanel="y"))),
        [("refused-by-amtool", "slack #x chanel", "field chanel not found")],
    ),
    "an address of a receiver": Case(
        house(
            route("a"),
            receiver(
                "a",
                slack("#x", icon_url="y", title_link="y", thumb_url="y"),
                ir.Integration("webhook_configs", {"url": "ftp://nowhere"}, origin("hook")),
            ),
        ),
        [("refused-by-amtool", "hook url", 'unsupported scheme "ftp"')],
    ),
    "two keys of one pager": Case(
        house(route("a"), receiver("a", pager("key", routing_key="x"))),
        [("refused-by-amtool", "", "at most one of routing_key & routing_key_file")],
    ),
    "mail without a server": Case(
        house(route("a"), receiver("a", ir.Integration("email_configs", {"to": "a@b.example"}))),
        [("refused-by-amtool", "", "no global SMTP smarthost set")],
    ),
    "a label twice in group_by": Case(
        house(route("a", group_by=("alertname", "service", "service")), A),
        [("refused-by-amtool", "", 'duplicated label "service" in group_by')],
    ),
    "a label name in group_by": Case(
        house(route("a", group_by=("a-b",)), A),
        [("refused-by-amtool", "route a group_by 0", 'invalid label name "a-b"')],
        NEW,
    ),
    "an interval of zero": Case(
        house(route("a", group_interval="0s"), A),
        [("refused-by-amtool", "", "group_interval cannot be zero")],
    ),
    "a duration of a route": Case(
        house(route("a", repeat_interval="5x"), A),
        [("refused-by-amtool", "route a repeat_interval", '"5x"')],
    ),
    "matchers at the root": Case(
        house(route("a", 'a="b"'), A),
        [("refused-by-amtool", "", "root route must not have any matchers")],
    ),
    "a template file": Case(
        replace(
            house(route("a"), A, template_files=("templates/*.tmpl",)),
            templates=(ir.Template("bad", '{{ define "a" }}\n{{ nofunc }}\n{{ end }}'),),
        ),
        [
            (
                "refused-by-amtool",
                "",
                "alertmanager/templates/bad.tmpl, line 2: amtool says: function",
            )
        ],
    ),
}

# Not refused, so that nobody relies on a refusal.
ACCEPTED = {
    "a field and a function that a template has only when it runs": rules(
        alert(
            "A", annotations={"a": "{{ .Foo }}", "b": '{{ humanize "x" }}', "c": '{{ query "(" }}'}
        )
    ),
    "a rule twice": rules(alert("A"), alert("A"), record("a:b"), record("a:b")),
    "a secret file that is not there": house(route("a"), receiver("a", slack("#x"))),
    "a pattern that matches no template": house(route("a"), A, template_files=("x/*.tmpl",)),
    "a broken template in a field": house(route("a"), receiver("a", slack("#x", title="{{ nope"))),
    "a pattern that matches no rules": server(job("a"), rule_files=("rules/none/*.yml",)),
}

CASES = {**RULES, **CONFIGS, **HOUSES}
