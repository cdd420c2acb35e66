"""What is printed of the tables: cells under the labels of the form, in whatever layout."""
