"""What the commands of a curator print and ask, one module for each."""
