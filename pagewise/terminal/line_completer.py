"""What the Tab key offers in a conversation: commands, and paths where a command takes a file."""

from __future__ import annotations

from collections.abc import Iterable

from prompt_toolkit.completion import CompleteEvent, Completer, Completion, PathCompleter
from prompt_toolkit.document import Document

from pagewise.terminal.slash_commands import COMMANDS


class LineCompleter(Completer):
    """Completes the line before the cursor."""

    def __init__(self) -> None:
        self._paths = PathCompleter(expanduser=True)

    def get_completions(
        self, document: Document, complete_event: CompleteEvent
    ) -> Iterable[Completion]:
        typed = document.text_before_cursor
        name, blank, operand = typed.partition(" ")
        if not blank:
            fitting = (command for command in COMMANDS if typed and command.startswith(typed))
            return [Completion(command, start_position=-len(typed)) for command in fitting]
        if "FILE" in (COMMANDS[name].operand if name in COMMANDS else ""):
            return self._paths.get_completions(Document(operand), complete_event)
        return []
