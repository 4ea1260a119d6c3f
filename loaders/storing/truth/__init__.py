"""What is known of documents, pages and vectors: everything else is made of it again."""
