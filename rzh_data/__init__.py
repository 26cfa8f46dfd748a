"""From the documents' figures to answers: facts, checks, extracts, queries, boundaries.

Knows nothing of the screen.
"""
