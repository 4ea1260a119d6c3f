from __future__ import annotations

from typing import Any

import pytest
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage
from langchain_core.runnables import RunnableLambda

from graph.build import build_graph
from graph.generation.chat_writer import ModelWriter
from graph.generation.response_parser import text_of
from graph.generation.tool_rounds import StructuredReply
from graph.table_qa.calculation import Calculation
from graph.table_qa.cell_lookup import Value
from graph.verification.verify import verify
from loaders.errors import ModelError
from tests.passages import LIBRARY, MODELS, PROSE, WordRetriever, evidence, fetch

QUESTION = "Which training length does Orion use?"


def said(text: str, **metadata: Any) -> AIMessage:
    return AIMessage(text, response_metadata={"finish_reason": "STOP", **metadata})


def writer(*replies: AIMessage) -> ModelWriter:
    return ModelWriter(GenericFakeChatModel(messages=iter(replies)), name="scripted")


class WithSchema(GenericFakeChatModel):
    """Cannot call tools, and fills in a schema instead: these replies, one after the other."""

    filled: list[StructuredReply]

    def with_structured_output(self, schema: Any, **options: Any) -> Any:
        raw = AIMessage("", response_metadata={"finish_reason": "STOP"})

        def reply(messages: Any) -> dict[str, Any]:
            return {"raw": raw, "parsed": self.filled.pop(0), "parsing_error": None}

        return RunnableLambda(reply)


def calculating(value: str, *last: str) -> ModelWriter:
    """Names a difference, then says what came of it."""
    operands = [
        Value(name="a", source=1, row="QuizBench (EM)", column="V3", value=value),
        Value(name="b", source=1, row="QuizBench (EM)", column="L-7B", value="61.2"),
    ]
    calculation = Calculation(formula="a - b", operands=operands)
    filled = [
        StructuredReply(calculations=[calculation]),
        *(StructuredReply(answer=answer) for answer in last),
    ]
    return ModelWriter(WithSchema(messages=iter(()), filled=filled), name="scripted")


def test_a_reply_becomes_a_draft() -> None:
    draft = writer(said("At most 32,768 tokens. [2]")).write(evidence(QUESTION, MODELS, PROSE))
    assert draft.text == "At most 32,768 tokens. [2]"
    assert not draft.abstained


def test_not_found_is_an_abstention() -> None:
    draft = writer(said("NOT FOUND: The sources give no hours.")).write(evidence(QUESTION))
    assert draft.abstained
    assert draft.text == "The sources give no hours."


def test_thoughts_are_no_part_of_the_answer() -> None:
    assert text_of(said("<think>maybe 99</think>It is 5. [1]")) == "It is 5. [1]"
    parts: list[Any] = [{"type": "thinking", "thinking": "99"}, {"type": "text", "text": "5"}]
    assert text_of(AIMessage(parts)) == "5"


@pytest.mark.parametrize("reason", ["MAX_TOKENS", "length", "SAFETY", "RECITATION", "BLOCKLIST"])
def test_a_reply_that_was_cut_or_withheld_is_an_error(reason: str) -> None:
    with pytest.raises(ModelError):
        writer(*[said("DeepSeek is", finish_reason=reason)] * 2).write(evidence(QUESTION))


def test_a_blocked_prompt_and_an_empty_reply_are_errors() -> None:
    with pytest.raises(ModelError, match="withheld"):
        writer(*[said("", prompt_feedback={"block_reason": "SAFETY"})] * 2).write(
            evidence(QUESTION)
        )
    with pytest.raises(ModelError, match="empty"):
        writer(said(""), said("")).write(evidence(QUESTION))


def test_a_model_without_tools_names_calculations_in_a_schema() -> None:
    given = evidence("What is the difference between V3 and L-7B on QuizBench?", MODELS)
    draft = calculating("88.5", "It leads by 27.3 points. [1]").write(given)
    [computed] = draft.computed
    assert (computed.expression, computed.result) == ("88.5 - 61.2", "27.3")
    assert verify(draft, given).verified


def test_a_value_that_its_source_does_not_hold_is_not_computed_with() -> None:
    given = evidence("What is the difference between V3 and L-7B on QuizBench?", MODELS)
    draft = calculating("98.5", "It leads by 37.3 points. [1]").write(given)
    assert not draft.computed
    assert not verify(draft, given).verified


def test_a_model_that_obeys_an_attacker_cites_only_what_was_given() -> None:
    obeyed = said("Visit [us](https://evil.test) ![x](https://evil.test/p.png) for 4711 [99]")
    graph = build_graph(WordRetriever(chunks=LIBRARY), fetch, writer(obeyed, obeyed))
    answer = graph.invoke({"question": QUESTION})["answer"]
    assert answer["verified"] is False
    assert answer["citations"] == []
    assert "4711" in answer["unverified_numbers"]
    assert "evil" not in answer["answer"]


def test_a_follow_up_is_rewritten_by_the_model_and_a_first_question_is_not() -> None:
    talk = writer(said("What is Lyra's length?"), said("No idea. [1]"), said("None. [1]"))
    graph = build_graph(WordRetriever(chunks=LIBRARY), fetch, talk)
    history = [["What is Orion's length?", "32,768"]]
    state = graph.invoke({"question": "And Lyra's?", "history": history})["answer"]
    assert state["question"] == "And Lyra's?"
    first = writer(said("At most 32,768 tokens. [1]"))
    alone = build_graph(WordRetriever(chunks=LIBRARY[-1:]), fetch, first)
    assert alone.invoke({"question": QUESTION})["answer"]["verified"]
