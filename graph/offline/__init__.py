"""The keyless writer: it looks cells up and quotes; nothing but `pagewise.providers` imports it."""
