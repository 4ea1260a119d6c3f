"""From evidence to a draft: by a chat model, or by quoting."""
