"""From the working copy to the public record: represent, check, append. Nothing else may write the record."""
