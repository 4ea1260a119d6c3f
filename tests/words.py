"""Embeddings that are cheap and count what they are asked, and chunks to store."""

from __future__ import annotations

import hashlib

from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings

MODEL = "test:words"


class WordEmbeddings(Embeddings):
    """A text is the sum of its words' directions: equal words are near, no model is needed."""

    def __init__(self, dimension: int = 32) -> None:
        self.dimension = dimension
        self.texts: list[str] = []
        """Everything it was asked to embed."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.texts += texts
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        vector = [0.01] * self.dimension
        for word in text.casefold().split():
            digest = hashlib.sha256(word.encode()).digest()
            vector[digest[0] % self.dimension] += 1
            vector[digest[1] % self.dimension] += 1
        return vector


def make_chunks(document: str, *texts: str, kind: str = "text") -> list[Document]:
    """A chunk for each text, each on a page of its own."""
    return [
        Document(
            id=hashlib.sha256(f"{document} {page} {text}".encode()).hexdigest()[:16],
            page_content=text,
            metadata={
                "source": document,
                "page": page,
                "pages": [page],
                "kind": kind,
                "ordinal": page,
                "section": "",
                "chunk_id": hashlib.sha256(f"{document} {page} {text}".encode()).hexdigest()[:16],
            },
        )
        for page, text in enumerate(texts)
    ]
