"""``kg serve``: a SPARQL endpoint, linked data and pages over one store, read only."""
