"""What a curator's commands print and ask: `verbatim add`."""
