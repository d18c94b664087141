"""The bytes of a foreign file as text, decoded as Go's YAML does: UTF-8, or what its mark says."""

from __future__ import annotations

from giggamon_compiler.findings import Finding, TextFile
from giggamon_compiler.targets import yaml_text

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_NAMES = {"utf-8": "UTF-8", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}
_LOOKED_AT = 1024


def decode(name: str, data: bytes, id_: str) -> TextFile | Finding:
    """The text of a file without its byte order mark, or what keeps it from being one."""
    mark, encoding = next((it for it in _MARKS if data.startswith(it[0])), (b"", "utf-8"))
    if encoding == "utf-8" and b"\0" in data[:_LOOKED_AT]:
        message = f"{name} is no text: it holds NUL bytes"
        return Finding(id_, message, None, "save it as UTF-8, or leave it out", name)
    body = data[len(mark) :]
    try:
        return TextFile(name, body.decode(encoding))
    except UnicodeDecodeError as error:
        start = error.start
    before = TextFile(name, body[:start].decode(encoding))
    end = len(before.text)
    message = f"{name}: the byte 0x{body[start]:02x} is no {_NAMES[encoding]}"
    place = yaml_text.marks_of(before).place(end, end)
    return Finding(id_, message, place, "save it as UTF-8", name)
