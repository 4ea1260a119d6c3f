"""What each command does: open the library, call it, print, and say how it ended."""

from __future__ import annotations

import gc
import json
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from typing_extensions import Unpack

from loaders.errors import SourceError, UsageError
from pagewise import console
from pagewise.call_options import IndexOptions
from pagewise.indexing.index_report import IndexReport, counted
from pagewise.settings import EMPTY, Settings, load_settings

if TYPE_CHECKING:
    from pagewise.library import Library

DONE, FAILED, INCOMPLETE = 0, 1, 3


def run(arguments: Namespace) -> int:
    """Run the command that was parsed; the exit code is the contract's."""
    known = (chat, index, read, ask, audit, remove, reindex, serve, work, completion, doctor)
    commands: dict[str, Callable[[Namespace], int]] = {one.__name__: one for one in known}
    commands |= {"tables": export_tables, "list": list_documents, "eval": evaluate}
    commands |= {"migrate": migrate, "mcp": offer_tools}
    return commands[arguments.command](arguments)


def chat(arguments: Namespace) -> int:
    """Index what is new, then answer questions until the input ends."""
    from pagewise.terminal.chat import converse, greet
    from pagewise.terminal.conversation import is_watched
    from pagewise.terminal.indexing_beside import chat_meanwhile

    home = _settings(arguments).home
    # Not where another program holds it: SQLite keeps all that is written while somebody reads.
    read_only = not arguments.sources and home.is_dir() and not os.access(home, os.W_OK)
    with _library(arguments, read_only=read_only) as library:
        if library.read_only:
            console.complain(f"{home}: cannot be written; the conversation is not kept")
        if arguments.sources and is_watched():
            return chat_meanwhile(library, arguments.sources, _tell)
        if arguments.sources and _index(library, arguments.sources) == FAILED:
            return FAILED
        greet(library)
        converse(library)
    return DONE


def index(arguments: Namespace) -> int:
    """Read files into the library; one line at the end says what became of every page."""
    pages = _pages(arguments)
    # A budget and a batch are looked after by one process, this one.
    alone = arguments.local or arguments.batch or arguments.budget is not None
    with _library(arguments) as library:
        if arguments.estimate:
            return _estimate(library, arguments, pages)
        return _index(
            library,
            arguments.sources,
            pages=pages,
            budget_usd=arguments.budget,
            strict=arguments.strict,
            again=arguments.again,
            batch=arguments.batch,
            as_json=arguments.json,
            by_workers=library.settings.has_queue and not alone,
        )


def _index(
    library: Library,
    sources: list[str],
    *,
    strict: bool = False,
    as_json: bool = False,
    by_workers: bool = False,
    **how: Unpack[IndexOptions],
) -> int:
    from pagewise.terminal.progress import Progress

    with Progress() as progress:
        if by_workers:
            from pagewise.queueing.batches import index_by_workers

            report = index_by_workers(
                library, sources, on_step=progress.step, warn=console.complain, **how
            )
        else:
            report = library.index(sources, on_step=progress.step, **how)
    if as_json:
        _print_json(report.model_dump(mode="json"))
    return _tell(report, strict=strict)


def _tell(report: IndexReport, *, strict: bool = False) -> int:
    for trouble in report.trouble_lines():
        console.complain(trouble)
    if report.failures and not report.documents:
        return FAILED
    console.err().print(report.line(), markup=False)
    return DONE if (report.is_all_ok if strict else report.is_complete) else INCOMPLETE


def _estimate(library: Library, arguments: Namespace, pages: list[int] | None) -> int:
    from pagewise.indexing.index_run import Indexer

    failures: list[SourceError] = []
    indexer = Indexer(library.store, library.settings, again=arguments.again)
    estimates = [*indexer.estimate(arguments.sources, pages, failures.append)]
    for failure in failures:
        console.complain(str(failure))
    if arguments.json:
        _print_json([estimate.to_json() for estimate in estimates])
    else:
        console.show_estimates(estimates, console.out())
    if failures:
        return INCOMPLETE if estimates else FAILED
    return DONE


