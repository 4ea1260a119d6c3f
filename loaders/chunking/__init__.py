"""From the markup of pages to chunks and table grids."""
