"""Recording: what answers is written whole or not at all, and what is wrong is said in a line."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from giggamon_compiler.cli import recording
from tests.cli.run import call

BUILD = 'redis_exporter_build_info{version="1.45.0"} 1\n'
REDIS = f'{BUILD}# TYPE redis_up gauge\nredis_up{{run_id="a1b2"}} 1\n'


@contextmanager
def answering(body: bytes | str, status: int = 200, wait: threading.Event | None = None):
    """An address of loopback that answers with a body; and what it was asked."""
    asked: list[dict[str, str]] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(dict(self.headers))
            if wait is not None:
                wait.wait(20)
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body if isinstance(body, bytes) else body.encode())

        def log_message(self, format, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/metrics", asked
    finally:
        if wait is not None:
            wait.set()
        server.shutdown()
        server.server_close()


@pytest.fixture
def house(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    Path("definitions").mkdir()
    return Path("definitions/catalogue/redis_exporter.prom")


def refused(capsys, command: str) -> str:
    """What is said where nothing could be recorded."""
    called = call(command, capsys)
    assert (called.code, called.out) == (2, "")
    assert not list(Path().rglob("*.prom"))
    assert not list(Path().rglob("*.tmp"))
    (line,) = called.err.splitlines()
    return line.removeprefix("giggamon: ")


def test_what_answers_is_written(house, capsys):
    with answering(REDIS) as (url, asked):
        called = call(f"giggamon record {url} redis_exporter --replace run_id=1", capsys)
    assert (called.code, called.err) == (0, "")
    assert called.out == f"{house}: 2 metrics with 2 series of redis_exporter 1.45.0\n"
    assert "0.0.4" in asked[0]["Accept"]
    assert house.read_text().splitlines() == [
        "# exporter: redis_exporter",
        "# version: 1.45.0",
        f"# recorded by: giggamon record {url} redis_exporter --replace run_id=1",
        *(f"# {line}" for line in recording._folded(recording._HEAD)),
        "# replaced: the values of run_id",
        "# TYPE redis_exporter_build_info untyped",
        'redis_exporter_build_info{version="1.45.0"} 0',
        "# TYPE redis_up gauge",
        'redis_up{run_id="1"} 0',
    ]


def test_recorded_again_it_takes_the_place_of_the_old_one(house, capsys):
    for up in ("redis_up 1", "redis_down 1"):
        with answering(f"{BUILD}{up}\n") as (url, _):
            call(f"giggamon record {url} redis_exporter", capsys)
    assert "redis_up" not in house.read_text()
    assert [it.name for it in house.parent.iterdir()] == [house.name]


def test_several_states_of_one_exporter_are_one(house, capsys):
    with answering(REDIS) as (first, _), answering("redis_slave 1\nredis_up 1\n") as (second, _):
        assert call(f"giggamon record {first} {second} redis_exporter", capsys).code == 0
    assert {"redis_up 0", 'redis_up{run_id="a1b2"} 0', "redis_slave 0"} < set(
        house.read_text().splitlines()
    )


def test_who_does_not_say_the_type_does_not_contradict(house, capsys):
    with answering("redis_up 1\n" + BUILD) as (first, _), answering(REDIS) as (second, _):
        assert call(f"giggamon record {first} {second} redis_exporter", capsys).code == 0
    assert "# TYPE redis_up gauge\n" in house.read_text()


def test_two_states_that_differ_in_type_are_refused(house, capsys):
    with (
        answering(REDIS) as (first, _),
        answering("# TYPE redis_up counter\nredis_up 1\n") as (
            second,
            _,
        ),
    ):
        said = refused(capsys, f"giggamon record {first} {second} redis_exporter")
    assert said.startswith(f"redis_up is a counter at {second} and a gauge elsewhere")


def test_what_is_left_out_is_said(house, capsys):
    many = "".join(f'redis_x{{n="{number:03}"}} 1\n' for number in range(300))
    with answering(BUILD + many) as (url, _):
        call(f"giggamon record {url} redis_exporter", capsys)
    assert "# left out: 100 of 300 series of redis_x\n" in house.read_text()


def test_a_file_or_standard_input_is_recorded(house, capsys):
    Path("saved.txt").write_text(REDIS)
    assert call("giggamon record saved.txt redis_exporter", capsys).code == 0
    assert "# recorded by: giggamon record saved.txt redis_exporter\n" in house.read_text()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<html>\n", "answers no exposition: line 1: <html> begins with no metric name"),
        ("up 1\nup{\n", "answers no exposition: line 2: the brace is not closed"),
        ("", "answers no metric: is it the path of the metrics?"),
        (b"up 1\n\xff\n", "answers no exposition: byte 0xff is not UTF-8"),
        ("up 1\n", "does not say the exporter's version: add --version VERSION"),
    ],
)
def test_an_answer_that_is_none(house, capsys, body, said):
    with answering(body) as (url, _):
        assert refused(capsys, f"giggamon record {url} redis_exporter") == f"{url} {said}"


def test_a_page_that_is_not_there(house, capsys):
    with answering("gone", 404) as (url, _):
        said = refused(capsys, f"giggamon record {url} redis_exporter")
    assert said == f"{url} answers 404 Not Found"


def test_who_does_not_answer(house, capsys, monkeypatch):
    monkeypatch.setattr(recording, "PATIENCE", 0.2)
    with answering(REDIS, wait=threading.Event()) as (url, _):
        said = refused(capsys, f"giggamon record {url} redis_exporter")
    assert said == f"{url} cannot be fetched: no answer within 0.2 seconds"


def test_who_answers_without_end(house, capsys, monkeypatch):
    monkeypatch.setattr(recording, "LARGEST", 1 << 20)
    with answering("up 1\n" * (1 << 18)) as (url, _):
        said = refused(capsys, f"giggamon record {url} redis_exporter")
    assert said == f"{url} answers more than 1 MiB, which is too much for a catalogue"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("http://127.0.0.1:1/metrics a", "cannot be fetched: connection refused"),
        ("http://me:word@127.0.0.1:1/ a", "holds what looks like a secret"),
        ("http://me@127.0.0.1:1/ a", "holds what looks like a secret"),
        ("http://127.0.0.1:1/?token=abcdefgh a", "holds what looks like a secret"),
        ("ftp://127.0.0.1/metrics a", "is no address, such as http://localhost:9104/metrics"),
        ("file:///etc/passwd a", "is no address"),
        ("http:///metrics a", "is no address"),
        ("http://127.0.0.1:x/ a", "is no address: port could not be cast"),
        ("'http://127.0.0.1/a b' a", "is no address"),
        ("nowhere a", "nowhere is neither an address, such as http://localhost:9104/metrics"),
        ("definitions a", "definitions is neither an address"),
        ("saved Upper", "Upper cannot name a catalogue: use small letters, digits, _ and -"),
        ("saved ../a", "../a cannot name a catalogue"),
        ("saved ''", "the empty name cannot name a catalogue"),
        ("saved a --replace x", "--replace x is not LABEL=VALUE"),
        ("saved a --replace x=", "--replace x= is not LABEL=VALUE"),
        (
            "saved a --replace runid=1",
            "--replace runid=…: no series has a label runid: did you mean run_id?",
        ),
        (
            "saved a --replace run_id=1 --replace host=1",
            "--replace host=…: no series has a label host: there are run_id, version",
        ),
        (
            "bare a --version 1 --replace host=1",
            "--replace host=…: no series has a label host: there are none",
        ),
        ("saved a --definitions nowhere", "nowhere is no folder"),
    ],
)
def test_wishes_that_cannot_be_met(house, capsys, words, said):
    Path("saved").write_text(REDIS)
    Path("bare").write_text("up 1\n")
    line = refused(capsys, f"giggamon record {words}")
    assert said in line
    assert "word@" not in line
    assert "abcdefgh" not in line


def test_a_catalogue_that_cannot_be_written(house, capsys):
    house.mkdir(parents=True)
    with answering(REDIS) as (url, _):
        called = call(f"giggamon record {url} redis_exporter", capsys)
    assert (called.code, called.out) == (2, "")
    assert called.err == f"giggamon: {house} cannot be written: is a directory\n"
    assert list(house.parent.iterdir()) == [house]


def test_a_name_is_needed(house, capsys):
    called = call("giggamon record http://127.0.0.1:1/metrics", capsys)
    assert called.code == 2
    assert "Missing argument" in called.err
