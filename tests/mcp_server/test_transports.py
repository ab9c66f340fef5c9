"""The package's own client, with the server in a process: over both transports."""

import json
import socket
import subprocess
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor

import anyio
from django.conf import settings
from mcp import Client
from mcp.client.stdio import StdioServerParameters

from tests.page_types import Archive
from tests.processes import environment, wait_until

SITE = "https://archive.example"


async def ask_all(client: Client, names: dict[str, str]) -> None:
    """Call every tool as an assistant would, one after the other."""
    tools = (await client.list_tools()).tools
    assert sorted(tool.name for tool in tools) == [
        "check_quotation",
        "list_facets",
        "read_decision",
        "search",
    ]
    assert all(tool.annotations and tool.annotations.read_only_hint for tool in tools)

    async def call(tool: str, **arguments: object) -> dict:
        result = await client.call_tool(tool, arguments)
        assert not result.is_error, result.content
        assert result.structured_content == json.loads(result.content[0].text)
        return result.structured_content

    facets = await call("list_facets", facets=["council"])
    assert names["council"] in {value["value"] for value in facets["facets"]["council"]["values"]}
    found = await call("search", q="council", council=[names["council"]], size=20)
    assert found["decisions"][0]["passages"][0]["address"].startswith(f"{SITE}/decisions/")
    decision = await call("read_decision", reference=names["decision"])
    assert decision["paragraphs"][0]["text"] == names["words"]
    checked = await call("check_quotation", text=f"“{names['words']}” ({names['decision']})")
    assert checked["quotations"][0]["status"] == "exact"
    assert checked["quotations"][0]["places"][0]["address"] == (
        f"{SITE}/decisions/{names['decision']}/#para-1"
    )
    withdrawn = await client.call_tool("read_decision", {"reference": "99 900 002"})
    assert withdrawn.is_error
    assert "was withdrawn from this archive" in withdrawn.content[0].text
    wrong = await client.call_tool("search", {"page": "first"})
    assert wrong.is_error


def run(connect: Callable[[], Awaitable[None]]) -> None:
    async def within_a_minute() -> None:
        with anyio.fail_after(60):
            await connect()

    # Not in this thread, in which Playwright may run a loop of its own.
    with ThreadPoolExecutor(max_workers=1) as pool:
        pool.submit(anyio.run, within_a_minute).result()


def test_over_standard_input_and_output(samples: Archive):
    async def connect() -> None:
        server = StdioServerParameters(
            command=sys.executable,
            args=["manage.py", "mcp"],
            cwd=settings.BASE_DIR,
            env=environment(DATA_DIR=samples.data_dir, SITE_URL=SITE),
        )
        async with Client(server) as client:
            assert "Local Government and Social Care Ombudsman" in client.instructions
            await ask_all(client, samples.names)

    run(connect)


def test_over_http(samples: Archive, tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path / "log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "mcp", "--http", f"127.0.0.1:{port}"],
            cwd=settings.BASE_DIR,
            env=environment(DATA_DIR=samples.data_dir, SITE_URL=SITE),
            stdout=output,
            stderr=output,
        )
    try:
        wait_until(lambda: process.poll() is not None or is_open(port))
        assert process.poll() is None, log.read_text()

        async def connect() -> None:
            async with Client(f"http://127.0.0.1:{port}/mcp") as client:
                await ask_all(client, samples.names)

        run(connect)
        process.terminate()
        process.wait(30)
        # Nobody's words, and no address of a reader.
        assert samples.names["words"] not in log.read_text()
    finally:
        process.kill()
        process.wait()


def is_open(port: int) -> bool:
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0
