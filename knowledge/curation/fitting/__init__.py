"""The few numbers that a base decides by, fitted to labelled questions by cross-validation."""
