"""A mail server: it speaks SMTP on a port of this machine, and keeps what it receives."""

import contextlib
import email
import email.policy
import socketserver
import threading
from collections.abc import Iterator
from email.message import EmailMessage


class _Session(socketserver.StreamRequestHandler):
    """One connection, by the commands of RFC 5321."""

    server: "MailServer"

    def handle(self) -> None:
        self.say("220 mail.example")
        recipients: list[str] = []
        while line := self.rfile.readline().decode().rstrip("\r\n"):
            command = line.partition(" ")[0].upper()
            if command == "QUIT":
                self.say("221 goodbye")
                return
            if command == "RCPT":
                if self.server.refuses:
                    self.say(self.server.refusal)
                    continue
                recipients.append(line[line.index("<") + 1 : line.index(">")])
            if command == "DATA":
                self.say("354 go on")
                self.server.received.append((recipients, self.read_message()))
                recipients = []
            self.say("250 ok")

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def read_message(self) -> EmailMessage:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        message = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        return message


class MailServer(socketserver.ThreadingTCPServer):
    """`received` has the recipients and the message of each mail; `refuses` refuses all of them."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.received: list[tuple[list[str], EmailMessage]] = []
        self.refuses = False
        self.refusal = "550 no such mailbox"

    @property
    def port(self) -> int:
        return int(self.server_address[1])


@contextlib.contextmanager
def mail_server() -> Iterator[MailServer]:
    with MailServer() as server:
        threading.Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
        yield server
        server.shutdown()
