"""Word documents (.docx): their element tree -> paragraphs and tables, and where each character stands in the tree."""