def read(arguments: Namespace) -> int:
    """Print what the reader makes of files; nothing is stored."""
    from pagewise.render.html import as_html
    from pagewise.render.markdown_json import as_json, as_markdown
    from pagewise.render.read_stream import ReadDocument, complained, read_sources

    write = {"md": as_markdown, "html": as_html, "json": as_json}[arguments.format]

    _collect_garbage()
    sources = read_sources(arguments.sources, _pages(arguments), _settings(arguments))
    documents: list[ReadDocument] = []
    for part in write(complained(sources, documents)):
        sys.stdout.write(part)
        sys.stdout.flush()
    if all(document.is_complete for document in documents):
        return DONE
    return INCOMPLETE if len(documents) > 1 or not documents[0].failure else FAILED


def ask(arguments: Namespace) -> int:
    """Answer one question; an abstention is an answer."""
    with _library(arguments, read_only=True) as library:
        answer = library.ask(
            arguments.question,
            document=arguments.document or "",
            thread=arguments.thread or "",
            samples=arguments.samples,
        )
        if arguments.json:
            _print_json(answer.model_dump(mode="json"))
        else:
            from pagewise.terminal.answer_view import show_answer

            show_answer(answer, console.out(), library.store)
    return DONE


def export_tables(arguments: Namespace) -> int:
    """Print the tables of documents, or write them into files; so a workbook, unless `> FILE`."""
    from pagewise.render.exported_tables import tables_of
    from pagewise.render.table_files import is_redirected, print_tables, write_tables

    with _library(arguments, read_only=True) as library:
        tables = {name: tables_of(library.store, name) for name in _chosen(library, arguments)}
    for name, found in tables.items():
        if not found:
            console.complain(f"{name}: no tables were read in it")
    into_a_file = arguments.format == "xlsx" and is_redirected()
    if arguments.out is None and (arguments.format != "xlsx" or into_a_file):
        print_tables(tables, arguments.format)
        return DONE
    for path in write_tables(tables, arguments.format, arguments.out or Path()):
        console.err().print(f"wrote {console.plain(str(path))}", markup=False)
    return DONE if any(tables.values()) else FAILED


def _chosen(library: Library, arguments: Namespace) -> list[str]:
    """The document that was named, or all."""
    if not arguments.document:
        return [document.name for document in library.documents()]
    return [library.require_document(arguments.document).name]


def audit(arguments: Namespace) -> int:
    """Show the ledger: each page, its outcome, its doubts."""
    from pagewise.indexing.ledger_report import audit_json, audit_table

    with _library(arguments, read_only=True) as library:
        ledger = {name: library.readings(name) for name in _chosen(library, arguments)}
    if arguments.json:
        _print_json(audit_json(ledger))
    else:
        console.out().print(audit_table(ledger))
    return DONE


def list_documents(arguments: Namespace) -> int:
    """Show what the library holds."""
    others: dict[str, list[str]] = {}
    with _library(arguments, read_only=True) as library:
        documents = library.documents()
        for other, (document, _) in library.store.catalog.names().items():
            others.setdefault(document, []).append(other)
    if arguments.json:
        told = [console.document_json(one, others.get(one.name, ())) for one in documents]
        _print_json(told)
    elif documents:
        console.out().print(console.document_table(documents, others))
    else:
        console.err().print(f"{library.settings.place}: {EMPTY}", markup=False)
    return DONE


def remove(arguments: Namespace) -> int:
    """Take a document out."""
    with _library(arguments) as library:
        library.remove(arguments.document)
    console.err().print(f"removed {console.name(arguments.document)}", markup=False)
    return DONE


def reindex(arguments: Namespace) -> int:
    """Embed everything again, without reading again."""
    from pagewise.terminal.progress import Progress

    with _library(arguments) as library, Progress() as progress:
        library.reindex(progress.step)
        documents, chunks = len(library.documents()), library.store.counts()[0]
    told = f"{counted(documents, 'document')}, {counted(chunks, 'chunk')} embedded again"
    console.err().print(told, markup=False)
    return DONE


def evaluate(arguments: Namespace) -> int:
    """Answer a file of questions over the documents that it names, and report."""
    from pagewise.evaluation.eval_console import check_eval, report_eval
    from pagewise.evaluation.eval_runner import answer_cases, documents_of, read_cases, read_replies

    cases = read_cases(arguments.questions)
    settings = _settings(arguments)
    old = read_replies(arguments.against, cases) if arguments.against else None
    check_eval(arguments, settings)
    replies = []
    with _library(arguments) as library:
        documents = [str(path) for path in documents_of(cases, arguments.questions)]
        code = _index(library, documents) if documents else DONE
        with arguments.answers.open("w", encoding="utf-8") as file:
            for reply in answer_cases(library, cases, arguments.questions):
                file.write(json.dumps(reply, ensure_ascii=False) + "\n")
                file.flush()
                replies.append(reply)
    report_eval(arguments, cases, replies, old)
    if arguments.langsmith:
        from pagewise.evaluation.experiment import upload
        from pagewise.tracing import client_for

        name = upload(client_for(settings, patient=True), arguments.questions, cases, replies)
        console.out().print(f"LangSmith experiment: {console.plain(name)}", markup=False)
    return code


