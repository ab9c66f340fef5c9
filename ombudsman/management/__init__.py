"""The project's one management command, `run`."""
