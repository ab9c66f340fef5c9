"""`manage.py mcp`: serve the archive to assistants, by the Model Context Protocol."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from decisions.mcp_server import serve_http, serve_stdio


class Command(BaseCommand):
    help = (
        "Serve the archive to an assistant at standard input and output, or over HTTP. Read-only."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--http", metavar="HOST:PORT", help="serve over HTTP at this address, under /mcp"
        )

    def handle(self, *, http: str | None, **options: Any) -> None:
        if http is None:
            serve_stdio()
            return
        host, _, port = http.rpartition(":")
        if not host or not port.isdecimal():
            raise CommandError(f"“{http}” is not an address. Write one like 127.0.0.1:8765.")
        serve_http(host.strip("[]"), int(port))
