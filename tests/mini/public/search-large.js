void 'what the search of a large site needs';
