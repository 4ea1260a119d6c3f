"""The edges: settings, models, the library, the terminal."""

__version__ = "0.1.0"
