"""Where releases come from. The one package that touches network and disk."""
