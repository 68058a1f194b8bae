"""`kg serve`: the graph for people and programs on the network, read only.

The server (`app`) answers HTTP and holds no graph. What needs the graph is a job (`jobs`) of one of several workers (`worker`), processes
that can be killed, as nothing else ends a query that runs away; `pool` hands jobs to them, `limits` says how much each may take.
"""
