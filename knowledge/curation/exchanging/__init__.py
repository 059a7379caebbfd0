"""Facts handed over to other programs: W3C Web Annotations, tables, schema.org claims."""
