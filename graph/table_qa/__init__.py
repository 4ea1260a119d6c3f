"""What table grids can answer: cells, formulas, arithmetic."""
