// Stands in for the script of every page.
