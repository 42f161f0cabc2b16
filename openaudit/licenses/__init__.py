"""Which license a text or a name is. Knows no hub and no clause; never guesses from a substring."""
