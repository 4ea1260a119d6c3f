"""A sentence that answers as it stands: it accounts for every term and has what is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from graph.draft import Draft, Use
from graph.generation.messages import say
from graph.offline.asked_measure import (
    is_of_its_days,
    is_of_its_limits,
    is_of_its_months,
    is_paid_in,
)
from graph.offline.asked_rate import is_per_same
from graph.offline.cell_selection import words_of_change
from graph.offline.evidence_view import EvidenceView
from graph.offline.figures import clauses_of, is_list
from graph.offline.sentence_numbers import has_number, is_in_dimension, values_in
from graph.offline.sentences import Account, Sentence, account, sentences_of
from graph.offline.spare_words import is_of_time
from graph.query.analysis import QuestionAnalysis
from graph.query.intent_patterns import patterns_for
from graph.query.subject_terms import Token, holds, keys_in, measures, tokens_of
from loaders.text.languages import pattern_of
from loaders.text.number_words import fold_in_place
from loaders.text.quantities import numbers_in
from loaders.text.tokenizer import fold, keys

_CAPITAL = r"[A-Z\u00c0-\u00de][\w'’.-]*"
_NAME = re.compile(
    rf"\b{_CAPITAL}(?: (?:{_CAPITAL}|{pattern_of('name_particle')}))+|[\u4e00-\u9fff]{{2,3}}"
)
WORKED_OUT = {"sum", "average", "difference", "ratio", "share"}
"""What a sentence seldom says as it is asked for."""
LEAST_SAID = 0.6
"""Of the terms, in the sentence itself: the heading may say the rest."""
LONGEST = 600
MOST_DOCUMENTS = 3


def quoted(view: EvidenceView) -> Draft | None:
    """The one sentence that says all that is asked; None if there is none, or two that differ."""
    verbs = _verbs(view) if _is_of_prose(view.analysis) else None
    full = _answering(view, verbs) if verbs is not None else []
    if not full:
        return None
    best = max(full, key=lambda one: (*one.sureness, -one.sentence.source.number))
    rivals = [one for one in full if one.sureness == best.sureness]
    if not _agree(view, rivals):
        return _by_document(view, rivals)
    return quote_of([best.sentence])


def _is_of_prose(analysis: QuestionAnalysis) -> bool:
    """Whether a sentence may say what is asked; a time alone asks nothing, parts are too unsure."""
    is_worked_out = bool(analysis.order) or analysis.operation in WORKED_OUT or analysis.parts
    is_asked = not all(map(is_of_time, analysis.every_term))
    return is_asked and not is_worked_out and not analysis.asks & {"table", "manner", "two"}


def _verbs(view: EvidenceView) -> frozenset[str] | None:
    """What a sentence has to say besides the terms, where these are few; None if nothing is asked.

    A document's own name alone asks nothing; of somebody it is asked what he does.
    """
    terms = view.analysis.every_term
    degree, verbs = _besides(view.analysis)
    if "person" in view.analysis.asks:
        first = [token.key for token in tokens_of(view.analysis.question)][:1]
        return verbs.intersection(first)
    if _names_documents(view, terms):
        return verbs or degree or None
    return frozenset() if len(terms) > 1 else verbs


def _answering(view: EvidenceView, verbs: frozenset[str]) -> list[Account]:
    """The sentences that say all that is asked."""
    terms = view.analysis.every_term
    accounts = [account(one, terms, view) for one in sentences_of(view.sources)]
    return [
        one
        for one in accounts
        if _says_all(one, view.analysis)
        and answers_kind(view, one)
        and not _is_of_other(one, view.analysis)
        and all(_begins(one.sentence.keys, key) for key in verbs)
    ]


def _by_document(view: EvidenceView, rivals: Sequence[Account]) -> Draft | None:
    """Where documents differ, such as an amendment and what it amends: each quoted, later first."""
    groups: dict[str, list[Account]] = {}
    for one in rivals:
        groups.setdefault(one.sentence.source.document, []).append(one)
    is_few = 2 <= len(groups) <= MOST_DOCUMENTS
    if "yes_no" in view.analysis.asks:
        return None  # their numbers may differ in what was not asked for
    if not is_few or not all(_agree(view, own) for own in groups.values()):
        return None
    chosen = [
        groups[name][0].sentence for name in sorted(groups, key=view.latest_date, reverse=True)
    ]
    items = "; ".join(
        f"{one.source.document}: “{one.shown()}” [{one.source.number}]" for one in chosen
    )
    uses = [Use(marker=one.source.number, quote=one.text) for one in chosen]
    return Draft(text=say("several", view.evidence.language, items=items), uses=uses, kind="quote")


def _of_documents(view: EvidenceView) -> frozenset[str]:
    """The words that stand for the documents at hand."""
    names = (keys_in(document.rpartition(".")[0]) for document in view.documents)
    return frozenset().union(*names, *(view.of_document(name) for name in view.documents))


def _names_documents(view: EvidenceView, terms: Sequence[Token]) -> bool:
    return all(holds(_of_documents(view), term.key) for term in terms)


def _besides(analysis: QuestionAnalysis) -> tuple[frozenset[str], frozenset[str]]:
    """What a question says besides its terms: the `high` of `how high`, and what else, as a verb.

    Of one term alone too little is asked: what the treasurer earns is not who that is.
    """
    found = patterns_for(analysis.language).asks["degree"].search(fold(analysis.question))
    degree = keys_in(found[1]) & analysis.light if found else frozenset[str]()
    return degree, analysis.light - degree


def _begins(said: Iterable[str], key: str) -> bool:
    """Whether a word is said in some form: `end`, `ended`."""
    return any(one.startswith(key) for one in said) or holds(said, key)


def _says_all(found: Account, analysis: QuestionAnalysis) -> bool:
    """Whether a sentence says enough itself; of who, when and where the document is no part.

    A number may count anything in a document: its sentence has to say more.
    """
    count = len(found.said) + len(found.around) + len(found.missing)
    count -= 0 if wants_number(analysis) else found.where
    is_long = len(found.sentence.text) > LONGEST
    is_said = bool(found.said) and len(found.said) >= LEAST_SAID * count
    return not found.missing and not is_long and is_said


def _is_of_other(found: Account, analysis: QuestionAnalysis) -> bool:
    """Whether a sentence only compares with what is asked of: `£3 million more than in 2023`."""
    pattern = patterns_for(analysis.language).gives["compared"]
    *_, last = [None, *pattern.finditer(fold_in_place(found.sentence.text))]
    if last is None:
        return False
    before, behind = found.sentence.text[: last.start()], found.sentence.text[last.end() :]
    only_behind = keys_in(behind) - keys_in(before)
    told = replace(found.sentence, text=behind).new_numbers(analysis.question)
    return not told and any(holds(only_behind, term.key) for term in found.said)


def answers_kind(view: EvidenceView, found: Account) -> bool:
    """Whether a sentence has what the question asks for besides the words of the question."""
    analysis, sentence, text = view.analysis, found.sentence, found.sentence.text
    if not (
        _is_statement(sentence)
        and _is_as_asked(view, text)
        and _is_of_as_much(view, sentence)
        and is_in_dimension(analysis, text)
    ):
        return False
    if "reason" in analysis.asks:
        gives = patterns_for(analysis.language).gives["reason"]
        return bool(gives.search(fold(text)))
    if wants_number(analysis):
        return has_number(analysis, sentence, found.own)
    if "time" in analysis.asks:
        return bool(sentence.new_numbers(analysis.question))
    if "person" in analysis.asks:
        return _names_one(found, analysis.question)
    if "yes_no" in analysis.asks:  # a yes or no is of all that is said: `is study leave paid`
        return all(holds(sentence.keys, key) for key in analysis.light)
    if "place" in analysis.asks:
        return True
    is_value = bool(values_in(analysis, sentence, found.own)) or not sentence.new_numbers(
        analysis.question
    )
    return is_value and len(sentence.keys) > len(analysis.terms)


def _is_statement(sentence: Sentence) -> bool:
    return not (sentence.is_heading or sentence.text.rstrip().endswith(("?", "？", ":", "：")))


def _is_of_as_much(view: EvidenceView, sentence: Sentence) -> bool:
    """What one of them cost is not what all did, nor what it cost once per year, or in any case."""
    analysis = view.analysis
    bound = analysis.bound
    says_limit = not bound or any(one.value == bound.limit for one in numbers_in(sentence.text))
    says_whole = not analysis.says_total or holds(sentence.keys, "@total")
    asks_change = analysis.is_change
    says_change = not asks_change or not words_of_change().isdisjoint(sentence.keys)
    source = sentence.source
    around = f"{sentence.text} {source.section} {source.document}"
    return (
        says_limit
        and says_whole
        and ("list" not in analysis.asks or is_list(sentence.text))
        and says_change
        and is_of_its_days(analysis.question, sentence.text)
        and is_of_its_months(analysis.question, around)
        and is_per_same(analysis.question, sentence.text)
        and is_of_its_limits(analysis, around)
        and is_paid_in(analysis, sentence.text)
        and _is_fact(analysis, sentence.text)
    )


def _is_fact(analysis: QuestionAnalysis, text: str) -> bool:
    """Whether a sentence says what is, if that is asked, and not what may be done."""
    pattern = patterns_for(analysis.language).gives["possible"]
    is_asked = wants_number(analysis) or "time" in analysis.asks
    is_possible, may_be = (bool(pattern.search(fold(one))) for one in (text, analysis.question))
    return not (is_asked and is_possible) or may_be


def _names_one(found: Account, question: str) -> bool:
    """Whether a sentence names one alone; of several, the one in the clause that is asked of."""
    text = found.sentence.text
    names = {name for name in _NAME.findall(text) if _is_new_name(name, question)}
    clauses = [
        one for one in clauses_of(text) if any(holds(keys_in(one), t.key) for t in found.own)
    ]
    told = {name for name in names if any(name in one for one in clauses)}
    return len(names) == 1 or len(told) == 1


def _is_new_name(name: str, question: str) -> bool:
    """Whether capitals name somebody: no office that we know, and not what the question says."""
    asked = keys_in(question)
    return any(token.key[0] != "@" and token.key not in asked for token in tokens_of(name))


def wants_number(analysis: QuestionAnalysis) -> bool:
    """Whether only a number answers: a count, an amount, or what a measure was."""
    if analysis.asks & {"count", "amount", "percent"} or analysis.operation:
        return True
    is_measure = analysis.says_number or any(
        term.key.removeprefix("@") in measures() for term in analysis.terms
    )
    return is_measure and not analysis.asks - {"degree"}


def _is_as_asked(view: EvidenceView, text: str) -> bool:
    """Whether what is denied is asked of, and the other way round: yes and no may be denied."""
    negated = bool(patterns_for(view.evidence.language).asks["negation"].search(fold(text)))
    asks = view.analysis.asks
    if not _says_same_side(view, text):
        return False
    return negated == ("negation" in asks) or bool(asks & {"yes_no", "reason"})


def _says_same_side(view: EvidenceView, text: str) -> bool:
    """Whether a sentence is about the same side of an event: `during` is not `after`."""
    sides = patterns_for(view.evidence.language).words["sides"]
    asked = sides & set(keys(view.analysis.question))
    return not asked or not (sides & set(keys(text))) or bool(asked & set(keys(text)))


def _agree(view: EvidenceView, rivals: Sequence[Account]) -> bool:
    """Whether all that say as much give the same numbers."""
    question = view.analysis.question
    told = {tuple(sorted(one.sentence.new_numbers(question))) for one in rivals}
    texts = {one.sentence.shown() for one in rivals}
    return len(texts) == 1 or (len(told) == 1 and told != {()})


def quote_of(sentences: Sequence[Sentence]) -> Draft:
    """The sentences with their markers; one that was cut in two is put together."""
    sentences = [piece for one in sentences for piece in (one.head, one) if piece]
    text = " ".join(f"{one.shown()} [{one.source.number}]" for one in sentences)
    uses = [Use(marker=one.source.number, quote=one.text) for one in sentences]
    return Draft(text=text, uses=uses, kind="quote")
