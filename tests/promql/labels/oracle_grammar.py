"""Random expressions of the right types, over the whole language, each drawn from its seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

from tests.promql.labels.oracle_vocabulary import (
    ARITHMETIC,
    CARDS,
    COMPARISON,
    LABELS,
    METRICS,
    PLAIN,
    RANGE,
    REGEXES,
    REPLACEMENTS,
    SETS,
    WORDS,
    aggregations,
    functions,
)

_VALUES = ('"v1"', '"v2"', '"w"')


def _listed(names: list[str]) -> str:
    """Names of labels, in quotes where they are no plain words."""
    return ", ".join(it if it.isidentifier() else f'"{it}"' for it in names)


class Grammar:
    """Draws expressions; `newer`: of Prometheus 3.5 with experimental functions, or of 2.42."""

    def __init__(self, rng: random.Random, *, newer: bool) -> None:
        self.rng = rng
        self.newer = newer
        self.labels = (*LABELS, *(["d.e"] if newer else []))
        self._kinds: Mapping[Callable[[int], str], int] = {
            self._selector: 3,
            self._call: 6,
            self._aggregation: 6,
            self._binary: 7,
            self._small: 1,
        }

    def vector(self, depth: int) -> str:
        """An instant vector."""
        if depth <= 0:
            return self._selector(0)
        kinds = list(self._kinds)
        weights = [self._kinds[it] for it in kinds]
        return self.rng.choices(kinds, weights)[0](depth - 1)

    def of_feature(self, name: str, depth: int) -> str:
        """An instant vector whose topmost part is a function, aggregation, operator or clause."""
        kind, _, rest = name.partition(":")
        if kind == "function":
            return self._call(depth, rest)
        if kind == "aggregation":
            op, _, grouping = rest.partition(" ")
            return self._aggregation(depth, op, grouping)
        if kind == "operator":
            return self._binary(depth, rest, self.rng.choice(CARDS) if rest in SETS else None)
        return self._binary(depth, None, rest) if kind == "matching" else self.vector(depth)

    def _pick(self, *texts: str) -> str:
        return self.rng.choice(texts)

    def _names(self, low: int = 0, high: int = 2) -> str:
        count = self.rng.randint(low, high)
        pool = (*self.labels, *(("__name__",) if self.rng.random() < 0.1 else ()))
        return _listed(self.rng.sample(pool, count))

    def _label(self) -> str:
        return self.rng.choice(self.labels)

    def _target(self) -> str:
        return self._pick(*self.labels, *self.labels, "new", "new", "__name__")

    def _selector(self, depth: int) -> str:
        return self._bare() + self._moved()

    def _moved(self) -> str:
        if self.rng.random() < 0.9:
            return ""
        return self._pick(" offset 1m", " offset -30s", " @ end()", " @ 1700000000", " @ start()")

    def _bare(self, metric: str | None = None) -> str:
        name = metric or self.rng.choice(METRICS)
        matchers = [self._matcher() for _ in range(self.rng.choice((0, 0, 0, 1, 1, 2)))]
        if metric is None and self.rng.random() < 0.08:
            how = self._pick(f'"{name}"', f'~"{name[:1]}.*"', f'~"{name}|m0"')
            return f"{{{', '.join([f'__name__={how}', *matchers])}}}"
        return name + (f"{{{', '.join(matchers)}}}" if matchers else "")

    def _matcher(self, label: str | None = None) -> str:
        op = self._pick("=", "!=", "=~", "!~")
        value = self._pick(*(REGEXES if "~" in op else (*WORDS, *WORDS, "")))
        return f'{_listed([label or self._label()])}{op}"{value}"'

    def _call_absent(self, depth: int) -> str:
        return f"absent({self._gone(depth)})"

    def _call_absent_over_time(self, depth: int) -> str:
        return f"absent_over_time({self._gone(0)}[5m])"

    def _gone(self, depth: int) -> str:
        """A selector, often with several matchers on one label, or any vector."""
        if depth > 0 and self.rng.random() < 0.3:
            return self.vector(depth)
        label = self._label()
        matchers = [self._matcher(label) for _ in range(self.rng.choice((1, 1, 2, 2, 3)))]
        matchers += [self._matcher() for _ in range(self.rng.choice((0, 1)))]
        self.rng.shuffle(matchers)
        return f"{self.rng.choice(METRICS)}{{{', '.join(matchers)}}}"

    def _range(self, depth: int) -> str:
        if depth > 0 and self.rng.random() < 0.35:
            steps = self._pick("2m:30s", "5m:1m", "3m:")
            return f"({self.vector(depth - 1)})[{steps}]{self._moved()}"
        return f"{self._bare()}[{self._pick('1m', '5m', '10m')}]" + self._moved()

    def _call(self, depth: int, func: str | None = None) -> str:
        func = func or self.rng.choice(functions(newer=self.newer))
        special = getattr(self, f"_call_{func}", None)
        if special is not None:
            return str(special(depth))
        if func in PLAIN or func in ("sort_by_label", "sort_by_label_desc"):
            names = ", ".join(f'"{self._label()}"' for _ in range(self.rng.randint(1, 2)))
            return f"{func}({self.vector(depth)}{f', {names}' if '_by_' in func else ''})"
        if func in RANGE or func.endswith("_over_time"):
            first = "0.5, " if func == "quantile_over_time" else ""
            return f"{func}({first}{self._range(depth)})"
        if func in ("time", "pi"):
            return f"({self.vector(depth)} + {func}())"
        assert func.startswith("histogram_"), func
        return f"{func}({self._histogram('n0')})"

    def _histogram(self, metric: str) -> str:
        text = self._bare(metric)
        kind = self.rng.random()
        if kind < 0.4:
            return text
        text = f"rate({text}[5m])"
        names = ", ".join(filter(None, (self._names(0, 1), "le")))
        return text if kind < 0.7 else f"sum by ({names}) ({text})"

    def _call_histogram_quantile(self, depth: int) -> str:
        return f"histogram_quantile(0.9, {self._histogram('h_bucket')})"

    def _call_histogram_fraction(self, depth: int) -> str:
        return f"histogram_fraction(0, 3, {self._histogram('n0')})"

    def _call_clamp(self, depth: int) -> str:
        return f"clamp({self.vector(depth)}, 0, 1)"

    def _call_clamp_max(self, depth: int) -> str:
        return f"clamp_max({self.vector(depth)}, 1)"

    def _call_clamp_min(self, depth: int) -> str:
        return f"clamp_min({self.vector(depth)}, 1)"

    def _call_predict_linear(self, depth: int) -> str:
        return f"predict_linear({self._range(depth)}, 60)"

    def _call_holt_winters(self, depth: int) -> str:
        return f"holt_winters({self._range(depth)}, 0.5, 0.5)"

    def _call_double_exponential_smoothing(self, depth: int) -> str:
        return f"double_exponential_smoothing({self._range(depth)}, 0.5, 0.5)"

    def _call_scalar(self, depth: int) -> str:
        return f"({self._bare()} * scalar({self.vector(depth)}))"

    def _call_vector(self, depth: int) -> str:
        return f"vector({self._pick('1', 'time()', 'scalar(m0)', '1 < bool 2')})"

    def _call_info(self, depth: int) -> str:
        which = self._pick("", "", ', {version=~".+"}', ', {region="shop"}')
        return f"info({self.vector(min(depth, 1))}{which})"

    def _call_label_replace(self, depth: int) -> str:
        replacement, regex = self.rng.choice(REPLACEMENTS)
        target = self._target()
        source = self._pick(*self.labels, *self.labels, target, "__name__")
        texts = ", ".join(f'"{it}"' for it in (target, replacement, source, regex))
        return f"label_replace({self.vector(depth)}, {texts})"

    def _call_label_join(self, depth: int) -> str:
        sources = "".join(f', "{self._label()}"' for _ in range(self.rng.randint(0, 3)))
        target = self._target()
        return f'label_join({self.vector(depth)}, "{target}", "{self._pick("", "-")}"{sources})'

    def _aggregation(self, depth: int, op: str | None = None, grouping: str | None = None) -> str:
        op = op or self.rng.choice(aggregations(newer=self.newer))
        if grouping is None:
            grouping = self._pick("", "by", "by", "without")
        clause = f" {grouping} ({self._names()})" if grouping else ""
        first = {
            "topk": "2, ",
            "bottomk": "1, ",
            "limitk": "2, ",
            "limit_ratio": self._pick("0.7, ", "-0.8, ", "1, "),
            "quantile": "0.5, ",
            "count_values": f'"{self._pick("value", self._target())}", ',
        }.get(op, "")
        if self.rng.random() < 0.3:
            return f"{op} ({first}{self.vector(depth)}){clause}"
        return f"{op}{clause} ({first}{self.vector(depth)})"

    def _binary(self, depth: int, op: str | None = None, card: str | None = None) -> str:
        if card is None:
            card = self.rng.choices(CARDS, (4, 5, 3, 3, 2, 2, 1))[0]
        grouped = "group" in card
        if op is None:
            ops = (*ARITHMETIC, *COMPARISON) if grouped else (*ARITHMETIC, *COMPARISON, *SETS)
            op = self.rng.choice(ops)
        if op in SETS:
            card = card.split(" ")[0]
        elif not grouped and self.rng.random() < 0.25:
            return self._with_scalar(depth, op)
        return self._joined(depth, op, card)

    def _with_scalar(self, depth: int, op: str) -> str:
        sides = [self._operand(depth), self._pick("1", "2", "5", "time()", "scalar(m0)")]
        self.rng.shuffle(sides)
        return f"{sides[0]} {self._boolean(op)} {sides[1]}"

    def _boolean(self, op: str) -> str:
        return f"{op} bool" if op in COMPARISON and self.rng.random() < 0.3 else op

    def _operand(self, depth: int) -> str:
        text = self.vector(depth)
        return text if text.isidentifier() else f"({text})"

    def _joined(self, depth: int, op: str, card: str) -> str:
        how, _, group = card.partition(" ")
        left, right = self._operand(depth), self._operand(depth if self.rng.random() < 0.3 else 0)
        pool = (*self.labels, *(("__name__",) if self.rng.random() < 0.1 else ()))
        matched = self.rng.sample(pool, self.rng.randint(0, 3 if how == "ignoring" else 2))
        if self.rng.random() < (0.4 if op == "and" else 0.1):
            label = matched[0] if how == "on" and matched else self._label()
            right = " or ".join(f"m1{{{_listed([label])}={self._pick(*_VALUES)}}}" for _ in "12")
            right = f"({right})"
        clause = f" {how} ({_listed(matched)})" if how else ""
        if group:
            free = [it for it in pool if how == "ignoring" or it not in matched]
            taken = self.rng.sample(free, self.rng.randint(0, 2))
            bare = not taken and not right.startswith("(")
            clause += f" {group}" + ("" if bare else f" ({_listed(taken)})")
        return f"{left} {self._boolean(op)}{clause} {right}"

    def _small(self, depth: int) -> str:
        return self._pick(
            f"-{self._operand(depth)}",
            f"+{self._operand(depth)}",
            f"({self.vector(depth)})",
            f"-({self.vector(depth)} * 2)",
        )


def draw(count: int, seed: int, *, newer: bool, features: list[str]) -> list[str]:
    """So many different expressions: each feature in turn, then whatever comes."""
    found: dict[str, None] = {}
    for index in range(count * 3):
        rng = random.Random(f"{seed}/{index}")
        grammar = Grammar(rng, newer=newer)
        if features and index % 2 == 0:
            text = grammar.of_feature(features[index // 2 % len(features)], rng.randint(0, 2))
        else:
            text = grammar.vector(rng.randint(1, 4))
        found[text] = None
        if len(found) >= count:
            break
    return list(found)
