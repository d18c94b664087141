"""What definition files import: from the allow-list, names that exist, never in a circle."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from functools import cache

from giggamon_compiler.findings import Finding, Note, Place
from giggamon_compiler.load.folder import ROOT
from giggamon_compiler.load.source import Source, place_of
from giggamon_compiler.load.syntax import Import, Parsed
from giggamon_compiler.load.wording import listed, nearest

PACKAGES = (ROOT, "giggamon_compiler", "grafanalib")
PURE_MODULES = (
    *("__future__", "collections", "copy", "dataclasses", "datetime", "decimal", "enum"),
    *("fractions", "functools", "itertools", "json", "math", "numbers", "operator", "re"),
    *("statistics", "string", "textwrap", "typing"),
)
_FEW = 12

Modules = Mapping[str, Parsed]


def packages_of(modules: Modules) -> set[str]:
    """Every folder that holds a definition file, as a package, with or without `__init__.py`."""
    found = {ROOT}
    for module in modules:
        while module := module.rpartition(".")[0]:
            found.add(module)
    return found


def check_imports(parsed: Parsed, modules: Modules, known: set[str]) -> Iterator[Finding]:
    """A finding for each import of a file that may not be, or that finds nothing.

    known: every module and package of the definitions
    """
    for it in parsed.imports:
        top = it.module.partition(".")[0]
        if top not in PACKAGES and top not in PURE_MODULES:
            yield _not_allowed(parsed.source, it, known)
        elif it.name == "*":
            yield _star(parsed.source, it)
        elif top == ROOT:
            yield from _check_own(parsed.source, it, modules, known)
        else:
            yield from _check_foreign(parsed.source, it)


def imported_files(parsed: Parsed, modules: Modules) -> Iterator[tuple[str, Import]]:
    """The definition files that must be imported before a file, each with the import."""
    for it in parsed.imports:
        if it.runs:
            inner = f"{it.module}.{it.name}"
            for module in (it.module, inner):
                if module in modules and not modules[module].source.is_package:
                    yield module, it


def circles_in(modules: Modules) -> Iterator[tuple[str, ...]]:
    """Circles of modules that import each other, none of which shares a module with another."""
    needs = {
        module: dict.fromkeys(name for name, _ in imported_files(parsed, modules))
        for module, parsed in modules.items()
    }
    users: dict[str, list[str]] = {module: [] for module in modules}
    for module, needed in needs.items():
        for name in needed:
            users[name].append(module)
    missing = {module: len(needed) for module, needed in needs.items()}
    ready = [module for module, count in missing.items() if not count]
    while ready:
        module = ready.pop()
        del missing[module]
        for user in users[module]:
            missing[user] -= 1
            if not missing[user]:
                ready.append(user)
    left = set(missing)
    for start in sorted(missing):
        path: list[str] = []
        module = start
        while module in left and module not in path:
            path.append(module)
            module = next((it for it in needs[module] if it in left), "")
        if module in path:
            circle = path[path.index(module) :]
            left.difference_update(circle)
            first = circle.index(min(circle))
            yield (*circle[first:], *circle[:first])


def circle_finding(circle: tuple[str, ...], modules: Modules) -> Finding:
    """A circle, at the import that begins it; the others are notes."""
    steps = []
    for module, needed in zip(circle, (*circle[1:], circle[0]), strict=True):
        used = next(it for name, it in imported_files(modules[module], modules) if name == needed)
        steps.append((modules[module].source, _place(modules[module].source, used, needed)))
    files = [source.file for source, _ in steps]
    return Finding(
        "circular-import",
        f"{files[0]} imports itself: {' → '.join([*files, files[0]])}"
        if len(files) > 1
        else f"{files[0]} imports itself",
        steps[0][1],
        "take one of these imports away; between services, write the name as a text",
        files[0],
        notes=tuple(Note("which imports in turn", place) for _, place in steps[1:]),
        fatal=True,
    )


def _check_own(source: Source, it: Import, modules: Modules, known: set[str]) -> Iterator[Finding]:
    if it.module not in known:
        message = f"{it.module} is no file of the definitions"
        near = _nearest_file(it.module, known)
        advice = f"did you mean {near}?" if near else f"write {it.module.replace('.', '/')}.py"
        yield _unknown(message, source, advice, _place_of_module(source, it))
        return
    if it.name is None or f"{it.module}.{it.name}" in known:
        return
    target = modules.get(it.module)
    names = target.names if target else frozenset[str]()
    if names is not None and it.name not in names:
        submodules = {
            name.removeprefix(f"{it.module}.") for name in known if name.startswith(f"{it.module}.")
        }
        where = target.source.file if target else it.module
        message = f"{it.name} is bound nowhere in {where}"
        own = [name for name in target.own if not name.startswith("_")] if target else []
        advice = "correct the name, or bind it there"
        if near := nearest(it.name, names | submodules):
            advice = f"did you mean {near}?"
        elif 0 < len(own) <= _FEW:
            advice = f"{where} binds {listed(own)}"
        yield _unknown(message, source, advice, _place(source, it))


def _check_foreign(source: Source, it: Import) -> Iterator[Finding]:
    names = names_of_module(it.module)
    if names is None:
        message = f"{it.module} cannot be imported: there is no such module"
        yield _unknown(message, source, "correct the name", _place_of_module(source, it))
    elif it.name is None or it.name in names:
        return
    elif names_of_module(f"{it.module}.{it.name}") is None:
        message = f"{it.name} does not exist in {it.module}"
        near = nearest(it.name, {name for name in names if not name.startswith("_")})
        advice = f"did you mean {near}?" if near else "correct the name"
        yield _unknown(message, source, advice, _place(source, it))


@cache
def names_of_module(module: str) -> frozenset[str] | None:
    """What a module outside of the definitions holds, None where it cannot be imported."""
    try:
        return frozenset(dir(importlib.import_module(module)))
    except ImportError:
        return None


def _nearest_file(module: str, known: set[str]) -> str | None:
    """The file that a misspelt module means: one in the same folder, or of the same name."""
    folder, _, name = module.rpartition(".")
    beside = {it.rpartition(".")[2]: it for it in known if it.rpartition(".")[0] == folder}
    if near := nearest(name, beside):
        return beside[near]
    return next((it for it in sorted(known) if it.rpartition(".")[2] == name), None)


def _unknown(message: str, source: Source, advice: str, place: Place) -> Finding:
    return Finding("unknown-import", message, place, advice, source.file, fatal=True)


def _not_allowed(source: Source, it: Import, known: set[str]) -> Finding:
    top, _, below = it.module.partition(".")
    own = f"{ROOT}.{below}".rstrip(".")
    advice = f"import from {', '.join(PACKAGES)}, or from {', '.join(PURE_MODULES[1:])}"
    its_folder = source.path.removesuffix(f"/{source.name}.py").endswith(f"/{top}")
    if its_folder or (below and own in known):
        advice = f"write {own}: whatever the folder is called, it is imported as {ROOT}"
    return Finding(
        "import-not-allowed",
        f"{it.module or it.written} is not for definitions: they are data, the same everywhere",
        _place_of_module(source, it),
        advice,
        source.file,
    )


def _star(source: Source, it: Import) -> Finding:
    return Finding(
        "star-import",
        f"{source.file} imports everything from {it.module}, so nobody sees what it binds",
        _place(source, it),
        "import the names that are used",
        source.file,
    )


def _place(source: Source, it: Import, module: str = "") -> Place:
    """Where the imported name stands; where the file of it stands, if that is another one."""
    if it.name is None or it.module == module:
        return _place_of_module(source, it)
    return place_of(source, it.span)


def _place_of_module(source: Source, it: Import) -> Place:
    """Where the module stands in the statement: `ast` keeps no place of it in `from … import`."""
    if it.name is None:
        return place_of(source, it.span)
    line, column = it.start
    text = source.text.split("\n")[line - 1].encode()
    found = text.find(it.written.encode(), column + len("from"))
    if found < 0:  # written with spaces, or over several lines
        return place_of(source, it.span)
    return place_of(source, (line, found, line, found + len(it.written.encode())))
