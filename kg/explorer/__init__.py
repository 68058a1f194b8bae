"""The explorer: a graph as one offline HTML page in which people read, search and check it. `kg.explorer.page` makes it."""
