"""May I use it for this, and what must I do? Answers from clauses and a use profile.

`rules/uses.yaml` says what a clause means for a use; here it is applied, and nothing is judged that
is not in it. An answer is never yes while a text that binds is not known.
"""
