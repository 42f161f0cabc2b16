"""The clauses of a text: what it grants, asks, withholds and reserves, each with its words.

Nothing here knows a license: the wordings are rules (`rules/clauses/`), the known licenses are
profiles. The stage reads texts and touches neither disk nor network.
"""
