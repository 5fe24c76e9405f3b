"""The one page that may write: what a reader reports is stored as a Submission, for curators only."""
