"""What the documents API takes and gives, typed and described for OpenAPI; pages count from 1."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AliasPath, BaseModel, ConfigDict, Field

from loaders.pages.word import Box
from pagewise.indexing.ledger_report import PageNumber
from pagewise.web.document_ids import id_of

State = Literal["waiting", "reading", "done", "incomplete", "failed", "stopped"]


class Told(BaseModel):
    """Filled from what the library holds."""

    model_config = ConfigDict(from_attributes=True)


class DocumentLine(Told):
    """A document of the library."""

    id: Annotated[str, AfterValidator(id_of)] = Field(
        validation_alias=AliasPath("name"),
        description="A hash; stands for the document in addresses.",
    )
    document: str = Field(
        validation_alias="name", description="Its name, as `document` of a question takes it."
    )
    title: str
    pages: int
    reader: str = Field(description="Who read it: `local`, or a model.")
    sha256: str
    bytes: int
    indexed_at: str


class Section(Told):
    """A heading, and where it stands."""

    level: int
    text: str
    page: PageNumber


class DocumentPage(Told):
    """What became of a page, without its text."""

    page: PageNumber
    label: str = Field(description="As it is printed on the page; its number if there is none.")
    outcome: str


class DocumentDetails(DocumentLine):
    """A document with its contents and its pages."""

    sections: list[Section]
    outcomes: dict[str, int]
    usd: float = Field(description="What reading its pages cost.")
    page_list: list[DocumentPage]


class TablePlace(BaseModel):
    """Where a table stands."""

    page: PageNumber
    caption: str = ""
    box: Box | None = None


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
