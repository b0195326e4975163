"""Tables as an auditor reads them: document -> grids of labelled rows and headed columns."""

from audit.grid.grid import Column, Grid, Row, Slot, Sort
from audit.grid.make import grids_of
from audit.grid.units import CODE, GLUED, cell_units

__all__ = ["CODE", "GLUED", "Column", "Grid", "Row", "Slot", "Sort", "cell_units", "grids_of"]
