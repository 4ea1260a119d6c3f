from __future__ import annotations

import re

from pagewise.web.texts import languages, texts


def test_every_language_says_the_same_lines() -> None:
    def lines(language: str) -> set[tuple[str, str, tuple[str, ...]]]:
        found = {**texts(language).lines}
        flat = {("", key): value for key, value in found.items() if isinstance(value, str)}
        flat |= {
            (section, key): value
            for section, told in found.items()
            if isinstance(told, dict)
            for key, value in told.items()
        }
        return {(*key, tuple(sorted(re.findall(r"\{\w+\}", text)))) for key, text in flat.items()}

    assert languages() == ("de", "en", "fr", "zh")
    for language in languages():
        assert lines(language) == lines("en")
