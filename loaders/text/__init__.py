"""Words, numbers, units and dates as they are written: one of each, used by every room."""
