"""Running definition files: for one load, the name `definitions` stands for the given folder."""

from __future__ import annotations

import importlib
import sys
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import CodeType, ModuleType

from giggamon_compiler.load.folder import ROOT


class NotRead(ImportError):
    """A definition file imports one that could not be read; `name` is the module of that one."""


class Importer(MetaPathFinder, Loader):
    """Finds and runs the files of one folder by their code; nothing is read, nothing is written.

    failures: by module, what went wrong when it ran
    running: the modules that run, the innermost last; after an interruption, those that ran
    """

    def __init__(self, codes: Mapping[str, CodeType | None], packages: set[str]) -> None:
        self.codes = codes
        self.packages = packages
        self.failures: dict[str, BaseException] = {}
        self.running: list[str] = []

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        """The module of a definition file; a package where it is a folder."""
        if fullname.partition(".")[0] != ROOT:
            return None
        if fullname not in self.codes and fullname not in self.packages:
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)
        return ModuleSpec(fullname, self, is_package=fullname in self.packages)

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """Leave it to Python."""
        return None

    def exec_module(self, module: ModuleType) -> None:
        """Run a file once; a folder whose `__init__.py` fails is still one, with its files."""
        name = module.__name__
        if name in self.failures:
            raise NotRead(name=name)
        if name not in self.codes:
            return
        code = self.codes[name]
        if code is None:
            self.failures[name] = NotRead(name=name)
        else:
            self.running.append(name)
            try:
                exec(code, module.__dict__)
            except KeyboardInterrupt:
                raise
            except BaseException as error:
                self.failures[name] = error
            self.running.pop()
        if name in self.failures and name not in self.packages:
            raise NotRead(name=name)


def run_modules(importer: Importer) -> dict[str, ModuleType]:
    """Import every file that can be imported; what fails is in `importer.failures`."""
    modules = {}
    with _standing_for_definitions(importer), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in sorted(importer.codes):
            try:
                modules[name] = importlib.import_module(name)
            except NotRead:
                continue
    return {name: module for name, module in modules.items() if name not in importer.failures}


@contextmanager
def _standing_for_definitions(importer: Importer) -> Iterator[None]:
    before = _take_out()
    sys.meta_path.insert(0, importer)
    try:
        yield
    finally:
        sys.meta_path.remove(importer)
        _take_out()
        sys.modules.update(before)


def _take_out() -> dict[str, ModuleType]:
    """Remove what goes by the name of the definitions from Python's table of modules."""
    names = [name for name in sys.modules if name == ROOT or name.startswith(f"{ROOT}.")]
    return {name: sys.modules.pop(name) for name in names}
