"""The archive for assistants: a read-only server of the Model Context Protocol (MCP).

In: calls of tools by a program that speaks MCP, over standard input and output or over HTTP,
without keys. Out:
JSON with the addresses of paragraphs and the licence note; errors in words. May touch: the filters
and results of `web`, `serializers`, `quotations` and `search`. It changes nothing, logs no words of
a call, and reads no withdrawn decision.

    server (the tools as the protocol has them) ─► search_tools, reading, checking ─► JSON
"""

from decisions.mcp_server.server import build_server, serve_http, serve_stdio

__all__ = ["build_server", "serve_http", "serve_stdio"]
