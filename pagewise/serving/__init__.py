"""The library for other programs: LangServe, the LangGraph server, MCP."""
