"""The door to PDFs: what MuPDF tells of a page, as plain data."""
