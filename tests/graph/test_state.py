from __future__ import annotations

from typing import Any

from langchain_core.messages import HumanMessage
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import END, START, StateGraph

from graph.state import RagInput, RagOutput, RagState, RagUpdate


def take(state: RagState) -> RagUpdate:
    return {"asked": state.get("question") or "none", "history": [["asked", "told"]]}


def tell(state: RagState) -> RagUpdate:
    seen = {"question": state.get("question"), "asked": state["asked"]}
    return {"answer": {**seen, "turns": len(state["history"])}, "draft": {"text": "x"}}


def graph() -> Any:
    made = StateGraph(RagState, input_schema=RagInput, output_schema=RagOutput)
    made.add_node("take", take)
    made.add_node("tell", tell)
    made.add_edge(START, "take")
    made.add_edge("take", "tell")
    made.add_edge("tell", END)
    return made.compile(checkpointer=InMemorySaver())


def test_a_question_is_gone_after_the_first_step() -> None:
    config = {"configurable": {"thread_id": "1"}}
    answer = graph().invoke({"question": "Dues?"}, config)["answer"]
    assert answer == {"question": None, "asked": "Dues?", "turns": 1}


def test_the_next_turn_of_a_thread_may_come_in_messages_and_these_are_added() -> None:
    config, made = {"configurable": {"thread_id": "1"}}, graph()
    made.invoke({"question": "Dues?"}, config)
    told = made.invoke({"messages": [HumanMessage("Cranes?")]}, config)
    assert told["answer"]["asked"] == "none"
    told = made.invoke({"messages": [HumanMessage("Ships?")]}, config)
    assert [message.text for message in told["messages"]] == ["Cranes?", "Ships?"]


def test_nothing_but_answer_and_messages_is_handed_back() -> None:
    told = graph().invoke({"question": "Dues?"}, {"configurable": {"thread_id": "1"}})
    assert told.keys() <= {"answer", "messages"}
