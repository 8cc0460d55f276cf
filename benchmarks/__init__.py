"""How fast Chartroom is, as ratios to something that everybody knows, measured in the same run."""
