"""The picture that a shared link shows: what it says, how it is drawn, and where drawn ones are kept."""
