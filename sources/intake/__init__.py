"""From a file on the table to the text of a capture."""
