"""Reading an exposition: as Prometheus and its client library do, and saying where it is none."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client.parser import text_string_to_metric_families

from giggamon_compiler.exposition import (
    Exposition,
    ExpositionError,
    Family,
    Kind,
    Series,
    read,
    write,
)

values = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), min_size=1, max_size=6
) | st.sampled_from(['"', "\\", "\n", "\\n", 'a"b\\', "# TYPE a gauge", "}", ",", "{", " ", "é"])
names = st.sampled_from(["a", "b_c", "x:y", "up", "A9", "d_e_f"])
labels = st.dictionaries(st.sampled_from(["code", "z", "_x", "a"]), values, max_size=2)


def made(name: str, kind: Kind, label_sets: list[dict[str, str]], help: str) -> Family:
    """A metric as a client library shows it."""
    series = []
    name += "_total" * (kind == "counter")  # the client library reads every counter with it
    for own in label_sets:
        shared = tuple(sorted(own.items()))
        match kind:
            case "histogram":
                for bound in ("0.5", "+Inf"):
                    le = tuple(sorted({**own, "le": bound}.items()))
                    series.append(Series(f"{name}_bucket", le))
            case "summary":
                series.append(Series(name, tuple(sorted({**own, "quantile": "0.5"}.items()))))
        if kind in ("histogram", "summary"):
            series += [Series(f"{name}_sum", shared), Series(f"{name}_count", shared)]
        else:
            series.append(Series(name, shared))
    return Family(name, kind, help, tuple(dict.fromkeys(series)))


families = st.builds(
    made,
    names,
    st.sampled_from(["counter", "gauge", "histogram", "summary", "untyped"]),
    st.lists(labels, min_size=1, max_size=3),
    st.text(st.characters(exclude_categories=["C", "Z"]), max_size=8) | st.just("a\\b\nc"),
)
expositions = st.lists(families, max_size=4, unique_by=lambda it: it.name)


def sets(families):
    return {it.name: (it.kind, it.help, frozenset(it.series)) for it in families}


@given(expositions)
def test_what_is_written_is_read(families):
    text = write(Exposition(tuple(families), ("a comment", "another: one")))
    again = read(text)
    assert sets(again.families) == sets(families)
    assert again.comments == ("a comment", "another: one")
    assert write(again) == text


@given(expositions)
def test_the_client_library_reads_the_same(families):
    theirs = set()
    for family in text_string_to_metric_families(write(Exposition(tuple(families)))):
        for sample in family.samples:
            theirs.add((sample.name, tuple(sorted(sample.labels.items()))))
    ours = {(it.name, it.labels) for family in families for it in family.series}
    assert ours == theirs


@pytest.mark.parametrize(
    ("text", "families"),
    [
        ("a 1", [Family("a", "untyped", "", (Series("a"),))]),
        ("  a\t1\t1700000000000\r\n\n \n", [Family("a", "untyped", "", (Series("a"),))]),
        ('a { z = "1" , b="2", } +Inf', [Family("a", "untyped", "", (_az := Series(
            "a", (("b", "2"), ("z", "1"))),))]),
        ('a{b=""} NaN', [Family("a", "untyped", "", (Series("a"),))]),
        ("a 1\na 2", [Family("a", "untyped", "", (Series("a"),))]),
        ("a 1\n# TYPE a counter\n# TYPE a gauge\n# HELP a x\\ny\\\\z\\\"\n# HELP a other",
         [Family("a", "counter", 'x\ny\\z\\"', (Series("a"),))]),
        ("# TYPE a summary\na_count 1\na_bucket 1",
         [Family("a", "summary", "", (Series("a_count"),)),
          Family("a_bucket", "untyped", "", (Series("a_bucket"),))]),
        ("# TYPE a histogram\n# TYPE a_count gauge\na_count 1",
         [Family("a_count", "gauge", "", (Series("a_count"),))]),
        ("# TYPE a gauge", []),
        # OpenMetrics
        ("# HELP a h\n# TYPE a counter\n# UNIT a x\na_total 1 # {trace=\"1\"} 1\n# EOF",
         [Family("a_total", "counter", "h", (Series("a_total"),))]),
        ("# TYPE a info\na_info{v=\"1\"} 1",
         [Family("a_info", "gauge", "", (Series("a_info", (("v", "1"),)),))]),
        ("# TYPE a unknown\na 1", [Family("a", "untyped", "", (Series("a"),))]),
    ],
)  # fmt: skip
def test_what_stands_there(text, families):
    assert list(read(text).families) == families


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("<!DOCTYPE html>", 1, 1, "<!DOCTYPE html> begins with no metric name"),
        ("a 1\nb", 2, 2, "b has no value"),
        ("a 1\nb one", 2, 3, "b has one, which is no number"),
        ("a 1_000", 1, 3, "a has 1_000, which is no number"),
        ('a{b="1} 1', 1, 3, 'b="1} 1 is no label: it is written name="value"'),
        ("a{b=1} 1", 1, 3, 'b=1} 1 is no label: it is written name="value"'),
        ('a{b="1"c="2"} 1', 1, 3, 'b="1"c="2"} 1 is no label: it is written name="value"'),
        ('a{b="1",b="2"} 1', 1, 9, "b stands there twice"),
        ("# TYPE a timer", 1, 10, "a has the type timer, which does not exist"),
        ('{"a.b"} 1', 1, 1, '{"a.b"} 1 begins with no metric name'),
    ],
)
def test_what_is_none(text, line, column, message):
    with pytest.raises(ExpositionError) as caught:
        read(text)
    assert (caught.value.message, caught.value.line, caught.value.column) == (message, line, column)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_at_its_line(text):
    try:
        read(text)
    except ExpositionError as error:
        line, column = error.line, error.column
    else:
        return
    assert 1 <= line <= text.count("\n") + 1
    assert 1 <= column <= len(text.split("\n")[line - 1]) + 1


@given(st.floats())
def test_every_number_is_a_value(number):
    spelled = {"inf": "+Inf", "-inf": "-Inf"}.get(str(number), str(number))
    assert read(f"a {'NaN' if math.isnan(number) else spelled}").families
