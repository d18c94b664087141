"""What the end-to-end tests share: outputs, the programs of both generations, runs side by side."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.e2e.cases import OTHER, OURS
from tests.e2e.outputs import Outputs, compile_definitions
from tests.e2e.servers import Tools, find_tools


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long waits first, so that everything else runs beside them."""
    items.sort(key=lambda item: item.get_closest_marker("e2e") is None)


@pytest.fixture(scope="session")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Outputs:
    """The outputs of the project's own definitions."""
    return compile_definitions(OURS, tmp_path_factory.mktemp("ours"))


@pytest.fixture(scope="session")
def other(tmp_path_factory: pytest.TempPathFactory) -> Outputs:
    """The outputs of another company's definitions."""
    return compile_definitions(OTHER, tmp_path_factory.mktemp("other"))


@pytest.fixture
def tools() -> Tools:
    """The programs on PATH."""
    return find_tools()


@pytest.fixture
def newer_tools() -> Tools:
    """The programs of the newer generation."""
    folder = os.environ.get("GIGGAMON_NEWER_TOOLS")
    if not folder:
        pytest.skip("GIGGAMON_NEWER_TOOLS names no folder with newer programs; see .ci/newer-tools")
    return find_tools(Path(folder))