def serve(arguments: Namespace) -> int:
    """Answer over HTTP until told to stop."""
    from pagewise.serving.allocator import share_arenas

    share_arenas()
    with _extra("serve"):
        from pagewise.serving import server

    key = _settings(arguments).server_key
    with _library(arguments) as library:
        server.serve(library, host=arguments.host, port=arguments.port, key=key)
    return DONE


def work(arguments: Namespace) -> int:
    """Take jobs from the queue until told to stop."""
    if not _settings(arguments).has_queue:
        raise UsageError("work needs DATABASE_URL, where its jobs are, and CHROMA_URL")
    with _library(arguments) as library:
        from pagewise.queueing.worker import work_for

        work_for(library, lambda: console.complain("waiting for jobs; Ctrl-C ends it"))
    return DONE


def offer_tools(arguments: Namespace) -> int:
    """Speak MCP on stdin and stdout until the agent hangs up, or over HTTP until told to stop."""
    from pagewise.serving.allocator import share_arenas

    share_arenas()
    with _extra("mcp"):
        from pagewise.serving.mcp_server import build_tools, serve_tools

    with _library(arguments) as library:
        if arguments.http:
            key = library.settings.server_key
            serve_tools(library, host=arguments.host, port=arguments.port, key=key)
        else:
            build_tools(library).run()
    return DONE


def completion(arguments: Namespace) -> int:
    """Print a script for the user's shell."""
    from pagewise.completion import script_for

    print(script_for(arguments.parser, arguments.shell))
    return DONE


def doctor(arguments: Namespace) -> int:
    """Show what is configured, reachable and missing."""
    from pagewise.doctor import examine, repair

    settings = _settings(arguments)
    findings = [*(repair(settings) if arguments.repair else ()), *examine(settings)]
    grid = console.table("", "what", "state")
    for finding in findings:
        grid.add_row("✓" if finding.is_well else "✗", finding.what, console.plain(finding.state))
    console.out().print(grid)
    return DONE if all(finding.is_well for finding in findings) else FAILED


def migrate(arguments: Namespace) -> int:
    """Copy the library of the folder into Postgres."""
    from pagewise.migrate import copy_to

    settings = _settings(arguments)
    copied = copy_to(settings.home, arguments.to or settings.database_url)
    told = ", ".join(f"{count} {what}" for what, count in copied.items())
    told += f"; {settings.home} is as it was, DATABASE_URL is for the copy"
    console.err().print(f"copied and compared: {told}", markup=False)
    return DONE


@contextmanager
def _extra(name: str) -> Iterator[None]:
    try:
        yield
    except ImportError as error:
        how = f"pip install -c constraints.txt -e '.[{name}]'"
        raise UsageError(f"{name} needs more packages ({error}): {how}") from error


def _settings(arguments: Namespace) -> Settings:
    return load_settings(arguments.home, offline=arguments.offline)


@contextmanager
def _library(arguments: Namespace, *, read_only: bool = False) -> Iterator[Library]:
    """Open the library; what was met in it that is damaged is told at the end."""
    settings = _settings(arguments)
    from pagewise.library import Library  # the settings have calmed libraries by now

    with Library(settings, read_only=read_only, doing=arguments.command) as library:
        if not settings.is_home_named:
            console.err().print(f"library: {console.plain(settings.place)}", markup=False)
        if arguments.command != "ask":  # one answer makes little garbage
            _collect_garbage()
        yield library
        if library.store.catalog.is_damaged:
            console.complain("warning: the library is damaged; `doctor` names the documents")


def _collect_garbage() -> None:
    """From here on, if `pagewise.cli` has put it off; what is imported by now is none."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def _pages(arguments: Namespace) -> list[int] | None:
    from loaders.sources import parse_pages

    if not arguments.pages:
        return None
    try:
        return parse_pages(arguments.pages)
    except ValueError as error:
        raise UsageError(f"--pages {arguments.pages}: write it like 1-5,9") from error


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))
