"""One Markdown file per model call, named after its step."""
