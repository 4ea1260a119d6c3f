from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
from langchain_core.runnables import RunnableConfig

from graph.limits import MOST_TURNS
from loaders.errors import LibraryError
from pagewise.library import Library
from pagewise.thread_turns import Turns


def test_one_conversation_has_one_turn_at_a_time() -> None:
    turns, kept = Turns(wait=60), [0]

    def turn(_: int) -> None:
        with turns.one_at_a_time("a"):
            before = kept[0]
            threading.Event().wait(0.001)  # a switch between reading and writing
            kept[0] = before + 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(turn, range(40)))
    assert kept == [40]
    assert turns._threads == {}


def test_other_conversations_and_none_go_on_meanwhile() -> None:
    turns = Turns(wait=0)
    names = ("a", "b", "", "")
    with ExitStack() as stack:
        for name in names:
            stack.enter_context(turns.one_at_a_time(name))
        assert set(turns._threads) == {"a", "b"}


def test_who_has_waited_long_enough_is_told() -> None:
    turns = Turns(wait=0)
    again = turns.one_at_a_time("a")
    with turns.one_at_a_time("a"), pytest.raises(LibraryError, match="'a' is still being answered"):
        again.__enter__()
    with turns.one_at_a_time("a"):
        pass


def test_an_answer_that_nobody_reads_on_gives_its_turn_back() -> None:
    turns = Turns(wait=0)
    pieces = turns.one_by_one("a", iter([{"answer": "x"}, {"answer": "y"}]))
    assert next(pieces) == {"answer": "x"}
    pieces.close()  # type: ignore[attr-defined]
    with turns.one_at_a_time("a"):
        pass


def test_all_turns_that_are_asked_at_once_are_kept(small_library: Library) -> None:
    questions = [f"How many people were employed in {year}?" for year in range(2016, 2024)]
    with ThreadPoolExecutor(len(questions)) as pool:
        answers = list(pool.map(lambda q: small_library.ask(q, thread="at once"), questions))
    config: RunnableConfig = {"configurable": {"thread_id": "at once"}}
    kept = small_library.threaded_graph.get_state(config).values["history"]
    assert len(answers) == len(kept) == MOST_TURNS
    assert {turn[0] for turn in kept} == set(questions)
