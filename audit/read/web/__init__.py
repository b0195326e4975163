"""HTML: tags and text in the order of the source -> paragraphs and tables."""
