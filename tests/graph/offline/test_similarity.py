from __future__ import annotations

from graph.offline import similarity
from tests.words import WordEmbeddings


class Counting(WordEmbeddings):
    asked: list[str]

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.asked = [*getattr(self, "asked", []), *texts]
        return super().embed_documents(texts)


def test_a_passage_is_embedded_once_for_many_questions() -> None:
    model = Counting()
    compare = similarity.similarity_of(model)
    first = compare("red apples", ["apples are red", "the sea is blue", "apples are red"])
    assert first[0] == first[2] == 1.0
    assert first[1] == 0.0
    assert compare("red apples", ["the sea is blue", "apples are red"]) == [0.0, 1.0]
    assert model.asked == ["apples are red", "the sea is blue"]
