void 'the search';
