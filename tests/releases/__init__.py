"""Small made-up releases, each with what an audit of it must say."""
