"""The way of the data, from a document to a published graph. No page, no request, no Flask in here.

The modules, in the order in which the data passes through them; each imports only those above it:

    errors          what can go wrong
    text            folding, hashing, keys
    versions        which Liaison made something
    disk            writing that outlasts a power cut
    once            what is worked out once, whichever thread asks first
    cache           what was worked out once, kept by what went into it
    ratios          shares with their intervals
    sheets          tables that a spreadsheet opens as they are meant
    dates           dates as stated, with their bounds
    iris            keys to IRIs; the only place where IRIs are made
    statements      triples whose ends have names
    vocabulary      the ontology as the pipeline needs it: relations, kinds, lists
    reading         documents of other formats to text, each in a process of its own
    inputs          a data folder to the files that go in
    documents       a file to a Document: text, hashes, offsets that hold
    spans           stretches of a text, and its lines
    furniture       what of a text belongs to no sentence
    sections        Document to sections of the template
    sentences       Section to sentences
    claims          the atom: what is said, and the evidence for it
    authority       the six files of authority facts to actors, names and claims
    retirement      what people have taken back: IRIs, documents, passages
    curation        a side-car to claims whose quotes stand in the document
    rdf             all of these to quads
    edges           claims to plain edges and what follows from them
    extraction      sentences to proposed claims, by rules that an analyst can edit
    decisions       what people make of them, as events to which more are only ever added
    profiles        one profile through all stations so far, as one pure function
    evaluation      what was extracted beside what a careful reader found, in figures
    assembly        everything in a data folder to the quads of a release
    store           a store on disk: written once, then only read
    questions       what the graph must be able to answer, and its answers
    validation      shapes to findings in words
    dumps           quads to files, the same bytes each time
    network         the claims as nodes and edges, for programs that draw and count
    affiliations    countries by networks, counted
    adjacency       the claims as a simple graph in one file, mapped into memory
    paths           the shortest paths between two things, the best first
    context         triples as compact JSON-LD, and the context of its names
    excerpt         what a release says of one thing, complete in itself
    search          its things and sentences, to be found by words
    void            a release described for catalogues and crawlers
    release         a folder with everything, published at once or not at all
    ledger          what people could once see and can no longer
    difference      what has changed between two releases
    build           the whole way
    withdrawal      a document or a passage out of all that is kept
"""
