"""Small documents for tests of the graph: chunks, evidence, and a retriever that counts words."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from graph.draft import Draft
from graph.evidence.sources import Evidence, number_sources
from graph.offline.keyless_writer import KeylessWriter
from graph.verification.statements.statement import Statement, statements
from graph.verification.verify import verify
from loaders.text.language_detection import language_of
from loaders.text.tokenizer import words

MODELS = """Table 1 | Comparison of models.
<table><thead><tr><th rowspan="2">Benchmark</th>
<th colspan="2">Orion</th><th colspan="2">Lyra</th></tr>
<tr><th>L-7B</th><th>L-7B-Chat</th><th>V3</th><th>V3-mini</th></tr></thead><tbody>
<tr><td>QuizBench (EM)</td><td>61.2</td><td>64.0</td><td>88.5</td><td>-</td></tr>
<tr><td>QuizBench-Pro (EM)</td><td>40.1</td><td>42.5</td><td>75.9</td><td>51.3</td></tr>
<tr><td>CodeRace (Rating)</td><td>812</td><td>954</td><td>1820</td><td>1316</td></tr>
</tbody></table>"""

STATEMENT = """Consolidated statements of income (in millions)
<table><thead><tr><th></th><th colspan="2">Year ended December 31,</th></tr>
<tr><th></th><th>2021</th><th>2022</th></tr></thead><tbody>
<tr><td>Net sales</td><td>$ 4,000</td><td>$ 5,000</td></tr>
<tr><td>Cost of sales</td><td>2,400</td><td>2,800</td></tr>
<tr><td>Gross profit</td><td>1,600</td><td>2,200</td></tr>
<tr><td>Income before income taxes</td><td>800</td><td>1,000</td></tr>
<tr><td>Provision for income taxes</td><td>200</td><td>210</td></tr>
<tr><td>Net income (loss)</td><td>(600)</td><td>790</td></tr>
</tbody></table>"""

BALANCE = """Consolidated balance sheets (in millions)
<table><thead><tr><th></th><th>December 31, 2021</th><th>December 31, 2022</th></tr></thead><tbody>
<tr><td>Cash and cash equivalents</td><td>300</td><td>450</td></tr>
<tr><td>Inventories</td><td>500</td><td>700</td></tr>
<tr><td>Total assets</td><td>7,000</td><td>7,900</td></tr>
<tr><td>Accounts payable</td><td>280</td><td>320</td></tr>
<tr><td>Total stockholders’ equity</td><td>3,000</td><td>3,400</td></tr>
</tbody></table>"""

QUARTERS = """Share prices
<table><thead><tr><th></th><th>Low</th><th>High</th></tr></thead><tbody>
<tr><td colspan="3">2022</td></tr>
<tr><td>First quarter</td><td>$ 5.99</td><td>$ 8.40</td></tr>
<tr><td>Second quarter</td><td>$ 4.79</td><td>$ 6.50</td></tr>
<tr><td>Third quarter</td><td>$ 2.66</td><td>$ 5.00</td></tr>
<tr><td>Fourth quarter</td><td>$ 1.88</td><td>$ 3.10</td></tr>
</tbody></table>"""

CHINESE = """主要会计数据 单位：元
<table><thead><tr><th>项目</th><th>2019年</th><th>2018年</th></tr></thead><tbody>
<tr><td>营业收入</td><td>1,200.00</td><td>1,000.00</td></tr>
<tr><td>营业成本</td><td>900.00</td><td>800.00</td></tr>
<tr><td>净利润</td><td>120.00</td><td>90.00</td></tr>
</tbody></table>"""

PROSE = """We train Orion L-7B with policy gradients, which forgo the critic model. \
We do not use a neural reward model, because it may suffer from reward hacking. \
The maximum generation length is 32,768 tokens. Sampling uses a temperature of 0.6."""


def chunk(text: str, *, kind: str = "", page: int = 0, source: str = "orion.pdf") -> Document:
    kind = kind or ("table" if "<table" in text else "text")
    caption = text.split("\n")[0] if kind == "table" else ""
    chunk_id = f"{source}-{page}-{crc32(text.encode())}"
    return Document(
        page_content=text,
        metadata={
            "source": source,
            "page": page,
            "pages": [page],
            "kind": kind,
            "chunk_id": chunk_id,
            "section": "",
            "caption": caption,
            "box": [50.0, 60.0, 500.0, 300.0],
        },
    )


LIBRARY = [
    chunk(text, page=page)
    for page, text in enumerate((MODELS, STATEMENT, BALANCE, QUARTERS, CHINESE, PROSE))
]


def evidence(question: str, *texts: str) -> Evidence:
    """The whole small library, or only these texts, as evidence for a question."""
    chunks = [chunk(text, page=page) for page, text in enumerate(texts)] if texts else LIBRARY
    return Evidence(question, language_of(question), number_sources(chunks))


def answer(question: str, *texts: str) -> str:
    """What the keyless writer claims from these texts, checked; empty if it makes no claim."""
    draft = drafted(question, *(source.chunk for source in evidence(question, *texts).sources))
    return "" if draft.abstained else draft.text


def drafted(question: str, *chunks: Document) -> Draft:
    """What the keyless writer makes of these chunks, claim or passages, checked."""
    found = Evidence(question, language_of(question), number_sources(chunks))
    draft = KeylessWriter().write(found)
    assert verify(draft, found).verified
    return draft


class WordRetriever(BaseRetriever):
    """Ranks by how many words of the query a chunk holds."""

    chunks: Sequence[Document]

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        wanted = {word.key for word in words(query)}
        scores = [
            (len(wanted & {word.key for word in words(item.page_content)}), item)
            for item in self.chunks
        ]
        return [item for score, item in sorted(scores, key=lambda pair: -pair[0]) if score]


def fetch(ids: Sequence[str]) -> list[Document]:
    """The chunks of the small library with these ids."""
    return [item for item in LIBRARY if item.metadata["chunk_id"] in ids]


def stated(text: str, question: str, *texts: str) -> list[Statement]:
    """The sentences of an answer, held against these texts."""
    found = evidence(question, *texts)
    return list(statements(text, found, found.sources))


def checked_answer(question: str, text: str, *sources: str) -> list[str]:
    """What fails of an answer to a question, held against these sources."""
    return verify(Draft(text=text), evidence(question, *sources)).failed
