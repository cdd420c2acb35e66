"""A question in words becomes a query: reports, measures, columns, operation, filters."""
