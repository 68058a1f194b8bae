"""Finders of names, times and quantities: a paragraph's text becomes mentions."""
