"""E-mail: who wrote what to whom and when, then the message; attachments are named."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage

from loaders.chunking.markup import safe
from loaders.chunking.markup_of_text import markup_of_text
from loaders.office.office_page import OfficePage, heading

HEADS = ("From", "To", "Cc", "Date")


def mail_pages(data: bytes) -> list[OfficePage]:
    """One page: the message as HTML where it has that, since tables are told there."""
    message = message_from_bytes(data, policy=policy.default)
    if not message.keys():
        raise ValueError("it has no head of a message")
    page = OfficePage(blocks=[heading(str(message.get("Subject", "")), 1)])
    heads = (f"{name}: {message[name]}" for name in HEADS if message[name])
    page.blocks.append("\n".join(f"- {safe(head)}" for head in heads))
    body = message.get_body(preferencelist=("html", "plain"))
    if isinstance(body, EmailMessage):
        suffix = ".html" if body.get_content_subtype() == "html" else ".txt"
        page.blocks += markup_of_text(str(body.get_content()), suffix)
    names = [part.get_filename() or part.get_content_type() for part in message.iter_attachments()]
    page.notes += [f"attachments not read: {', '.join(names)}"] if names else []
    return [page]
