void`the script of every page`;
