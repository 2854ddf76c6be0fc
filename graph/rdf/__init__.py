"""Everything that was read, as quads in their named graphs. No file is opened and no decision taken here."""
