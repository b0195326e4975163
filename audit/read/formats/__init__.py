"""The document formats, one module each: a new format is one new module here with a `FORMAT`."""
