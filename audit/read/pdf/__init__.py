"""PDF: characters and ruled lines of each page -> paragraphs and tables in reading order."""
