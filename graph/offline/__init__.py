"""The keyless writer: it looks up and quotes; only `pagewise.models.providers` imports it."""
