"""From a document's bytes to the markup of its pages."""
