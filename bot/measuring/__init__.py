"""`verbatim eval` and `verbatim calibrate`: what measuring and fitting look like from the command line."""
