"""Countries, years and documents side by side: what pages, tables and answers show of them.

given     the parameters of an address
asked     what an address asks for, checked
named     words to the country or document that they name
states    how a claim stands at a time, and how nothing can be said
held      the documents that are held and those that are expected
columns   the things compared, each with its claims and documents
table     claims to rows and cells: shared, only of one, not of that time
panels    rows to a small drawing for each thing
sections  the template's sections in each thing's documents
matrix    countries by networks, with counts
sheet     a comparison as a table for spreadsheets
whole     a comparison, asked of a release

All but `named` and `whole` are pure functions between a query and a template.
Nothing here says "no" because nothing was found.
"""
