"""Speed of Pincite's parts, printed by scripts that stand alone."""
