"""The report as a document: its sections, headings, dates, and what they must say."""
