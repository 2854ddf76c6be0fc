"""Decisions: what people made of what the rules propose. Machines propose, people decide, and nothing decided is lost.

    records     what a decision is about, complete in itself
    events      a decision as an event: one line of JSON, and back
    log         the files of events, to which lines are only ever added
    fates       what became of each event
    undoing     events that undo others
    stances     what each reviewer holds of each piece of evidence in the end
    redirects   merges and splits of actors
    withdrawn   documents and words that decisions may not repeat
    outcomes    all of these to a state of each claim
    passages    a text by its sentences, to look for words in it
    anchors     the words of a decision in the text as it is today
    books       each event once: that the sums match
    minting     names that no file holds, to references
    proposals   what the rules propose, as claims that can be decided on
    reviewed    all of this and a side-car, to the claims that stand and those that are open
    desk        a profile as it lies before those who decide
    queue       what waits for a person, and in which order
    acting      acts of a reviewer as events, each checked before it is written
    figures     what decisions say of rules, of reviewers, and of how far a document is reviewed
    incoming    decisions that come from elsewhere, checked as ours are
    annotations decisions as Web Annotations, and back
    spreadsheet decisions as a table, and back

A decision is keyed by claim and evidence, never by offset or by rule. The state of a claim follows from the set of
events alone: not from their order in the files, nor from the text, the rules or the clock of today.
"""
