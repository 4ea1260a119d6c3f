"""From the PDF to the store: pages, reading, markup, chunks, ledger."""
