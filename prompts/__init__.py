"""One Markdown file per model call, named after its step; its content hash is its version."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt and the first eight characters of its content's hash."""

    text: str
    version: str

    def fill(self, **values: str) -> str:
        """Put in the values of `{name}`; a value's own braces stay as they are."""
        return self.text.format(**values)


@cache
def load_prompt(name: str) -> Prompt:
    """Read the prompt of a step."""
    text = Path(__file__).with_name(f"{name}.md").read_text(encoding="utf-8")
    return Prompt(text, hashlib.sha256(text.encode()).hexdigest()[:8])
