"""What the tests of the judges share: the tools that are installed."""

import pytest

from giggamon_compiler.judges import Toolbox, find_tools


@pytest.fixture(scope="session")
def tools() -> Toolbox:
    found = find_tools()
    assert isinstance(found, Toolbox), found
    return found
