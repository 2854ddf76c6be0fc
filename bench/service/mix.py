"""The queries that are measured: what pages, analysts and crawlers ask."""

from graph.iris import Iris

_HEADER = Iris().header()
_BODIES = {
    "ASK {}": "ASK {}",
    "all of one country": "SELECT ?p ?o { country:ESP ?p ?o }",
    "claims of one body with their evidence": """SELECT ?claim ?other ?words {
        ?claim a liaison:SupportedClaim ; liaison:involves body:europol, ?end ; liaison:hasEvidence/liaison:cites/liaison:text ?words .
        ?end skos:prefLabel ?other FILTER (?end != body:europol) }""",
    "join of five patterns, 100 rows": """SELECT ?country ?group ?words {
        ?claim a liaison:SupportedClaim ; rdf:subject ?country ; rdf:object ?group ; liaison:hasEvidence ?evidence .
        ?country a liaison:State . ?evidence liaison:cites ?row . ?row liaison:text ?words } LIMIT 100""",
    "groups counted by country": """SELECT ?country (COUNT(DISTINCT ?group) AS ?groups) {
        ?country a liaison:State ; liaison:participatesIn|liaison:memberOf ?group } GROUP BY ?country""",
    "shared groups of all pairs of countries": """SELECT ?one ?other (COUNT(DISTINCT ?group) AS ?shared) {
        ?one a liaison:State ; liaison:participatesIn|liaison:memberOf ?group .
        ?other a liaison:State ; liaison:participatesIn|liaison:memberOf ?group FILTER (STR(?one) < STR(?other)) } GROUP BY ?one ?other""",
    "words in texts": 'SELECT ?sentence { ?sentence liaison:text ?words FILTER CONTAINS(LCASE(?words), "taskforce") }',
    "names in order": "SELECT ?actor ?name { ?actor a liaison:Body ; skos:prefLabel ?name } ORDER BY ?name LIMIT 50",
    "optional parts": """SELECT ?body ?name ?seat ?page ?country { ?body a liaison:Body ; skos:prefLabel ?name
        OPTIONAL { ?body liaison:seat ?seat } OPTIONAL { ?body foaf:homepage ?page } OPTIONAL { ?body liaison:country ?country } }""",
    "a graph built": """CONSTRUCT { ?claim rdf:subject ?subject ; rdf:object ?object } {
        ?claim liaison:involves body:interpol ; rdf:subject ?subject ; rdf:object ?object }""",
    "a path": "ASK { country:ESP (liaison:memberOf|liaison:partOf)+ body:eu }",
}
QUERIES = {name: _HEADER + body for name, body in _BODIES.items()}
"""Name and query; every prefix is declared, as peers know none."""
