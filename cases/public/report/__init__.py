"""The one door that may write: what a reader reports is filed as a Submission, for curators only."""
