"""What an answer states: numbers, units, names, the words around them, and what they point at."""
