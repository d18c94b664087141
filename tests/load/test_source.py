"""A definition file as text, and the places in it."""

from giggamon_compiler.load.source import Source, place_of, place_of_line


def test_a_text_is_split_once_however_many_places_are_asked_for():
    class Text(str):
        splits = 0

        def split(self, *arguments):
            Text.splits += 1
            return super().split(*arguments)

    source = Source("a", "definitions.a", "a.py", "/a.py", Text("one\n  two\n"))
    places = [place_of(source, (1, 0, 1, 3)), place_of_line(source, 2), place_of_line(source, 2)]
    assert [place.text for place in places] == ["one", "  two", "  two"]
    assert Text.splits == 1
