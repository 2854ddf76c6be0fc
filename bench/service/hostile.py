"""Queries that are meant to hurt, bounded in number; each server meets each of them alone."""

DEEP, WIDE, MANY = 2_000, 1_500, 20_000

HOSTILE = {
    "three-way product, counted": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "two-way product, sorted": "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?a LIMIT 10",
    "two-way product, sent whole": "SELECT * { ?a ?b ?c . ?d ?e ?f }",
    "every path through everything": "SELECT (COUNT(*) AS ?n) { ?s (<x:a>|!<x:a>)* ?o }",
    "everything in one text": "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?f))) AS ?x) { ?a ?b ?c . ?d ?e ?f }",
    "a regular expression that backtracks": 'SELECT * { ?s ?p ?o FILTER REGEX(STR(?o), "^(([a-z])+.)+[A-Z]([a-z])+$") }',
    f"{DEEP:,} nested groups": f"SELECT * {{ {'{' * DEEP} ?s ?p ?o {'}' * DEEP} }}",
    f"a sum of {WIDE * 3:,} terms": f"SELECT (1{'+1' * WIDE * 3} AS ?x) {{}}",
    "160 triple patterns": f"SELECT * {{ {'?s ?p ?o . ?o ?q ?r . ' * 80} }} LIMIT 1",
    f"{MANY:,} values": f"SELECT * {{ VALUES ?x {{ {' '.join(map(str, range(MANY)))} }} ?s ?p ?x }}",
    "another endpoint": "SELECT * { SERVICE <http://127.0.0.1:SPY/> { ?s ?p ?o } }",
    "a graph from elsewhere": "SELECT * FROM <http://127.0.0.1:SPY/graph> { ?s ?p ?o }",
}
"""Name and query; SPY stands for the port of a listener that notes whether it is called."""
