"""Workbooks: what their cells show -> paragraphs and tables."""
