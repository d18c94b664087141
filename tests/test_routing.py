"""Our walk of the routing tree answers as amtool does."""

import json
import subprocess

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from giggamon_compiler.ir import Route
from giggamon_compiler.routing import MatcherError, parse, receivers_for

names = st.sampled_from(["team", "severity", "service"])
values = st.sampled_from(["", "a", "b", "ab", "A b", 'q"q', "back\\slash", "c.d"])
patterns = st.sampled_from(["a", "a|b", "a.*", ".+", ".*", "[ab]+", "^a$", "c\\.d", "", "(?i)A"])


@st.composite
def matchers(draw):
    name = draw(names)
    if draw(st.booleans()):
        operator, value = draw(st.sampled_from(["=", "!="])), draw(values)
    else:
        operator, value = draw(st.sampled_from(["=~", "!~"])), draw(patterns)
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'{name}{operator}"{escaped}"'


@st.composite
def routes(draw, depth=0):
    below = draw(st.lists(routes(depth + 1), max_size=3)) if depth < 3 else []
    return Route(
        f"r{draw(st.integers(0, 10**6))}",
        tuple(draw(st.lists(matchers(), min_size=1, max_size=2))) if depth else (),
        continue_=draw(st.booleans()) if depth else False,
        routes=tuple(below),
    )


def as_tree(route: Route) -> dict[str, object]:
    tree: dict[str, object] = {"receiver": route.receiver, "matchers": list(route.matchers)}
    if route.continue_:
        tree["continue"] = True
    tree["routes"] = [as_tree(child) for child in route.routes]
    return tree


def receivers_in(route: Route) -> set[str]:
    return {route.receiver or ""}.union(*map(receivers_in, route.routes))


@given(root=routes(), labels=st.dictionaries(names, values))
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_every_leaf_is_the_one_of_amtool(tmp_path, root, labels):
    config = tmp_path / "alertmanager.json"  # JSON is YAML
    receivers = [{"name": name} for name in sorted(receivers_in(root))]
    config.write_text(json.dumps({"route": as_tree(root), "receivers": receivers}))
    quoted = [f"{name}={json.dumps(value)}" for name, value in labels.items()]
    done = subprocess.run(
        ["amtool", "config", "routes", "test", f"--config.file={config}", *quoted],
        capture_output=True,
        text=True,
        timeout=20,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    answer = done.stdout.strip().splitlines()[-1].split(",")
    assert list(receivers_for(root, labels)) == answer


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a="b"', (("a", "=", "b"),)),
        ("a=b", (("a", "=", "b"),)),
        ('{a="b", c!~"d|e"}', (("a", "=", "b"), ("c", "!~", "d|e"))),
        (r'a="x\"y\\z\n"', (("a", "=", 'x"y\\z\n'),)),
        ('"with space"="v"', (("with space", "=", "v"),)),
        ("a=", (("a", "=", ""),)),
    ],
)
def test_matchers_are_read_in_every_spelling(text, expected):
    assert parse(text) == expected


@pytest.mark.parametrize("text", ["a", "=b", '{a="b"', "a b"])
def test_what_is_no_matcher_is_refused(text):
    with pytest.raises(MatcherError):
        parse(text)


def test_a_broken_pattern_is_refused():
    with pytest.raises(MatcherError):
        receivers_for(Route("root", routes=(Route("x", ('a=~"("',)),)), {"a": "b"})
