"""What `giggamon explain` shows is true: the example fires, and its correct form does not."""

import pytest

from giggamon_compiler.checks import read_checks
from tests.house import find, snippets


@pytest.mark.parametrize("check", read_checks().values(), ids=lambda check: check.id)
class TestExamples:
    def test_the_example_fires(self, check, tmp_path):
        found = find(tmp_path, snippets(example(check, "Fires")))
        own = [finding for finding in found if finding.id == check.id]
        assert own, [finding.id for finding in found]
        assert all(finding.level == check.level for finding in own)
        assert all(finding.origin and finding.help and finding.subject for finding in own)

    def test_the_correct_form_does_not(self, check, tmp_path):
        found = find(tmp_path, snippets(example(check, "Instead")))
        assert not [finding.message for finding in found if finding.id == check.id]


def example(check, which: str) -> str:
    _, _, rest = check.explanation.partition(f"\n\n{which}:\n")
    text: str = rest.partition("\n\nInstead:")[0]
    assert text, f"{check.id} has no part {which}:"
    return text
