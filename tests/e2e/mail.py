"""The mail sink: STARTTLS with a certificate of its own, and a login where Alertmanager has one."""

from __future__ import annotations

import asyncio
import logging
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email import message_from_bytes, policy
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext
from threading import Thread
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

from tests.e2e.mailbox import Mailbox
from tests.e2e.message import from_mail

# It warns of a deprecated name that it uses itself.
logging.getLogger("mail.log").setLevel(logging.ERROR)


class _Handler:
    """Keeps one message for each recipient of a mail."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox

    async def handle_DATA(self, _server: Any, session: Any, envelope: Any) -> str:
        """Called by aiosmtpd with a whole mail."""
        mail = message_from_bytes(envelope.content, policy=policy.default)
        login = session.auth_data.login.decode() if session.authenticated else None
        for recipient in envelope.rcpt_tos:
            self._mailbox.put(from_mail(login, recipient, mail, time.time()))
        return "250 taken"


@contextmanager
def serve_mail(
    mailbox: Mailbox, logins: Mapping[str, str], folder: Path
) -> Iterator[tuple[str, Path]]:
    """Serve mail on loopback; gives "host:port" and the certificate to trust.

    logins: user → password; while it is empty, nobody has to log in
    """
    certificate, private_key = make_certificate(folder)
    context = SSLContext(PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, private_key)
    handler = _Handler(mailbox)

    def authenticate(_s: Any, _x: Any, _e: Any, mechanism: str, data: LoginPassword) -> AuthResult:
        login, password = data.login.decode(), data.password.decode()
        if logins.get(login) == password:
            return AuthResult(success=True, auth_data=data)
        mailbox.refuse(f"mail: user {login!r} gave a password that is not in its file")
        return AuthResult(success=False, handled=False)

    def session() -> SMTP:
        return SMTP(
            handler,
            tls_context=context,
            require_starttls=True,
            auth_required=bool(logins),
            authenticator=authenticate,
            # Its challenge for LOGIN is not the one that Alertmanager waits for.
            auth_exclude_mechanism=["LOGIN"],
        )

    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(loop.create_server(session, "127.0.0.1", 0))
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}", certificate
    finally:
        asyncio.run_coroutine_threadsafe(_close(server), loop).result(timeout=10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(timeout=10)
        loop.close()


async def _close(server: asyncio.Server) -> None:
    server.close()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that outlives the run by a year, and its key."""
    certificate, key = folder / "sink.crt", folder / "sink.key"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-nodes", "-days", "365", "-subj", "/CN=loopback"),
            *("-addext", "subjectAltName=IP:127.0.0.1"),
            *("-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
        timeout=30,
    )
    return certificate, key
