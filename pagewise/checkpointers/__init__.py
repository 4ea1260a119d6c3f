"""What keeps the threads of conversations between questions."""
