"""What a runbook's headings are, and below which of them anything is said."""

import pytest

from giggamon_compiler.load.runbooks import headings_in


def test_an_inline_fence_opens_no_block():
    assert headings_in("``` `x` ```\n## A\n") == {"A": False}


@pytest.mark.parametrize(
    "below",
    [
        "Look at it.",
        "\n\n1. Look at it.\n",
        "### First\n\nLook at it.",
        "```sh\ntop\n```",
        "```sh\n# nothing but this\n```",
        "| a | b |",
        "<!-- who? --> Ask the team.",
        "TODO: ask the team",
        "![graph](x.png)",
    ],
)
def test_what_says_something(below):
    assert headings_in(f"# Top\n\n## A\n{below}\n\n## B\n") == {"A": True, "B": False}


@pytest.mark.parametrize(
    "below",
    [
        "",
        "\n \n\t\n",
        "### First\n\n### Then\n",
        "<!-- to be\nwritten -->",
        "<!-- never closed",
        "```\n```",
        "TODO",
        "- TODO.\n- TBD",
        "---",
        "# Another part\n\nIt belongs to nobody.",
    ],
)
def test_what_says_nothing(below):
    assert headings_in(f"Before.\n\n## A\n{below}\n") == {"A": False}


def test_of_two_headings_of_a_name_one_has_to_say_something():
    assert headings_in("## A\n\n## A\nLook.\n") == {"A": True}
    assert headings_in("## A\nLook.\n## A\n") == {"A": True}


def test_a_comment_in_a_code_block_is_text():
    assert headings_in("## A\n```\n<!--\n```\nDo it.\n## B\n") == {"A": True, "B": False}


def test_what_is_commented_out_is_no_heading():
    assert headings_in("<!--\n## A\nDo it.\n-->\n## B <!-- x -->\nDo it.\n") == {"B": True}
