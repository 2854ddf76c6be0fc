"""The SPARQL service beside its peers, in one interleaved run: `python -m bench.service RELEASES [--out PAGE] [--rounds N]`.

    mix      the queries
    hostile  queries that are meant to hurt
    client   requests, and the time that they take
    peers    the servers: installed apart, started on loopback, ended by their process
    trials   what is measured
    report   the figures as a page

Peers are installed into a folder of their own below the cache of the user, never into the project.
"""
