"""What readers asked in vain: clustered, counted, and written into the facts."""
