"""Views: fetch by a named query, render. One module for each sort of page."""
