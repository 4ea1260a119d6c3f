"""Word, PowerPoint and Excel files, e-mail and e-books: their structure is in the file itself."""
