"""The edges: settings, models, the library, the terminal."""
