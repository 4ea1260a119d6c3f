"""The text layer of a page: words with their boxes, lines, what is hidden or repeats."""
