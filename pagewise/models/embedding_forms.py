"""What an embedding model reads of a text: the forms that models want (`embedding_forms.toml`)."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from loaders.storing.truth.embedding_cache import FORM_MARK


@dataclass(frozen=True, slots=True)
class Form:
    """The text that asks and the text that is to be found, as a model wants them."""

    query: str = "{text}"
    passage: str = "{text}"

    def of_query(self, text: str) -> str:
        return self.query.replace("{text}", text)

    def of_passage(self, text: str) -> str:
        return self.passage.replace("{text}", text)


def form_of(model: str) -> Form:
    """The form that a model wants; `model` is a provider string or a bare name."""
    name = model.split(":", 1)[-1].rpartition("/")[2]
    return next((form for start, form in _forms() if name.startswith(start)), Form())


def embedding_id(model: str) -> str:
    """What a library remembers of its embeddings: one model in two forms is two embeddings."""
    form = form_of(model)
    if form == Form():
        return model
    return f"{model}{FORM_MARK}{hashlib.sha256(repr(form).encode()).hexdigest()[:8]}"


@cache
def _forms() -> list[tuple[str, Form]]:
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return [
        (model, Form(form["query"], form["passage"]))
        for form in table["forms"]
        for model in form["models"]
    ]
