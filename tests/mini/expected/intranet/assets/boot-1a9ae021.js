// Stands in for the script that starts the self-check.
