"""Whether an answer is in the question's language; quotes and names may be in another."""

from __future__ import annotations

import re

from graph.verification.statements.vocabulary import function_words_in, language_in
from loaders.text.tokenizer import is_cjk

_NAMES = {"en": "English", "de": "German", "zh": "Chinese"}
_QUOTED = re.compile(r"[“„\"«「《][^”“\"»」》]*[”“\"»」》]|\[[^\]]*\]")
_FEWEST_WORDS = 6
_FEWEST_SIGNS = 8


def language_faults(text: str, language: str, question: str) -> list[str]:
    """Tell a writer that its answer is in another language than the question, if it surely is.

    Of a question of a few words, or of none that tell its language, nobody can say.
    """
    letters = [char for char in question if char.isalpha()]
    is_wide = 2 * sum(map(is_cjk, letters)) > len(letters)
    if is_wide is not (language == "zh") or (not is_wide and len(question.split()) < _FEWEST_WORDS):
        return []
    if language_in(question) != language:
        return []
    plain = _QUOTED.sub(" ", text)
    letters = [char for char in plain if char.isalpha()]
    chinese = sum(is_cjk(char) for char in letters)
    if language == "zh":
        is_other = len(plain.split()) >= _FEWEST_WORDS and chinese * 5 < len(letters)
    else:
        said = re.findall(r"[^\W\d_]+", plain)
        is_other = chinese >= _FEWEST_SIGNS and chinese * 2 > len(letters)
        if not is_other and len(said) >= _FEWEST_WORDS:
            counts = function_words_in(" ".join(w for w in said if not is_cjk(w)))
            told = max(counts, key=lambda one: counts[one])
            is_other = counts[told] > 1 + 2 * counts.get(language, 0)  # names are in no language
    name = _NAMES.get(language, language)
    return [f"the answer is not in {name}, the language of the question"] if is_other else []
