"""The command line: parse, dispatch, load lazily.

Nothing heavy is imported here: `--help` and a mistyped command answer at once.
"""

from __future__ import annotations

import argparse
import errno
import gc
import signal
import sys
from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from loaders.errors import PagewiseError, UsageError
from loaders.text.printable import one_line
from pagewise import __version__
from pagewise.safe_log import hidden, traceback_of, use_safe_log

KEPT = "what was finished is kept"
EXIT_CODES = "exit codes: 0 done · 1 failed · 2 wrong usage · 3 done but incomplete"


class Terminated(SystemExit):
    """SIGTERM ends the program in order: what is open is closed."""


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, instead of printing the usage again."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message} (see `{self.prog} --help`)")


def _name(text: str) -> str:
    if not text.strip():  # an unset variable of a shell: all documents are not what was meant
        raise argparse.ArgumentTypeError("the name is empty")
    return text


def build_parser() -> argparse.ArgumentParser:
    """Describe the commands of the contract."""
    # Common options may stand before or after the command; the command must not reset them.
    common = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument(
        "--home",
        type=lambda text: Path(_name(text)),
        metavar="DIR",
        help="where the library is kept; else PAGEWISE_HOME, .pagewise if it is here, or yours",
    )
    common.add_argument(
        "--offline", action="store_true", help="embedded default, even if a key is set"
    )
    common.add_argument("--debug", action="store_true", help="show tracebacks")

    parser = Parser(
        prog="pagewise",
        description="Ask your PDFs. Every answer names its page, and every number in it has been "
        "checked against that page.",
        epilog=f"Without a command: index the PDFs named, then a conversation. {EXIT_CODES}",
        parents=[common],
    )
    parser.add_argument("--version", action="version", version=f"pagewise {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=Parser)

    def command(name: str, summary: str, *above: Parser) -> argparse.ArgumentParser:
        parents = [common, *above]
        return commands.add_parser(name, help=summary, description=summary, parents=parents)

    sources, pages, json, document, address = (Parser(add_help=False) for _ in range(5))
    sources.add_argument("sources", nargs="+", metavar="SOURCE", help="a file, a folder or a URL")
    pages.add_argument("--pages", metavar="1-5,9", help="only these pages")
    json.add_argument("--json", action="store_true", help="for programs")
    document.add_argument("document", nargs="?", metavar="DOCUMENT", help="of this one alone")
    address.add_argument(
        "--host", default="127.0.0.1", help="another one needs PAGEWISE_SERVER_KEY"
    )
    address.add_argument(
        "--port", type=int, default=8000, help="8000, if none is named; 0: any that is free"
    )

    chat = command("chat", "index what is new, then a conversation (the default command)")
    chat.add_argument("sources", nargs="*", metavar="PDF", help="a file, a folder or a URL")

    index = command("index", "read files and folders into the library", sources, pages, json)
    index.add_argument("--estimate", action="store_true", help="what it would cost; spends nothing")
    index.add_argument("--budget", type=float, metavar="USD", help="stop before spending more")
    index.add_argument(
        "--strict", action="store_true", help="exit 3 unless every page is ok, without a doubt"
    )
    index.add_argument(
        "--again", action="store_true", help="ask again for pages refused three times"
    )
    index.add_argument(
        "--batch",
        action="store_true",
        help="Gemini reads within a day, at half the price; stopped, it goes on when run again",
    )
    index.add_argument(
        "--local", action="store_true", help="read here, where DATABASE_URL has workers read"
    )

    read = command("read", "read files and print them; store nothing", sources, pages)
    read.add_argument(
        "--format", choices=("md", "html", "json"), default="md", help="md, if none is named"
    )

    ask = command("ask", "answer one question")
    ask.add_argument("question", metavar="QUESTION", help="in quotes")
    ask.add_argument("--document", type=_name, metavar="NAME", help="look only in this document")
    ask.add_argument("--thread", metavar="ID", help="go on with this conversation")
    ask.add_argument(
        "--samples",
        type=int,
        default=1,
        metavar="K",
        help="answers to draw, 1 to 16; the majority counts",
    )
    ask.add_argument(
        "--json", action="store_true", help="with what failed (checks) and what was not checked"
    )

    tables = command("tables", "the tables as they were read, for a spreadsheet", document)
    tables.add_argument(
        "--format", choices=("csv", "xlsx", "json"), default="csv", help="csv, if none is named"
    )
    tables.add_argument("--out", type=Path, metavar="DIR", help="write new files into this folder")

    command("audit", "each page, its outcome, its doubts", document, json)
    command("list", "the documents of the library", json)

    remove = command("remove", "take a document out of the library")
    remove.add_argument("document", metavar="DOCUMENT", help="its name, as `list` shows it")

    command("reindex", "embed everything again from the ledger, without reading again")

    migrate = command("migrate", "copy the library and its conversations into a Postgres")
    migrate.add_argument(
        "--to",
        default="",
        metavar="URL",
        help="postgresql://user:password@host/db?schema=name; else DATABASE_URL",
    )

    evaluate = command("eval", "answer a file of questions, and report")
    evaluate.add_argument(
        "questions",
        type=Path,
        metavar="QUESTIONS.jsonl",
        help="one a line; the README has its fields",
    )
    evaluate.add_argument(
        "--answers", type=Path, required=True, metavar="OUT.jsonl", help="where to write them"
    )
    evaluate.add_argument("--report", type=Path, metavar="OUT.html", help="write it as a page")
    evaluate.add_argument(
        "--against", type=Path, metavar="OLD.jsonl", help="what got better and worse since then"
    )
    evaluate.add_argument(
        "--langsmith", action="store_true", help="upload the answers as an experiment"
    )

    command("serve", "a web page, documents over HTTP, LangServe, OpenAPI, health", address)
    command("work", "with DATABASE_URL: read and index what others have put into the queue")

    told = "be a tool for agents: the Model Context Protocol over stdin and stdout"
    mcp = command("mcp", told, address)
    mcp.add_argument("--http", action="store_true", help="over streamable HTTP instead, at /mcp")

    completion = command("completion", "a script that completes `pagewise` with the Tab key")
    completion.add_argument("shell", choices=("bash", "zsh", "tcsh"), help="the one that you use")
    completion.set_defaults(parser=parser)

    sub = command("doctor", "what is configured, reachable and missing, in one screen")
    sub.add_argument(
        "--repair",
        action="store_true",
        help="keep what can be read of a damaged library, and name what must be read again",
    )
    parser.set_defaults(names=set(commands.choices))
    return parser


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Read the command line; words that start with no command are PDFs to talk about."""
    parser = build_parser()
    names = parser.get_default("names")
    words = list(argv)
    position = _first_word(words)
    if position == len(words):
        asks_itself = {"-h", "--help", "--version"} & set(words)
        words = words if asks_itself else [*words, "chat"]
    elif words[position] not in names:
        _refuse_unknown(words[position], names)
        words.insert(position, "chat")
    arguments = parser.parse_args(words)
    for name, default in (("home", None), ("offline", False), ("debug", False)):
        setattr(arguments, name, getattr(arguments, name, default))
    return arguments


def _refuse_unknown(word: str, names: Collection[str]) -> None:
    """A bare word that is no file was meant as a command.

    Raises:
        UsageError: It is such a word.
    """
    if any(sign in word for sign in "./\\:") or Path(word).exists():
        return
    from difflib import get_close_matches  # only where something is wrong

    near = get_close_matches(word, names, n=1)
    meant = f"; did you mean `{near[0]}`?" if near else ""
    raise UsageError(f"{word}: no command, and no file here{meant} (see `pagewise --help`)")


def _first_word(words: Sequence[str]) -> int:
    """The place of the first word that is neither an option nor the value of `--home`."""
    position = 0
    while position < len(words) and words[position].startswith("-"):
        position += 2 if words[position] == "--home" else 1
    return min(position, len(words))


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; print one line for whatever goes wrong, and return the exit code."""
    if argv is not None:
        return _run(list(argv))
    # A program of its own: what importing makes stays to the end, and to look through it for
    # garbage again and again, and once more at the end, is a fifth of a cold start.
    gc.disable()
    signal.signal(signal.SIGTERM, _terminate)
    at_once = signal.getsignal(signal.SIGINT) is signal.SIG_DFL
    try:
        return _run(sys.argv[1:], hears_interrupts=at_once)
    finally:
        if at_once:  # what is left to do is the interpreter's
            signal.signal(signal.SIGINT, signal.SIG_DFL)
        gc.freeze()


def _run(words: list[str], *, hears_interrupts: bool = False) -> int:
    try:
        if hears_interrupts:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        use_safe_log()
        arguments = parse(words)
        from pagewise.commands import run  # after parsing, so that usage errors load nothing

        code = run(arguments)
        sys.stdout.flush()  # what cannot be written is told here, and not by the interpreter's end
        return code
    except PagewiseError as error:
        return _complain(error, words, code=error.exit_code)
    except KeyboardInterrupt as interrupt:
        print(f"interrupted; {str(interrupt) or KEPT}", file=sys.stderr)
        return 130
    except Terminated:
        print(f"terminated; {KEPT}", file=sys.stderr)
        return 143
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has gone; there is nobody to tell
        return 0
    except Exception as error:  # noqa: BLE001 - a fault of ours is told in one line too
        told = RuntimeError(_unexpected(error))
        told.__cause__ = error
        return _complain(told, words, code=1)


def _unexpected(error: Exception) -> str:
    if isinstance(error, ModuleNotFoundError):
        return (
            f"{error.name} is not installed for {sys.executable}: activate the environment "
            "that has it, or pip install -c constraints.txt -e ."
        )
    if not isinstance(error, OSError) or error.errno != errno.ENOSPC:
        return f"unexpected failure, {type(error).__name__}: {error}; see --debug"
    with suppress(OSError):
        sys.stdout.close()  # else the interpreter tries once more at its end
    return "the disk is full on which the output, or what is made meanwhile, is written"


def _terminate(number: int, frame: object) -> NoReturn:
    raise Terminated


def _complain(error: Exception, words: Sequence[str], *, code: int) -> int:
    if "--debug" in words:
        print(traceback_of(error), file=sys.stderr)
    print(f"pagewise: {hidden(one_line(str(error)))}", file=sys.stderr)
    return code
