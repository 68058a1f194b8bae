"""SPARQL servers: asked over the SPARQL 1.1 Protocol (`endpoint`), filled over the Graph Store Protocol and Update (`push`)."""
