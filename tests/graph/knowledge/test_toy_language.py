"""A language is added by files alone: a made one is, and is asked in a process of its own."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from graph.knowledge import toml_data
from loaders.text import languages
from tests.reports import table

ROOT = Path(__file__).parents[3]
REPORT = table("Firlo (€ million)", "Lando|2023|2024", "Norlando|10|11", "Sudlando|20|19")
INTENT: dict[str, dict[str, Any]] = {
    "operation": {"change": [r"\bkresko\b"]},
    "order": {"highest": [r"\bplaltu\b"], "which": [r"\bkelu\b"]},
    "asks": {"amount": [r"^kel esa\b"]},
    "words": {"light": "kel esa kelu", "change": "kresko", "order": "plaltu"},
}
MESSAGES = {
    "passages": "Mi ne sabe. Vide:",
    "unknown": "Nenio pri {what}.",
    "grew": "{label} kresko {change}, {before} ({first}), {after} ({second}).",
    "among": "{label} esa {order}: {value} ({measure}).",
    "highest": "plaltu",
}
SENTENCE = '[[sentence]]\nquestion = "kel esa (.+)"\nanswer = "{1} esa {value}."\n'
WORDS = """
name = "Toy"

[words]
stop = "ni zu de"
telling = "kel kelu esa firlo plaltu kresko"
"""
ASK = """
import json, sys
from pathlib import Path
from graph.knowledge import toml_data
from loaders.text import languages

folder = Path(sys.argv[1])
toml_data.FOLDER, languages.FOLDER = folder / "knowledge", folder / "languages"

from tests.passages import chunk, drafted

drafts = [drafted(question, chunk(sys.argv[2])) for question in sys.argv[3:]]
print(json.dumps([draft.text for draft in drafts]))
"""


def written(data: dict[str, dict[str, Any]]) -> str:
    lines = []
    for section, values in data.items():
        lines.append(f"[{section}]")
        lines += [f"{json.dumps(key)} = {json.dumps(value)}" for key, value in values.items()]
    return "\n".join(lines) + "\n"


def intent() -> dict[str, dict[str, Any]]:
    """The keys that every language has; what the toy does not say matches nothing."""
    english = toml_data.load("intent.en")
    silent = {list: ["(?!)"], str: "(?!)", int: 0}
    found: dict[str, dict[str, Any]] = {}
    for section, values in english.items():
        nothing = {key: "" if section == "words" else silent[type(values[key])] for key in values}
        found[section] = nothing | INTENT.get(section, {})
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    knowledge, spoken = tmp_path / "knowledge", tmp_path / "languages"
    shutil.copytree(toml_data.FOLDER, knowledge)
    shutil.copytree(languages.FOLDER, spoken)
    texts = toml_data.load("messages.en")["text"] | MESSAGES
    (knowledge / "intent.xx.toml").write_text(written(intent()), encoding="utf-8")
    told = written({"text": texts}) + SENTENCE
    (knowledge / "messages.xx.toml").write_text(told, encoding="utf-8")
    quantity = {
        "quantity": dict(languages.language("en").sections["quantity"]),
        "quantity_scales": {"million": " milo"},
        "scales": {"million": "milo"},
    }
    (spoken / "xx.toml").write_text(WORDS + written(quantity), encoding="utf-8")
    synonyms = knowledge / "synonyms.toml"
    known = synonyms.read_text(encoding="utf-8")
    assert "\nrevenue = [" in known
    with_toy = known.replace("\nrevenue = [", '\nrevenue = [ "firlo",', 1)
    synonyms.write_text(with_toy, encoding="utf-8")
    return tmp_path


def asked(folder: Path, *questions: str) -> list[str]:
    """The answers of a process that reads this folder from its start: caches hold no other."""
    run = subprocess.run(
        [sys.executable, "-c", ASK, str(folder), REPORT, *questions],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    found: list[str] = json.loads(run.stdout)
    return found


def test_a_made_language_is_understood_and_spoken(folder: Path) -> None:
    assert asked(
        folder,
        "Kel esa firlo ni Norlando 2024?",
        "Kel esa revenue ni Norlando 2023?",
        "Kel kresko de firlo ni Norlando 2023 zu 2024?",
        "Kelu lando esa plaltu firlo 2024?",
        "Kel esa firlo ni Estlando 2024?",
        "What was revenue in Norlando in 2024?",
    ) == [
        "Firlo ni Norlando 2024 esa €11 milo. [1]",
        "Revenue ni Norlando 2023 esa €10 milo. [1]",
        "Norlando kresko €1 milo (10%), €10 milo (2023), €11 milo (2024). [1]",
        "Sudlando esa plaltu: €19 milo (2024). [1]",
        "Nenio pri Estlando. Mi ne sabe. Vide: [1]",
        "Revenue in Norlando in 2024 was €11 million. [1]",
    ]
