"""The values that flow through an audit: frozen, typed, and without behavior of their own."""
