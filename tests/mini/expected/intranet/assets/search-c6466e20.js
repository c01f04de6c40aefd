void`the search`;
