"""The commands: arguments in; progress, a summary and an exit code out. They may touch every room.

A command only reads its arguments, calls the room that does the work, and prints the result.
"""
