"""Panels and rows belong to the service that binds them, or to a board that holds them."""


def test_panels_and_rows_of_a_service_are_members_where_no_board_is_written(read):
    loaded = read(
        service="""\
        up = panel.Stat("Up", [Query("up")], key="up")
        more = [panel.TimeSeries("Down", [Query("1 - up")], key="down"), Row("Rest", [])]
        """,
    )
    assert loaded.said == []
    assert loaded.names("services/orders") == ["service", "up", "more[0]", "more[1]"]


def test_a_panel_on_a_board_of_another_file_is_on_one(read):
    loaded = read(
        {
            "boards/all.py": """\
            from definitions.services.orders import up
            from giggamon_compiler import Dashboard, Row
            board = Dashboard("all", title="All", rows=[Row("All", [up])])
            """,
        },
        service="""\
        board = Dashboard("own", title="Own", rows=[])
        up = panel.Stat("Up", [Query("up")], key="up")
        """,
    )
    assert loaded.said == []


def test_a_panel_outside_of_services_belongs_on_a_board(read):
    head = "from giggamon_compiler import Query, panel\n"
    loaded = read({"boards/all.py": head + 'up = panel.Stat("Up", [Query("up")], key="up")\n'})
    assert loaded.said == [
        (
            "value-unused",
            "boards/all.py:2:6",
            'panel.Stat("Up"',
            "up is a Stat that no other value uses, so nothing becomes of it",
        )
    ]
