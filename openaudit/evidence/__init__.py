"""Facts from what a release shows: its card, its listing, its metadata, its clauses."""
