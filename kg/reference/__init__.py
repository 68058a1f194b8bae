"""The reference of the ontology: one page that tells every term in Chinese and in English, with sentences that show it."""
