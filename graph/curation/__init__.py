"""Curation: what people have recorded about a profile, checked against its words.

A quote that is missing or ambiguous stops the build. Nothing is proposed here and nothing is guessed.
"""
