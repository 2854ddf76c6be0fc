"""Extraction: sentences to mentions, mentions to proposed claims. Rules propose; people decide.

    results       what is found: actors, proposals
    plain         a sentence without markup, and the way back to the document
    tokens        plain words to words and marks
    language      in which language a text is written
    rulebook      the rules of a language, from their YAML files
    endings       how its words change
    gazetteer     names of the authority files in plain words
    candidates    a name in a sentence that no list holds
    nouns         what kind of thing a name names, told by its noun
    titles        names that the document sets off
    joints        what goes on with a name
    names         names that no list holds
    registry      the things that a document names, each once
    mentions      which words speak of which thing
    overlaps      which of two names counts that share words
    bystanders    names that are no actors: persons and places
    naming        a name to the thing that it names
    brackets      other names behind a name
    fullnames     all that is named in full
    shortforms    "the Ministry"
    pronouns      "it", "we", "our country"
    collectives   "NGOs", "a working group on child trafficking"
    speaker       whom a document speaks for
    resolution    sentences to what they speak of, by all of these
    discourse     what sentences leave unsaid for those behind them
    render        a sentence as the rules see it
    patterns      the language of the rules, compiled
    rules         the rules, and an index of the words that they need
    cues          what denies, plans, ends, requires or doubts a relation
    dates         since when and until when
    readings      which of several readings of a sentence count
    relations     rules on sentences
    columns       what the columns of a table mean
    tables        relations by the columns of a table
    extractor     a document to what it seems to say
    analysis      a file to all of this, for commands
    plugins       programs of others, each in a process of its own
    answers       what they answered, kept
    verification  what they propose, verified
    chat          a plug-in that asks a language model
    explanation   why a sentence yields what it yields
    trial         the tests beside the rules
    report        what was found, as JSON and for people
    skeleton      what was found, as a side-car to be edited

All that depends on a language stands in `data/rules/<language>/`. Nothing here writes RDF or publishes.
"""
