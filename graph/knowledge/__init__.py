"""What the graph knows of languages and of trades, as data; see README.md beside this file."""
