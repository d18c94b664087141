"""Whether a Prometheus takes a template: what it cannot read, and what it does not know yet."""

from __future__ import annotations

from difflib import get_close_matches

from giggamon_compiler.gotemplate.functions import ELSE_WITH_SINCE, FUNCTIONS
from giggamon_compiler.gotemplate.nodes import Function, Problem, Template

_INSTEAD = {
    "labels": "labels are read from $labels: {{ $labels.instance }}",
    "externalLabels": "they stand in $externalLabels: {{ $externalLabels.cluster }}",
    "default": 'a fallback is written with or: {{ or $labels.instance "unknown" }}',
    "tmpl": 'only consoles have tmpl; write {{ template "name" . }}',
}


def problems(template: Template, version: str) -> tuple[Problem, ...]:
    """What the Prometheus of a version ("2.42", "3.5.3") does not take, in the order of the text.

    Prometheus itself stops at the first.
    """
    if template.problem:
        return (template.problem,)
    if not template.functions and not template.else_with:
        return ()
    release = _release(version)
    found = [_function_problem(function, release, version) for function in template.functions]
    if release < ELSE_WITH_SINCE:
        found += [
            Problem(
                "version",
                place.start,
                place.end,
                f"else with is known since Prometheus {_shown(ELSE_WITH_SINCE)}, "
                f"and {version} is declared",
                "write {{ else }}{{ with … }}…{{ end }}{{ end }}",
            )
            for place in template.else_with
        ]
    return tuple(sorted((it for it in found if it is not None), key=lambda it: it.start))


def accepts(template: Template, version: str) -> bool:
    """Whether promtool of a version takes the text in a rule."""
    return not problems(template, version)


def _function_problem(function: Function, release: tuple[int, int], version: str) -> Problem | None:
    name = function.name
    known = FUNCTIONS.get(name)
    if known is None:
        available = [
            it for it, signature in FUNCTIONS.items() if (signature.since or release) <= release
        ]
        near = get_close_matches(name, available, 1, 0.75)
        help_text = f"write {near[0]}" if near else "the functions are those of Prometheus and Go"
        message = f"there is no function {name}"
        return Problem(
            "function", function.start, function.end, message, _INSTEAD.get(name, help_text)
        )
    if known.since is None or known.since <= release:
        return None
    message = f"{name} is known since Prometheus {_shown(known.since)}, and {version} is declared"
    return Problem(
        "version", function.start, function.end, message, "do without it, or upgrade first"
    )


def _release(version: str) -> tuple[int, int]:
    major, _, rest = version.partition(".")
    return int(major), int(rest.partition(".")[0] or 0)


def _shown(release: tuple[int, int]) -> str:
    return f"{release[0]}.{release[1]}"
