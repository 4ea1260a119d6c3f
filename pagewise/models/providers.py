"""Which reader, writer and embeddings work: the one place that chooses a provider."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from loaders.errors import ModelError, UsageError
from loaders.reading.rate_limiting.budget import Budget
from loaders.reading.rate_limiting.prices import price_of
from pagewise.settings import GEMINI, LOCAL, Settings

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings
    from langchain_core.language_models import BaseChatModel

    from graph.draft import Writer
    from graph.generation.page_images import PagePictures
    from graph.retrieval.hybrid_retriever import Reranker
    from loaders.reading.reader import PageReader
    from loaders.reading.vision.vision_parser import GeminiVisionParser
    from loaders.storing.store import Store
    from pagewise.models.batch_reading import BatchReading


def budget_for(settings: Settings, usd: float | None) -> Budget:
    """What one run may spend on reading and embedding; unlimited if None.

    Raises:
        UsageError: It is no sum of money: nothing is more than NaN, so all would be spent.
        ModelError: A model's price is not known, so that no budget can be kept.
    """
    if usd is None:
        return Budget()
    if not usd >= 0:
        raise UsageError(f"a budget is a sum in USD, 0 or more, not {usd:g}")
    for model in (settings.reader, settings.embeddings):
        if price_of(model) is None:
            raise ModelError(f"{model}: price unknown, so --budget cannot be kept; leave it out")
    return Budget(usd)


def load_reader(settings: Settings, *, budget: Budget | None = None) -> PageReader:
    """What turns pages into markup, and stops before it has spent more than the budget."""
    if settings.reader == LOCAL:
        from loaders.reading.reader import EmbeddedReader

        return EmbeddedReader()
    if settings.reader.startswith(GEMINI):
        from pagewise.models.gemini import gemini_reader

        return gemini_reader(settings, budget=budget)
    from pagewise.models.model_clients import other_reader

    return other_reader(settings, budget=budget)


def load_batches(
    settings: Settings, store: Store, reader: PageReader, *, again: bool
) -> BatchReading:
    """What has pages read as a batch, for this reader.

    Raises:
        UsageError: The reader is not Gemini's.
    """
    if not settings.reader.startswith(GEMINI):
        raise UsageError(f"--batch needs PAGEWISE_READER={GEMINI}…, not {settings.reader}")
    from pagewise.models.batch_reading import BatchReading
    from pagewise.models.gemini_batches import GeminiBatches

    service = GeminiBatches(settings, reader.name)
    return BatchReading(store, cast("GeminiVisionParser", reader), service, again=again)


def load_embeddings(settings: Settings) -> Embeddings:
    """What turns texts into vectors."""
    if settings.embeddings == LOCAL:
        from pagewise.models.local_embeddings import LocalEmbeddings

        return LocalEmbeddings()
    if settings.embeddings.startswith(GEMINI):
        from pagewise.models.gemini import gemini_embeddings

        return gemini_embeddings(settings)
    from pagewise.models.model_clients import other_embeddings

    return other_embeddings(settings)


def load_writer(settings: Settings, embeddings: Embeddings, pictures: PagePictures) -> Writer:
    """What writes answers from sources: a chat model, which may see, or code that quotes."""
    if settings.chat == LOCAL:
        from graph.offline.keyless_writer import KeylessWriter
        from graph.offline.similarity import similarity_of

        return KeylessWriter(similarity_of(embeddings))
    from graph.generation.chat_writer import ModelWriter

    chat, sees = load_chat(settings), settings.chat_sees
    known = chat.profile or {}
    if sees is None:
        sees = settings.chat.startswith(GEMINI) or bool(known.get("image_inputs"))
    return ModelWriter(
        chat,
        pictures=pictures if sees else None,
        window=settings.chat_window or known.get("max_input_tokens") or 0,
        reads_lines=settings.chat.startswith("ollama:"),
    )


def load_reranker(settings: Settings) -> Reranker | None:
    """What orders the first chunks that were found, if the settings ask for it."""
    if not settings.rerank:
        return None
    if settings.rerank != "model" or settings.chat == LOCAL:
        raise ModelError(
            f"PAGEWISE_RERANK={settings.rerank}: only `model` is known, and it needs a chat model; "
            "set GOOGLE_API_KEY or PAGEWISE_CHAT, or leave PAGEWISE_RERANK out"
        )
    from graph.retrieval.reranker import ModelReranker

    return ModelReranker(load_chat(settings))


def load_chat(settings: Settings) -> BaseChatModel:
    """The chat model that the settings name."""
    if settings.chat.startswith(GEMINI):
        from pagewise.models.gemini import gemini_chat

        return gemini_chat(settings)
    from pagewise.models.model_clients import other_chat

    return other_chat(settings)
