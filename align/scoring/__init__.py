"""Lines in doubt, looked for by how well their known text fits the sound: no word has to be recognised."""
