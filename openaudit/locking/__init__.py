"""Locking: pin what was audited, and tell what moved since."""
