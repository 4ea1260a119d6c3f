"""What the documents API takes and gives, typed and described for OpenAPI; pages count from 1."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from loaders.pages.word import Box

State = Literal["waiting", "reading", "done", "incomplete", "failed", "stopped"]


class DocumentLine(BaseModel):
    """A document of the library."""

    id: str = Field(description="A hash; stands for the document in addresses.")
    document: str = Field(description="Its name, as `document` of a question takes it.")
    title: str
    pages: int
    reader: str = Field(description="Who read it: `local`, or a model.")
    sha256: str
    bytes: int
    indexed_at: str


class Section(BaseModel):
    """A heading, and where it stands."""

    level: int
    text: str
    page: int


class DocumentPage(BaseModel):
    """What became of a page, without its text."""

    page: int
    label: str = Field(description="As it is printed on the page; its number if there is none.")
    outcome: str


class DocumentDetails(DocumentLine):
    """A document with its contents and its pages."""

    sections: list[Section]
    outcomes: dict[str, int]
    usd: float = Field(description="What reading its pages cost.")
    page_list: list[DocumentPage]


"""Left, top, right, bottom on the page, in points."""


class TablePlace(BaseModel):
    """Where a table stands."""

    page: int
    caption: str
    box: Box | None = None


class TableCell(BaseModel):
    """A filled cell of a table, with all that leads to it."""

    row: list[str]
    column: list[str]
    text: str = Field(description="As printed.")
    value: float | None = Field(description="The number that it is, before its scale.")
    unit: str
    scale: float | None
    at: tuple[int, int] = Field(description="Its row and column in `rows`, from 0.")
    page: int
    label: str
    box: Box | None
    doubtful: bool = Field(description="The audit did not find it among the words of the page.")


class DocumentTable(BaseModel):
    """A table, put together again where a page break had cut it."""

    table: int
    page: int
    label: str
    caption: str
    section: str
    box: Box | None
    header_rows: int
    header_columns: int
    rows: list[list[str]] = Field(description="Spans are filled in on their first cell only.")
    values: list[TableCell]


class AuditedPage(BaseModel):
    """A row of the ledger."""

    page: int
    outcome: str
    reader: str
    detail: str
    audit: dict[str, Any] | None
    tokens_in: int
    tokens_out: int
    usd: float
    attempts: int


class JobStatus(BaseModel):
    """What has become of an upload so far."""

    id: str
    state: State
    names: list[str] = Field(description="What was sent, by name.")
    document: str = Field("", description="The one that is worked on.")
    done: int = Field(0, description="Pages read, or passages indexed, of this one.")
    total: int = 0
    doing: str = Field(
        "", description="`reading · 7 ok · 1 blank · $0.0140`, `resuming · …`, `embedding`."
    )
    documents: list[dict[str, Any]] = Field(
        default_factory=list, description="When it has ended: as `index --json` prints them."
    )
    failures: list[str] = Field(default_factory=list, description="What could not be read, and why")
    seconds: float = 0.0

    @property
    def is_over(self) -> bool:
        return self.state not in {"waiting", "reading"}
